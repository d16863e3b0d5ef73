import Inference
import JSON
import MetaAnalysis
import Results
import StudyDefinition

// What a reader should know of the pooled results: what the counts allow, and why methods disagree.

extension PoolingAnalysis {
  /// What stands in the way of methods, and where their conclusions differ.
  func warnings(_ data: PooledData, _ pooled: ResultGroup) -> [String] {
    var warnings: [String] = []
    let dropped = studies.indices.filter { data.index(of: $0) == nil }
    if !dropped.isEmpty {
      warnings.append(
        "Not pooled, for want of subjects in a group: "
          + "\(dropped.map { studies[$0].label }.joined(separator: ", ")).")
    }
    if measure.isRatio {
      warnings += (data.all.set.estimability?.verdicts ?? []).map { $0.asSentence }
    }
    if let preconditions = petoPreconditions(data), !preconditions.holds {
      warnings.append(
        "Peto's method is outside its range: "
          + preconditions.failures.joined(separator: "; ") + ".")
    }
    if let disagreement = disagreement(pooled) { warnings.append(disagreement) }
    return warnings
  }

  /// Why the methods listed can differ on these data.
  func explanations(
    _ data: PooledData, _ pooled: ResultGroup, level: ConfidenceLevel
  ) -> [String] {
    guard disagreement(pooled) != nil else { return [] }
    return [zeroExplanation(data), imbalanceExplanation(data)].compactMap { $0 }
      + hartungKnappExplanations(data, level) + [heterogeneityExplanation(data)].compactMap { $0 }
  }

  /// Which intervals hold the value of no effect and which do not, where both are there.
  private func disagreement(_ pooled: ResultGroup) -> String? {
    guard let null = measure.nullValue else { return nil }
    var (inside, outside): ([String], [String]) = ([], [])
    for model in models {
      for variant in model.variants(inference) {
        let name = model.name(of: variant)
        let limits = ["lower", "upper"].map { limit in
          pooled.statistic(
            StatisticKey(measure: measure.rawValue, method: name, name: limit))?.value.extended
        }
        guard let lower = limits[0], let upper = limits[1] else { continue }
        if lower <= null && null <= upper { inside.append(name) } else { outside.append(name) }
      }
    }
    guard !inside.isEmpty, !outside.isEmpty else { return nil }
    return "Methods disagree: no effect (\(null.shortestDecimal)) lies inside the interval of "
      + "\(listed(inside)) and outside that of \(listed(outside))."
  }

  private func zeroExplanation(_ data: PooledData) -> String? {
    let filled = studies.indices.filter { (try? data.study($0))?.added != nil }
    guard !filled.isEmpty else { return nil }
    let policy = zeroCellsOfEffects
    let count = "\(filled.count) of \(data.all.places.count) studies"
    let addition =
      policy.target == .zeroStudies
      ? "\(count) have a zero, to which methods that pool effects add"
      : "Methods that pool effects add to the cells of \(count)"
    guard measure.isRatio else { return addition + "." }
    let centre =
      switch policy.method {
      case .constant: "the ratio of the groups' sizes"
      case .treatmentArm: "1"
      case .empirical: "that of the studies without zeros"
      }
    return addition + ": that draws their ratios towards \(centre) and makes studies with a zero "
      + "weigh more than they tell. Likelihoods and exact methods take the counts as they are."
  }

  private func imbalanceExplanation(_ data: PooledData) -> String? {
    guard let preconditions = petoPreconditions(data), !preconditions.isBalanced else { return nil }
    return "In a study one group is \(preconditions.largestArmRatio.rounded(toPlaces: 1)) times as "
      + "large as the other, which biases Peto's odds ratio away from the others."
  }

  /// What Peto's method demands, where it is asked for and has an estimate.
  private func petoPreconditions(_ data: PooledData) -> PetoPreconditions? {
    guard pooling.contains(.peto) else { return nil }
    return (try? data.all.fit(PoolingModel(.peto, .common)))?.petoPreconditions
  }

  private func hartungKnappExplanations(
    _ data: PooledData, _ level: ConfidenceLevel
  ) -> [String] {
    guard inference.contains(.hartungKnapp) else { return [] }
    return models.compactMap { model in
      guard model.method == .inverseVariance, model.effects == .random,
        let fit = try? data.all.fit(model), let q = fit.residualScale,
        let normal = try? fit.effect(.inference(.z)).interval(level: level).lower,
        let adjusted = try? fit.effect(.inference(.hartungKnapp)).interval(level: level).lower,
        adjusted > normal
      else { return nil }
      return "\(model.name)/hartung-knapp is narrower than the normal interval, since the effects "
        + "differ less than chance and τ² would have them (q = \(q.rounded(toPlaces: 2))): "
        + "hartung-knapp-adhoc does not allow that."
    }
  }

  private func heterogeneityExplanation(_ data: PooledData) -> String? {
    let random = models.filter { $0.effects == .random }
    let estimates = random.compactMap { try? data.all.fit($0).tau2 }
    guard !estimates.isEmpty else { return nil }
    return estimates.allSatisfy { $0 == 0 }
      ? "τ² is estimated as 0, so that random effects come out as common ones." : nil
  }
}

/// The first names, and how many more there are.
private func listed(_ names: [String]) -> String {
  let shown = names.prefix(8).joined(separator: ", ")
  return names.count > 8 ? "\(shown) and \(names.count - 8) more" : shown
}

extension EffectMeasure {
  /// The value of no effect; `nil` for measures of one group, and for those whose meaning is not
  /// known.
  var nullValue: Double? {
    switch evidence {
    case .twoRisks, .twoRates: isRatio ? 1 : 0
    case .effect: 0
    case .oneRisk, .oneRate: nil
    }
  }
}

extension ReportedValue {
  /// The number, or ±∞ where it is unbounded.
  fileprivate var extended: Double? {
    switch self {
    case .number(let value): value
    case .unbounded(let direction): direction == .above ? .infinity : -.infinity
    case .censored, .notEstimable, .verdict: nil
    }
  }
}

extension String {
  fileprivate var asSentence: String { prefix(1).uppercased() + dropFirst() + "." }
}

extension Double {
  /// For a sentence, with at most so many decimals.
  fileprivate func rounded(toPlaces places: Int) -> String {
    let factor = places == 1 ? 10.0 : 100.0
    return ((self * factor).rounded() / factor).shortestDecimal
  }
}
