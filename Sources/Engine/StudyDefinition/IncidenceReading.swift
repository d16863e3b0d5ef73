import Incidence
import Inference
import JSON

extension IncidenceAnalysis {
  /// Reads the keys of an incidence analysis, and resolves them against the trials.
  static func read(
    _ reader: inout ObjectReader, _ context: AnalysisContext
  ) -> (IncidenceAnalysis, trials: [Trial])? {
    let measureName = reader.required("measure") {
      $0.choice(of: IncidenceMeasureName.self, what: "a measure")
    }
    let measure = readMeasure(measureName, &reader)
    let sides =
      reader.optional("sides") { $0.choice(what: "the sides of an interval") } ?? Sides.two
    if measureName == .risk, sides != .two { reader["methods"]?.reportTwoSidedMethods() }
    let minimumPercent = reader.optional("minimumPercent") {
      $0.number({ (0...100).contains($0) }, expected: "a percentage from 0 to 100")
    }
    let selection = IncidenceSelection(&reader, context)
    guard let measure, let selection else { return nil }
    selection.checkCounts(for: measure, needsPercent: minimumPercent != nil)
    return (
      IncidenceAnalysis(
        measure: measure, sides: sides, minimumPercent: minimumPercent, groups: selection.groups,
        cells: selection.cells.map(\.cell)),
      selection.trials
    )
  }

  private static func readMeasure(
    _ name: IncidenceMeasureName?, _ reader: inout ObjectReader
  ) -> Measure? {
    let numerator = reader.element("numerator")
    let per = reader.element("per")
    switch name {
    case .risk:
      for element in [numerator, per].compactMap({ $0 }) {
        element.report(expected: "this key with the measure \"rate\" only")
      }
      let methods = reader.required("methods") {
        $0.choices(of: ProportionIntervalMethod.self, what: "an interval of a risk")
      }
      return .risk(methods ?? [])
    case .rate:
      let methods = reader.required("methods") {
        $0.choices(of: RateIntervalMethod.self, what: "an interval of a rate")
      }
      return .rate(
        methods ?? [],
        numerator: numerator?.choice(what: "a numerator") ?? .subjects,
        per: per?.positiveNumber() ?? 100)
    case nil:
      // Which methods are right depends on the measure.
      _ = reader.required("methods") { $0 }
      return nil
    }
  }
}

extension Element {
  /// Reports the methods of a risk, in this list, that have no single limit.
  fileprivate func reportTwoSidedMethods() {
    guard elementCount != nil else { return }
    for element in elements() ?? [] {
      guard case .string(let text) = element.node.value,
        ProportionIntervalMethod(rawValue: text)?.isTwoSidedOnly == true
      else { continue }
      element.report(expected: "an interval that can have one limit alone, or \"sides\": \"two\"")
    }
  }
}
