import Inference
import JSON

/// Which groups and events a comparison is about.
struct ComparisonSelection {
  let strata: [ComparisonAnalysis.Stratum]
  let events: EventChoice

  private static let alternatives =
    "either \"treatment\" and \"reference\", or \"table\", or \"strata\""

  /// Reads either `treatment` and `reference`, or `table`, or `strata`, with `terms`.
  init?(_ reader: inout ObjectReader, _ context: AnalysisContext) {
    let treatment = reader.element("treatment")
    let reference = reader.element("reference")
    let table = reader.element("table")
    let strata = reader.element("strata")
    let terms = reader.element("terms")
    var labels: [String?] = [nil]
    let read: [ReadPair]
    switch (treatment, reference, table, strata) {
    case (let treatment?, let reference?, nil, nil):
      guard let pair = ReadPair(treatment: treatment, reference: reference, context) else {
        return nil
      }
      read = [pair]
    case (nil, nil, let table?, nil):
      guard let sides = Self.sides(of: table, context, areInline: true) else { return nil }
      read = [sides.pair]
    case (nil, nil, nil, let strata?):
      guard let found = Self.strata(strata, context) else { return nil }
      read = found.map(\.pair)
      labels = found.map(\.label)
    case (.some, nil, nil, nil), (nil, .some, nil, nil):
      let missing = treatment == nil ? "treatment" : "reference"
      reader.reportMissing(missing)
      return nil
    case (nil, nil, nil, nil):
      reader.reportMissing(
        ["treatment", "reference", "table", "strata"], found: "a comparison of nothing",
        expected: Self.alternatives)
      return nil
    default:
      reader.element.report(
        found: "a comparison of several things", expected: Self.alternatives)
      return nil
    }
    self.strata = zip(labels, read).map { label, pair in
      ComparisonAnalysis.Stratum(
        label: label, treatment: pair.treatment.side, reference: pair.reference.side)
    }
    guard let events = EventChoice(terms, read, needsAll: false, reader.element) else { return nil }
    self.events = events
  }
}

// MARK: Sides written in objects

extension ComparisonSelection {
  private typealias ReadStratum = (label: String?, pair: ReadPair)

  /// Reads an object with `treatment` and `reference`, and in a stratum its `label`.
  private static func sides(
    of element: Element, _ context: AnalysisContext, areInline: Bool
  ) -> ReadStratum? {
    guard var reader = ObjectReader(element) else { return nil }
    let label = areInline ? nil : reader.required("label") { $0.text() }
    let pair = ReadPair(&reader, "treatment", "reference", areInline: areInline, context)
    reader.finish()
    guard let pair, areInline || label != nil else { return nil }
    return (label, pair)
  }

  private static func strata(_ element: Element, _ context: AnalysisContext) -> [ReadStratum]? {
    var seen: Set<String> = []
    let strata = element.list(atLeastOne: true) { element -> ReadStratum? in
      guard let stratum = sides(of: element, context, areInline: false) else { return nil }
      guard seen.insert(stratum.label ?? "").inserted else {
        return element.fault(
          found: "the stratum \(quoted(stratum.label ?? "")) again", expected: "each label once")
      }
      return stratum
    }
    guard let strata, strata.count == element.elementCount else { return nil }
    guard Set(strata.map { $0.pair.treatment.trial == nil }).count == 1 else {
      return element.fault(
        found: "arms of trials in some strata, counts in others", expected: "one of both in all")
    }
    return strata
  }
}
