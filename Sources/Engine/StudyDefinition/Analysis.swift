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
    case .doseResponse: KindName.doseResponse.rawValue
    case .plateQuality: KindName.plateQuality.rawValue
    case .responseSurface: KindName.responseSurface.rawValue
    case .troubleshoot: KindName.troubleshoot.rawValue
    }
  }

  /// Whether it, and what it names, were read without a fault.
  public let isSound: Bool
  /// What the results follow from: the analysis, the trials, assays and analyses that it names, and
  /// their files.
  let origin: DataOrigin
}

/// The spellings of `kind` that this version computes.
enum KindName: String, CaseIterable {
  case incidence, comparison
  case indirectComparison = "indirect-comparison"
  case metaAnalysis = "meta-analysis"
  case trend, ordinal, agreement, shift
  case doseResponse = "dose-response"
  case plateQuality = "plate-quality"
  case responseSurface = "response-surface"
  case troubleshoot
}

/// What the analyses of a document can name.
struct AnalysisContext {
  let trials: NamedList<Trial>
  let assays: NamedList<NamedAssay>
  let data: DataContext
  let defaults: Defaults
  /// The analyses read so far, for those that rest on others.
  var analyses = NamedList<NamedAnalysis>()
  /// The labels of events that some trial has under more than one system.
  let termsOfSeveralSystems: Set<String>
  private let trialsByID: [String: Trial]
  private let eventTables = EventTables()

  init(
    trials: NamedList<Trial>, assays: NamedList<NamedAssay>, data: DataContext, defaults: Defaults
  ) {
    self.trials = trials
    self.assays = assays
    self.data = data
    self.defaults = defaults
    trialsByID = Dictionary(uniqueKeysWithValues: trials.values.map { ($0.id, $0) })
    termsOfSeveralSystems = trials.values.reduce(into: []) { labels, trial in
      var seen: Set<String> = []
      for event in trial.events where !seen.insert(event.name.label).inserted {
        labels.insert(event.name.label)
      }
    }
  }

  /// The trial that `element` names.
  func trial(_ element: Element) -> Trial? {
    if case .string(let id) = element.node.value, let trial = trialsByID[id] { return trial }
    let id = element.reference(
      to: "the id of a trial", among: trials.values.lazy.map(\.id), isComplete: trials.isComplete)
    return id.flatMap { trialsByID[$0] }
  }

  /// The trial and the arm of `name`, which is `trial/arm`.
  func arm(named name: String) -> (trial: Trial, arm: Arm)? {
    // Ids have no slash.
    let ids = name.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    guard ids.count == 2, let trial = trialsByID[ids[0]],
      let arm = trial.arms.first(where: { $0.id == ids[1] })
    else { return nil }
    return (trial, arm)
  }

  /// The events of `trial` by their names, sorted once for all that ask.
  func events(of trial: Trial) -> EventsByName {
    eventTables.events(of: trial, ofSeveralSystems: termsOfSeveralSystems)
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
    guard let kind else {
      reader.finish(knowsAllKeys: false)
      return (id, nil)
    }
    let content = Content(kind, &reader, context)
    reader.finish()
    guard let id, let content else { return (id, nil) }
    let isSound = element.collector.faults.count == faultsBefore && content.isSound
    return (
      id,
      Analysis(
        id: id, title: title, level: level, kind: content.kind, isSound: isSound,
        origin: DataOrigin(
          ranges: [element.node.range] + content.origin.ranges, files: content.origin.files))
    )
  }
}

/// An analysis by its name, which stands even where the rest is faulty.
struct NamedAnalysis {
  let id: String
  let analysis: Analysis?
}

/// What an analysis is, and what that was read from beside itself.
private struct Content {
  let kind: Analysis.Kind
  var origin = DataOrigin()
  /// Whether what it names was read without a fault.
  var isSound = true

  init?(_ kind: KindName, _ reader: inout ObjectReader, _ context: AnalysisContext) {
    switch kind {
    case .incidence:
      self.init(IncidenceAnalysis.read(&reader, context)) { .incidence($0) }
    case .comparison:
      self.init(ComparisonAnalysis.read(&reader, context)) { .comparison($0) }
    case .indirectComparison:
      self.init(IndirectAnalysis.read(&reader, context)) { .indirectComparison($0) }
    case .metaAnalysis:
      self.init(PoolingAnalysis.read(&reader, context)) { .metaAnalysis($0) }
    case .trend: self.init(TrendAnalysis.read(&reader).map { .trend($0) })
    case .ordinal: self.init(OrdinalAnalysis.read(&reader).map { .ordinal($0) })
    case .agreement: self.init(AgreementAnalysis.read(&reader).map { .agreement($0) })
    case .shift: self.init(ShiftAnalysis.read(&reader).map { .shift($0) })
    case .doseResponse:
      guard let (analysis, source) = DoseResponseAnalysis.read(&reader, context) else { return nil }
      self.init(.doseResponse(analysis), source.origin, isSound: source.isSound)
    case .plateQuality:
      guard let analysis = PlateQualityAnalysis.read(&reader, context) else { return nil }
      self.init(
        .plateQuality(analysis), analysis.assay.origin, isSound: analysis.assay.isSound)
    case .responseSurface:
      guard let (analysis, origin) = ResponseSurfaceAnalysis.read(&reader, context.data) else {
        return nil
      }
      self.init(.responseSurface(analysis), origin)
    case .troubleshoot:
      guard let analysis = TroubleshootAnalysis.read(&reader, context.analyses) else { return nil }
      let named = analysis.analyses.compactMap { id in
        context.analyses.values.first { $0.id == id }
      }
      let origins = named.compactMap { $0.analysis?.origin }
      self.init(
        .troubleshoot(analysis),
        DataOrigin(ranges: origins.flatMap(\.ranges), files: origins.flatMap(\.files)),
        isSound: named.allSatisfy { $0.analysis?.isSound ?? false })
    }
  }

  private init?(_ kind: Analysis.Kind?, _ origin: DataOrigin = DataOrigin(), isSound: Bool = true) {
    guard let kind else { return nil }
    (self.kind, self.origin, self.isSound) = (kind, origin, isSound)
  }

  private init?<Value>(
    _ read: (value: Value, trials: [Trial])?, _ kind: (Value) -> Analysis.Kind
  ) {
    guard let (value, trials) = read else { return nil }
    self.init(
      kind(value), DataOrigin(ranges: trials.map(\.range)), isSound: trials.allSatisfy(\.isSound))
  }
}
