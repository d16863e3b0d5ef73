public import Inference
import JSON

/// One computation that a study asks for.
public struct Analysis: Sendable {
  /// What is computed, with all that it needs, resolved against the study's trials.
  public enum Kind: Sendable {
    case incidence(IncidenceAnalysis)
  }

  public let id: String
  public let title: String?
  public let level: ConfidenceLevel
  public let kind: Kind

  /// The name of the kind, as in a study definition.
  public var kindName: String {
    switch kind {
    case .incidence: KindName.incidence.rawValue
    }
  }

  /// Whether it, and the trials it names, were read without a fault.
  public let isSound: Bool
  /// The bytes of the file that the results follow from: the analysis and the trials it names.
  let ranges: [Range<Int>]
}

/// The spellings of `kind` that this version computes.
enum KindName: String, CaseIterable {
  case incidence
}

/// What the analyses of a document can name.
struct AnalysisContext {
  let trials: [Trial]
  /// Whether every trial of the document could be named.
  let namesEveryTrial: Bool
  let defaults: Defaults

  func trial(_ id: String) -> Trial? { trials.first { $0.id == id } }

  /// The trial that `element` names.
  func trial(_ element: Element) -> Trial? {
    guard let id = element.string() else { return nil }
    if let trial = trial(id) { return trial }
    guard namesEveryTrial else { return nil }
    return element.reference(to: "the id of a trial", among: trials.map(\.id)).flatMap { _ in nil }
  }
}

extension Analysis {
  /// Reads an analysis; `id` is its name even where the rest is faulty.
  static func read(_ element: Element, _ context: AnalysisContext) -> (id: String?, Analysis?) {
    guard var reader = ObjectReader(element) else { return (nil, nil) }
    let faultsBefore = element.collector.faults.count
    let id = reader.required("id") { $0.identifier() }
    let kind = reader.required("kind") { $0.choice(of: KindName.self, what: "a kind of analysis") }
    let title = reader.optional("title") { $0.text() }
    let level = reader.optional("level") { $0.confidenceLevel() } ?? context.defaults.level
    // Without its kind the other keys mean nothing, so they are neither right nor wrong.
    guard let kind else { return (id, nil) }
    let content: (kind: Kind, trials: [Trial])?
    switch kind {
    case .incidence:
      content = IncidenceAnalysis.read(&reader, context).map { (.incidence($0), $1) }
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
