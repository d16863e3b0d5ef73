import Inference
import JSON

/// A trial: its arms and the adverse events reported of them.
public struct Trial: Sendable {
  public let id: String
  public let title: String?
  public let registry: String?
  public let phase: String?
  public let design: String?
  /// The id of a source.
  public let source: String?
  public let arms: [Arm]
  public let events: [Event]

  /// Whether it was read without a fault, so that what an analysis makes of it can be told.
  let isSound: Bool
  /// Whether every arm and every event could at least be named, so that a name that is not among
  /// them is a fault of its own.
  let namesEverything: Bool
  /// The bytes of the file that define it.
  let range: Range<Int>

  public func arm(_ id: String) -> Arm? { arms.first { $0.id == id } }

  init?(_ element: Element, sources: [Source], defaults: Defaults) {
    guard var reader = ObjectReader(element) else { return nil }
    let faultsBefore = element.collector.faults.count
    let id = reader.required("id") { $0.identifier() }
    title = reader.optional("title") { $0.text() }
    registry = reader.optional("registry") { $0.text() }
    phase = reader.optional("phase") { $0.text() }
    design = reader.optional("design") { $0.text() }
    source = reader.optional("source") {
      $0.reference(to: "the id of a source", among: sources.map(\.id))
    }
    let record = reader.element("record")
    record?.report(
      found: "\"record\"",
      expected: "arms and events in the study (records of registries are reserved)")
    // With a record, arms and events would come from it.
    let armsElement =
      record == nil ? reader.required("arms") { $0 } : reader.element("arms")
    let armList = armsElement.flatMap { uniquelyNamed($0, what: "arm", { Arm($0) }, id: \.id) }
    let arms = armList ?? []
    let armsByID = Dictionary(arms.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var namesEverything = armsElement?.elementCount == arms.count
    var names: Set<EventName> = []
    let events =
      reader.optional("events") { element in
        element.list { element -> Event? in
          guard let event = Event(element, arms: armsByID, rounding: defaults.rounding) else {
            namesEverything = false
            return nil
          }
          guard names.insert(event.name).inserted else {
            return element.fault(
              found: "the event \(quoted(event.name.label)) again",
              expected: "each event (term, system, grade, serious) once in a trial")
          }
          return event
        }
      } ?? []
    reader.finish()
    guard let id else { return nil }
    self.id = id
    self.arms = arms
    self.events = events
    self.namesEverything = namesEverything
    isSound = element.collector.faults.count == faultsBefore
    range = element.node.range
  }
}

/// Reads a list whose elements have ids; a repeated id is a fault, and its element left out.
func uniquelyNamed<Value>(
  _ element: Element, what: String, _ read: (Element) -> Value?, id: (Value) -> String
) -> [Value]? {
  var seen: Set<String> = []
  return element.list { element in
    guard let value = read(element) else { return nil }
    guard seen.insert(id(value)).inserted else {
      return element.fault(
        found: "the \(what) id \(quoted(id(value))) again", expected: "each \(what) id once")
    }
    return value
  }
}
