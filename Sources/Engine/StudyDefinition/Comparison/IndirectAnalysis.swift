public import Comparison
import Inference
import JSON

/// Two treatments compared by way of the anchors that each was compared with.
public struct IndirectAnalysis: Sendable {
  public enum Measure: Sendable {
    case risk(RiskContrast)
    case rate(RateContrast)
  }

  /// An arm with its anchor: a contrast within one trial.
  public struct Anchored: Sendable {
    public let arm: ComparisonAnalysis.Side
    public let anchor: ComparisonAnalysis.Side
  }

  /// One event, with what was seen of it in the four groups.
  public struct Outcome: Sendable {
    /// `nil` for counts written into the analysis.
    public let event: EventName?
    /// The arm as the treatment and its anchor as the reference.
    public let treatment: ComparisonAnalysis.Cells
    public let reference: ComparisonAnalysis.Cells
  }

  public let measure: Measure
  public let methods: [IndirectMethod]
  public let treatment: Anchored
  public let reference: Anchored
  /// Differences of rates are given per this many person-years.
  public let per: Double
  public let outcomes: [Outcome]
  /// The events that not all four groups report, which are left out.
  public let eventsLeftOut: [EventName]

  /// The spelling of the measure.
  public var measureName: String {
    switch measure {
    case .risk(let contrast): contrast.rawValue
    case .rate(let contrast): contrast.rawValue
    }
  }
}

extension IndirectAnalysis {
  /// Reads the keys of an indirect comparison, and resolves them against the trials.
  static func read(
    _ reader: inout ObjectReader, _ context: AnalysisContext
  ) -> (IndirectAnalysis, trials: [Trial])? {
    let measure = reader.required("measure") {
      $0.choice(of: ComparisonMeasureName.self, what: "a measure")
    }
    let methods = reader.required("methods") {
      $0.choices(of: IndirectMethod.self, what: "a method of indirect comparison")
    }
    let per = reader.optional("per") { $0.positiveNumber() } ?? 1
    let treatment = reader.required("treatment") { ReadPair(anchored: $0, context) }
    let reference = reader.required("reference") { ReadPair(anchored: $0, context) }
    let terms = reader.element("terms")
    guard let measure, let methods, let treatment, let reference,
      let events = EventChoice(terms, [treatment, reference], needsAll: true, reader.element)
    else { return nil }
    events.checkCounts(risks: !measure.isOfRates, rates: measure.isOfRates)
    return (
      IndirectAnalysis(
        measure: measure.indirect, methods: methods,
        treatment: Anchored(arm: treatment.treatment.side, anchor: treatment.reference.side),
        reference: Anchored(arm: reference.treatment.side, anchor: reference.reference.side),
        per: per,
        outcomes: events.outcomes.map {
          Outcome(event: $0.event, treatment: $0.cells[0], reference: $0.cells[1])
        },
        eventsLeftOut: events.eventsLeftOut),
      events.trials
    )
  }
}

extension ComparisonMeasureName {
  var isOfRates: Bool { self == .rateDifference || self == .rateRatio }

  fileprivate var indirect: IndirectAnalysis.Measure {
    switch self {
    case .riskDifference: .risk(.difference)
    case .riskRatio: .risk(.ratio)
    case .oddsRatio: .risk(.oddsRatio)
    case .rateDifference: .rate(.difference)
    case .rateRatio: .rate(.ratio)
    }
  }
}
