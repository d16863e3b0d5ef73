import Inference
import JSON
import MetaAnalysis
import Results
import StudyDefinition

extension Study {
  /// Writes labels, methods, conventions and sources of a meta-analysis into `result`.
  func describe(_ pooling: PoolingAnalysis, in result: inout AnalysisResult) {
    result.methods = pooling.methodNotes
    for id in pooling.studies.compactMap(\.trial) {
      guard let source = trials.first(where: { $0.id == id })?.source,
        !result.sources.contains(source)
      else { continue }
      result.sources.append(source)
    }
    result.notes += pooling.conventions
    if !pooling.studiesLeftOut.isEmpty {
      result.warnings.append(
        "Left out, since their trials do not report the event: "
          + "\(pooling.studiesLeftOut.joined(separator: ", ")).")
    }
    if !pooling.unrandomised.isEmpty {
      result.warnings.append(
        "Not randomised, since their groups belong to different trials: "
          + "\(pooling.unrandomised.joined(separator: ", ")).")
    }
    if !pooling.armsCountedAgain.isEmpty {
      result.warnings.append(
        "Counted in several studies, whose effects then depend on each other: "
          + "\(pooling.armsCountedAgain.joined(separator: ", ")).")
    }
  }
}

extension PoolingAnalysis {
  private var armShares: [ArmShare] {
    studies.flatMap { study -> [ArmShare] in
      switch study.content {
      case .twoGroups(let treatment, let reference): treatment + reference
      case .oneGroup(let group): group
      case .effect: []
      }
    }
  }

  /// The studies that compare groups of different trials.
  fileprivate var unrandomised: [String] {
    studies.filter { study in
      guard case .twoGroups(let treatment, let reference) = study.content else { return false }
      return Set((treatment + reference).map(\.cell.group.trial)).count > 1
    }.map(\.label)
  }

  fileprivate var dividesArms: Bool { armShares.contains { $0.parts > 1 } }

  /// The arms that count as a whole in more than one study.
  fileprivate var armsCountedAgain: [String] {
    var uses: [String: Int] = [:]
    return armShares.filter { $0.parts == 1 }.map(\.cell.group).compactMap { group in
      guard let trial = group.trial else { return nil }
      let arm = "\(trial)/\(group.arm)"
      uses[arm, default: 0] += 1
      return uses[arm] == 2 ? arm : nil
    }
  }
}

extension PoolingAnalysis {
  fileprivate var methodNotes: [MethodNote] {
    let hasTau2 = models.contains { $0.tau2 != nil }
    return pooling.map { MethodNote($0) } + (hasTau2 ? tau2.map { MethodNote($0) } : [])
      + (hasTau2 && pooling.contains(.inverseVariance) ? inference.map { MethodNote($0) } : [])
      + tau2Intervals.map { MethodNote($0) } + predictions.map { MethodNote($0) }
      + diagnostics.map { MethodNote($0) } + (preset == .none ? [] : [MethodNote(preset)])
  }

  /// What is compared, on which scale, and what is added to zeros.
  fileprivate var conventions: [String] {
    var notes: [String] = []
    switch measure.evidence {
    case .twoRisks, .twoRates:
      notes.append(
        measure.isRatio
          ? "Ratios are treatment over reference, pooled as logarithms and shown as ratios."
          : "Differences are treatment less reference.")
    case .oneRisk, .oneRate, .effect: break
    }
    if preset != .none {
      notes.append("Conventions of the preset \(preset.rawValue), where the study sets no other.")
    }
    if preset.heterogeneityIsFromTau2 {
      notes.append(
        "The preset tells I² and H² from τ² and a typical variance: i2_tau2 and h2_tau2.")
    }
    notes.append(zeroCellNote)
    if dividesArms {
      notes.append(
        "Arms of several studies are divided among them into whole numbers as equal as can be; what "
          + "is left over goes to the studies listed first.")
    }
    if let subgroups {
      notes.append(
        subgroups.shareTau2
          ? "Subgroups share one τ²." : "Each subgroup has its own τ².")
    }
    return notes
  }

  private var zeroCellNote: String {
    let policy = zeroCellsOfEffects
    guard policy.target != .none, policy.amount > 0 else { return "Nothing is added to zeros." }
    let studies =
      switch policy.target {
      case .zeroStudies: "studies with a zero"
      case .all: "all studies"
      case .allIfAny: "all studies if any has a zero"
      case .none: ""
      }
    let divided =
      switch policy.method {
      case .constant: "each cell"
      case .treatmentArm: "the cells in proportion to the other arm's size"
      case .empirical: "the cells by the odds ratio of the studies without zeros"
      }
    return "\(policy.amount.shortestDecimal) is added to \(divided) of \(studies)"
      + (zeroCells == nil ? ", for \(methodsThatAdd)." : ".")
      + (policy.doubleZero == .exclude
        ? " Studies without events in both groups are left out." : "")
  }

  private var methodsThatAdd: String {
    preset.mantelHaenszelAddsToZeros
      ? "methods that pool effects and Mantel and Haenszel's; likelihoods and Peto's method take the "
        + "counts as they are"
      : "methods that pool effects; likelihoods, Peto's and Mantel and Haenszel's methods take the "
        + "counts as they are"
  }

  /// What is added to zeros in the effects of studies.
  var zeroCellsOfEffects: ZeroCells { zeroCells ?? ZeroCells(defaultFor: measure) }
}
