public import Comparison
import Incidence
import Inference

/// What the counts of two groups allow to be estimated at all.
public struct Estimability: Hashable, Sendable {
  /// One of the two groups compared.
  public enum Group: String, Sendable {
    case treatment, reference
  }

  public let studies: Int

  /// The places of the studies without an event, from 0.
  public let withoutEvents: [Int]

  /// The places of those in which every subject had the event; none for rates.
  public let withEventsOnly: [Int]

  /// The places of those with events in the treatment group only.
  public let inTreatmentOnly: [Int]

  /// The places of those with events in the reference group only.
  public let inReferenceOnly: [Int]

  public init(_ risks: [TwoByTwoTable]) {
    self.init(
      risks.map { ($0.treatment.events, $0.reference.events) },
      eventsOnly: risks.indices.filter { risks[$0].nonEvents == 0 })
  }

  public init(_ rates: [PersonTimeTable]) {
    self.init(rates.map { ($0.treatment.events, $0.reference.events) }, eventsOnly: [])
  }

  private init(_ events: [(treatment: Int, reference: Int)], eventsOnly: [Int]) {
    func places(where holds: (Int, Int) -> Bool) -> [Int] {
      events.indices.filter { holds(events[$0].treatment, events[$0].reference) }
    }
    studies = events.count
    withoutEvents = places { $0 == 0 && $1 == 0 }
    withEventsOnly = eventsOnly
    inTreatmentOnly = places { $0 > 0 && $1 == 0 }
    inReferenceOnly = places { $0 == 0 && $1 > 0 }
  }

  public var isOneStudy: Bool { studies == 1 }

  public var hasNoEvents: Bool { withoutEvents.count == studies }

  /// The group in which all events are, where the other has none: no finite ratio fits best then.
  public var separation: Group? {
    guard !hasNoEvents else { return nil }
    if withoutEvents.count + inTreatmentOnly.count == studies { return .treatment }
    return withoutEvents.count + inReferenceOnly.count == studies ? .reference : nil
  }

  /// What is to be said of the studies, each sentence where it holds.
  public var verdicts: [String] {
    var verdicts: [String] = []
    if isOneStudy { verdicts.append("one study: nothing is pooled") }
    if hasNoEvents { verdicts.append("no events in any study: no ratio can be estimated") }
    switch separation {
    case .treatment:
      verdicts.append("all events are in the treatment group: ratios have no upper limit")
    case .reference:
      verdicts.append("all events are in the reference group: ratios have no lower limit above 0")
    case nil: break
    }
    return verdicts
  }

  /// Why nothing is learnt of a ratio.
  var reasonWithoutInformation: NotEstimable {
    if hasNoEvents { return .noEvents }
    return withEventsOnly.count == studies ? .noNonEvents : .noInformation
  }
}
