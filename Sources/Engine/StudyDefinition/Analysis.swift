public import Inference
import JSON

/// One computation that a study asks for.
public struct Analysis: Sendable {
  /// What is computed, with all that it needs, resolved against the study's trials.
  public enum Kind: Sendable {
    case incidence(IncidenceAnalysis)
    case comparison(ComparisonAnalysis)
    case indirectComparison(IndirectAnalysis)
    case metaAnalysis(PoolingAnalysis)
    case trend(TrendAnalysis)
    case ordinal(OrdinalAnalysis)
    case agreement(AgreementAnalysis)
    case shift(ShiftAnalysis)
    case doseResponse(DoseResponseAnalysis)
    case plateQuality(PlateQualityAnalysis)
    case responseSurface(ResponseSurfaceAnalysis)
    case troubleshoot(TroubleshootAnalysis)
  }

  public let id: String
  public let title: String?
  public let level: ConfidenceLevel
  public let kind: Kind

  /// The name of the kind, as in a study definition.
  public var kindName: String {
    switch kind {
    case .incidence: KindName.incidence.rawValue
    case .comparison: KindName.comparison.rawValue
    case .indirectComparison: KindName.indirectComparison.rawValue
    case .metaAnalysis: KindName.metaAnalysis.rawValue
    case .trend: KindName.trend.rawValue
    case .ordinal: KindName.ordinal.rawValue
    case .agreement: KindName.agreement.rawValue
    case .shift: KindName.shift.rawValue
    case .doseResponse: "dose-response"
    case .plateQuality: "plate-quality"
    case .responseSurface: "response-surface"
    case .troubleshoot: "troubleshoot"
    }
  }

  /// Whether it, and the trials it names, were read without a fault.
  public let isSound: Bool
  /// The bytes of the file that the results follow from: the analysis and the trials it names.
  let ranges: [Range<Int>]
}

/// The spellings of `kind` that this version computes.
enum KindName: String, CaseIterable {
  case incidence, comparison
  case indirectComparison = "indirect-comparison"
  case metaAnalysis = "meta-analysis"
  case trend, ordinal, agreement, shift
}

/// What the analyses of a document can name.
struct AnalysisContext {
  let trials: NamedList<Trial>
  let defaults: Defaults
  /// The labels of events that some trial has under more than one system.
  let termsOfSeveralSystems: Set<String>

  init(trials: NamedList<Trial>, defaults: Defaults) {
    self.trials = trials
    self.defaults = defaults
    termsOfSeveralSystems = trials.values.reduce(into: []) { labels, trial in
      var seen: Set<String> = []
      for event in trial.events where !seen.insert(event.name.label).inserted {
        labels.insert(event.name.label)
      }
    }
  }

  /// The trial that `element` names.
  func trial(_ element: Element) -> Trial? {
    let id = element.reference(
      to: "the id of a trial", among: trials.values.lazy.map(\.id), isComplete: trials.isComplete)
    return id.flatMap { id in trials.values.first { $0.id == id } }
  }
}

extension Analysis {
  /// Reads an analysis; `id` is its name even where the rest is faulty.
  static func read(_ element: Element, _ context: AnalysisContext) -> (id: String?, Analysis?) {
    guard var reader = ObjectReader(element) else { return (nil, nil) }
    let faultsBefore = element.collector.faults.count
    let id = reader.required("id") { $0.identifier() }
    let kind = reader.required("kind") {
      $0.choice(of: KindName.self, what: "a kind of analysis that this version computes")
    }
    let title = reader.optional("title") { $0.text() }
    let level = reader.optional("level") { $0.confidenceLevel() } ?? context.defaults.level
    // Without its kind the other keys mean nothing, so they are neither right nor wrong.
    guard let kind else { return (id, nil) }
    let content: (kind: Kind, trials: [Trial])?
    switch kind {
    case .incidence:
      content = IncidenceAnalysis.read(&reader, context).map { (.incidence($0), $1) }
    case .comparison:
      content = ComparisonAnalysis.read(&reader, context).map { (.comparison($0), $1) }
    case .indirectComparison:
      content = IndirectAnalysis.read(&reader, context).map { (.indirectComparison($0), $1) }
    case .metaAnalysis:
      content = PoolingAnalysis.read(&reader, context).map { (.metaAnalysis($0), $1) }
    case .trend: content = TrendAnalysis.read(&reader).map { (.trend($0), []) }
    case .ordinal: content = OrdinalAnalysis.read(&reader).map { (.ordinal($0), []) }
    case .agreement: content = AgreementAnalysis.read(&reader).map { (.agreement($0), []) }
    case .shift: content = ShiftAnalysis.read(&reader).map { (.shift($0), []) }
    }
    reader.finish()
    guard let id, let content else { return (id, nil) }
    let isSound =
      element.collector.faults.count == faultsBefore && content.trials.allSatisfy(\.isSound)
    return (
      id,
      Analysis(
        id: id, title: title, level: level, kind: content.kind, isSound: isSound,
        ranges: [element.node.range] + content.trials.map(\.range))
    )
  }
}
