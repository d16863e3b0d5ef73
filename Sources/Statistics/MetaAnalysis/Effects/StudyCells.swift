import Comparison
import Glibc
import Incidence
import Inference

/// The counts of one study, to which something may be added.
protocol StudyCells {
  /// Whether something is 0 that has to be above it for all measures to exist.
  var hasZero: Bool { get }

  /// Why neither odds nor a ratio can be learnt from them; `nil` where something can.
  var flaw: NotEstimable? { get }

  /// The size of the reference group over that of the treatment group; `nil` for one group.
  var sizeRatio: Double? { get }

  /// With `added` to events and non-events, or to events alone.
  func adding(_ added: ZeroCells.Added, toEventsAlone: Bool) -> Self

  /// The effect with a variance from these cells and a value from `cells`.
  func effect(
    _ measure: EffectMeasure, valueFrom cells: Self
  ) -> Result<EffectSize, NotEstimable>

  /// The ratio of Mantel and Haenszel over studies, of odds or of rates; `nil` for one group.
  static func commonRatio(_ studies: [Self]) -> CommonRatio?
}

extension RiskCells: StudyCells {
  var hasZero: Bool { min(events1, nonEvents1, events2, nonEvents2) == 0 }

  var flaw: NotEstimable? {
    if events1 + events2 == 0 { return .noEvent }
    return nonEvents1 + nonEvents2 == 0 ? .eventsOnly : nil
  }

  var sizeRatio: Double? { total2 / total1 }

  func adding(_ added: ZeroCells.Added, toEventsAlone: Bool) -> RiskCells {
    RiskCells(
      events1: events1 + added.treatment,
      nonEvents1: nonEvents1 + (toEventsAlone ? 0 : added.treatment),
      events2: events2 + added.reference,
      nonEvents2: nonEvents2 + (toEventsAlone ? 0 : added.reference))
  }

  static func commonRatio(_ studies: [RiskCells]) -> CommonRatio? {
    studies.mantelHaenszelOddsRatio()
  }
}

extension RateCells: StudyCells {
  var hasZero: Bool { min(events1, events2) == 0 }

  var flaw: NotEstimable? { events1 + events2 == 0 ? .noEvent : nil }

  var sizeRatio: Double? { years2 / years1 }

  func adding(_ added: ZeroCells.Added, toEventsAlone: Bool) -> RateCells {
    RateCells(
      events1: events1 + added.treatment, years1: years1, events2: events2 + added.reference,
      years2: years2)
  }

  static func commonRatio(_ studies: [RateCells]) -> CommonRatio? {
    studies.mantelHaenszelRatio()
  }
}

/// Subjects with and without an event in one group.
struct ProportionCells: StudyCells {
  let events: Double
  let nonEvents: Double

  var total: Double { events + nonEvents }

  var hasZero: Bool { min(events, nonEvents) == 0 }

  var flaw: NotEstimable? {
    if events == 0 { return .noEvent }
    return nonEvents == 0 ? .eventsOnly : nil
  }

  var sizeRatio: Double? { nil }

  func adding(_ added: ZeroCells.Added, toEventsAlone: Bool) -> ProportionCells {
    ProportionCells(
      events: events + added.treatment,
      nonEvents: nonEvents + (toEventsAlone ? 0 : added.treatment))
  }

  static func commonRatio(_ studies: [ProportionCells]) -> CommonRatio? { nil }
}

/// Events over person-time in one group.
struct EventRateCells: StudyCells {
  let events: Double
  let years: Double

  var hasZero: Bool { events == 0 }

  var flaw: NotEstimable? { events == 0 ? .noEvent : nil }

  var sizeRatio: Double? { nil }

  func adding(_ added: ZeroCells.Added, toEventsAlone: Bool) -> EventRateCells {
    EventRateCells(events: events + added.treatment, years: years)
  }

  static func commonRatio(_ studies: [EventRateCells]) -> CommonRatio? { nil }
}

extension NotEstimable {
  static let noEvent = NotEstimable("the study has no event")
  static let eventsOnly = NotEstimable("every subject of the study had the event")
}
