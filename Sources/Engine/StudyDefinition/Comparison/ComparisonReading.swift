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
    selection.checkCounts(for: methods)
    if let multiplicityElement, multiplicity.contains(where: \.usesSystems) {
      selection.checkSystems(multiplicityElement)
    }
    return (
      ComparisonAnalysis(
        methods: methods, sides: sides, nullValues: nullValues, per: per,
        multiplicity: multiplicity, strata: selection.strata, outcomes: selection.outcomes,
        eventsLeftOut: selection.eventsLeftOut),
      selection.trials
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

extension ComparisonSelection {
  /// Reports every side whose counts cannot give what `methods` need, once a side.
  fileprivate func checkCounts(for methods: ComparisonAnalysis.Methods) {
    var needs: [IncidenceAnalysis.Measure] = []
    if methods.compareRisks { needs.append(.risk([])) }
    if methods.compareRates { needs.append(.rate([], numerator: .subjects, per: 1)) }
    var reported: Set<String> = []
    for cells in outcomes.flatMap(\.cells) {
      let pair = read[cells.stratum]
      for (side, cells) in [(pair.treatment, cells.treatment), (pair.reference, cells.reference)] {
        for cell in cells {
          guard let missing = needs.lazy.compactMap({ cell.missing(for: $0) }).first,
            reported.insert(cell.group.name).inserted
          else { continue }
          let place = cell.event.map { " of \(quoted($0.label))" } ?? ""
          side.element.report(
            found: "no \(missing)\(place) in \(quoted(cell.group.name))",
            expected: "\(missing), which these methods need")
        }
      }
    }
  }

  /// Reports events without a system, by which the double false discovery rate needs them grouped.
  fileprivate func checkSystems(_ element: Element) {
    let missing = outcomes.compactMap(\.event).filter { $0.system == nil }.map(\.label)
    guard outcomes.contains(where: { $0.event?.system == nil }) else { return }
    element.report(
      found: missing.isEmpty ? "counts without a system" : "no \"system\" of \(listed(missing))",
      expected: "a \"system\" of every event, which the double false discovery rate needs")
  }
}
