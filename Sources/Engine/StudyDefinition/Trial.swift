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
  /// Whether every arm could at least be named, so that a name that is not among them is a fault
  /// of its own.
  let namesEveryArm: Bool
  /// The same of events.
  let namesEveryEvent: Bool
  /// The bytes of the file that define it.
  let range: Range<Int>

  init?(_ element: Element, sources: NamedList<Source>, defaults: Defaults) {
    guard var reader = ObjectReader(element) else { return nil }
    let faultsBefore = element.collector.faults.count
    let id = reader.required("id") { $0.identifier() }
    title = reader.optional("title") { $0.text() }
    registry = reader.optional("registry") { $0.text() }
    phase = reader.optional("phase") { $0.text() }
    design = reader.optional("design") { $0.text() }
    source = reader.optional("source") {
      $0.reference(to: sources)
    }
    let record = reader.element("record")
    record?.report(
      found: "\"record\"",
      expected: "arms and events in the study (records of registries are reserved)")
    // With a record, arms and events would come from it.
    let armsElement =
      record == nil ? reader.required("arms") { $0 } : reader.element("arms")
    let arms =
      armsElement.map { NamedList($0, what: "arm", { Arm($0) }, id: \.id) }
      ?? NamedList(isComplete: false)
    let armTable = ArmTable(arms)
    var namesEveryEvent = true
    var names: Set<EventName> = []
    let events =
      reader.optional("events") { element in
        element.list { element -> Event? in
          guard let event = Event(element, arms: armTable, rounding: defaults.rounding) else {
            namesEveryEvent = false
            return nil
          }
          guard names.insert(event.name).inserted else {
            return element.fault(
              found: "the event \(quoted(event.name.label)) again",
              expected: "each event (term, system, grade, serious) once in a trial")
          }
          return event
        }
      }
    reader.finish()
    guard let id else { return nil }
    self.id = id
    self.arms = arms.values
    self.events = events ?? []
    namesEveryArm = arms.isComplete
    self.namesEveryEvent =
      namesEveryEvent && (events != nil || !reader.has("events") && !reader.mayMean("events"))
    isSound = element.collector.faults.count == faultsBefore
    range = element.node.range
  }
}
