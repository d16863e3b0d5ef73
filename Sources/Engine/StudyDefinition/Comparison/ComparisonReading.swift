import Comparison
import Inference
import JSON

extension ComparisonAnalysis {
  /// Reads the keys of a comparison, and resolves them against the trials.
  static func read(
    _ reader: inout ObjectReader, _ context: AnalysisContext
  ) -> (ComparisonAnalysis, trials: [Trial])? {
    let sides =
      reader.optional("sides") { $0.choice(what: "the sides of an interval") } ?? Sides.two
    let methods = Methods(&reader, areStratified: reader.has("strata"), sides: sides)
    let nullValues = readNullValues(&reader, methods, sides)
    let per = reader.optional("per") { $0.positiveNumber() } ?? 1
    let multiplicityElement = reader.element("multiplicity")
    let multiplicity =
      multiplicityElement.flatMap {
        $0.choices(of: Multiplicity.self, what: "an adjustment for multiplicity")
      } ?? []
    if let multiplicityElement, !reader.has("tests") {
      multiplicityElement.report(expected: "this key with \"tests\", whose first is adjusted")
    }
    let selection = ComparisonSelection(&reader, context)
    guard let methods, let selection else { return nil }
    let events = selection.events
    events.checkCounts(risks: methods.compareRisks, rates: methods.compareRates)
    if let multiplicityElement, multiplicity.contains(where: \.usesSystems) {
      events.checkSystems(multiplicityElement)
    }
    return (
      ComparisonAnalysis(
        methods: methods, sides: sides, nullValues: nullValues, per: per,
        multiplicity: multiplicity, strata: selection.strata, outcomes: events.outcomes,
        eventsLeftOut: events.eventsLeftOut),
      events.trials
    )
  }

  /// The values that one-sided tests test: 0 for a difference, 1 for a ratio, unless given.
  private static func readNullValues(
    _ reader: inout ObjectReader, _ methods: Methods?, _ sides: Sides
  ) -> [String: Double] {
    guard let element = reader.element("null") else { return [:] }
    if sides == .two {
      element.report(expected: "this key with \"sides\": \"lower\" or \"upper\" only")
    }
    let measures = methods?.measureNames ?? []
    let members = element.members(expected: "an object from measures to values") ?? []
    return members.reduce(into: [:]) { values, member in
      let (key, value) = member
      guard let name = ComparisonMeasureName(rawValue: key), measures.contains(key) else {
        // With `methods` unread, no measure is known to be missing.
        if methods != nil {
          value.report(
            found: "the measure \(quoted(key))", expected: "one of \(listed(measures))",
            suggestion: nearestSpelling(to: key, among: measures))
        }
        return
      }
      if let methods, !methods.hasTest(of: name) {
        value.report(
          found: "a value to test by methods that have no test",
          expected: "with it a method that inverts a test")
        return
      }
      values[key] = value.nullValue(name)
    }
  }
}

extension Element {
  /// A value that a contrast can have, not at the end of its range.
  fileprivate func nullValue(_ measure: ComparisonMeasureName) -> Double? {
    switch measure {
    case .riskDifference:
      number({ $0 > -1 && $0 < 1 }, expected: "a difference between -1 and 1")
    case .rateDifference:
      number({ abs($0) <= positiveNumbers.upperBound }, expected: "a difference of rates")
    case .riskRatio, .oddsRatio, .rateRatio: positiveNumber()
    }
  }
}
