import Comparison
import Incidence
import Inference
import MetaAnalysis
import StudyDefinition

/// The counts, or the effect, of one study of a meta-analysis.
enum StudyCounts {
  case twoGroups(treatment: SideCounts?, reference: SideCounts?)
  case oneGroup(SideCounts?)
  case effect(EffectSize)

  /// - Throws: ``ReconstructionError`` where a printed percentage does not give one count.
  init(_ study: PoolingAnalysis.Study) throws(ReconstructionError) {
    switch study.content {
    case .twoGroups(let treatment, let reference):
      self = .twoGroups(
        treatment: try SideCounts(treatment), reference: try SideCounts(reference))
    case .oneGroup(let group): self = .oneGroup(try SideCounts(group))
    case .effect(let effect): self = .effect(effect)
    }
  }

  var isReconstructed: Bool {
    switch self {
    case .twoGroups(let treatment, let reference):
      treatment?.isReconstructed ?? false || reference?.isReconstructed ?? false
    case .oneGroup(let group): group?.isReconstructed ?? false
    case .effect: false
    }
  }

  /// The events of all its groups.
  var events: Int { sides.reduce(0) { $0 + $1.events } }

  var subjects: Int { sides.reduce(0) { $0 + ($1.subjects ?? 0) } }

  var personYears: Double { sides.reduce(0) { $0 + ($1.personYears ?? 0) } }

  /// What Freeman and Tukey's transformation of one group is undone with.
  var size: Double? {
    guard case .oneGroup(let group?) = self else { return nil }
    return group.personYears ?? group.subjects.map { Double($0) }
  }

  private var sides: [SideCounts] {
    switch self {
    case .twoGroups(let treatment, let reference): [treatment, reference].compactMap { $0 }
    case .oneGroup(let group): [group].compactMap { $0 }
    case .effect: []
    }
  }
}

extension SideCounts {
  /// The arms' parts added up.
  fileprivate init?(_ shares: [PoolingAnalysis.ArmShare]) throws(ReconstructionError) {
    var counts: [SideCounts] = []
    for share in shares {
      guard let whole = try SideCounts([share.cell]) else { return nil }
      counts.append(whole.part(share.part, of: share.parts))
    }
    self.init(adding: counts)
  }
}
