import Comparison
import Inference
import JSON

/// The spelling of a contrast of two groups, as a key of `methods` and of `null`.
enum ComparisonMeasureName: String, CaseIterable {
  case riskDifference = "risk-difference"
  case riskRatio = "risk-ratio"
  case oddsRatio = "odds-ratio"
  case rateDifference = "rate-difference"
  case rateRatio = "rate-ratio"

  var isDifference: Bool { self == .riskDifference || self == .rateDifference }
}

/// The spellings of the tests of two groups.
let groupTestSpellings =
  TwoByTwoTest.allCases.map(\.rawValue) + PersonTimeTest.allCases.map(\.rawValue)

extension ComparisonAnalysis.Methods {
  /// Reads `methods` and `tests` of two groups, or of strata.
  init?(_ reader: inout ObjectReader, areStratified: Bool, sides: Sides) {
    let methods = reader.required("methods") { $0 }
    let tests = reader.element("tests")
    let weights = reader.element("weights")
    guard let methods else { return nil }
    guard areStratified else {
      weights?.report(expected: "this key with \"strata\" only")
      let measures = methods.measures { $0.groupMeasure($1, sides) }
      let chosen = tests.map { $0.distinct { $0.groupTest() } } ?? []
      self = .twoGroups(measures, tests: chosen)
      methods.reportNothingWanted(measures.isEmpty && tests == nil)
      return
    }
    return nil
  }
}

extension Element {
  /// Reads an object from measures to their methods, in its order.
  fileprivate func measures<Measure>(
    _ read: (Element, ComparisonMeasureName) -> Measure?
  ) -> [Measure] {
    let names = ComparisonMeasureName.allCases.map(\.rawValue)
    return (members(expected: "an object from measures to lists of methods") ?? []).compactMap {
      key, value in
      guard let name = ComparisonMeasureName(rawValue: key) else {
        return value.fault(
          found: "the unknown measure \(quoted(key))", expected: "one of \(listed(names))",
          suggestion: nearestSpelling(to: key, among: names))
      }
      return read(value, name)
    }
  }

  fileprivate func reportNothingWanted(_ isNothing: Bool) {
    if isNothing, case .object = node.value {
      report(expected: "at least one measure, or \"tests\"")
    }
  }

  /// The intervals of one contrast of two groups.
  fileprivate func groupMeasure(
    _ name: ComparisonMeasureName, _ sides: Sides
  ) -> ComparisonAnalysis.GroupMeasure? {
    switch name {
    case .riskDifference:
      risk(.difference, of: RiskDifferenceMethod.self, sides) { .difference($0) }
    case .riskRatio: risk(.ratio, of: RiskRatioMethod.self, sides) { .ratio($0) }
    case .oddsRatio: risk(.oddsRatio, of: OddsRatioMethod.self, sides) { .oddsRatio($0) }
    case .rateDifference:
      choices(of: RateDifferenceMethod.self, what: "an interval of a rate difference").map {
        .rate(.difference, $0.map { .difference($0) })
      }
    case .rateRatio:
      choices(of: RateRatioMethod.self, what: "an interval of a rate ratio").map {
        .rate(.ratio, $0.map { .ratio($0) })
      }
    }
  }

  private func risk<Method: StatisticalMethod>(
    _ contrast: RiskContrast, of type: Method.Type, _ sides: Sides,
    _ interval: (Method) -> RiskInterval
  ) -> ComparisonAnalysis.GroupMeasure? {
    let what = "an interval of a \(contrast.rawValue.replacing("-", with: " "))"
    let chosen = choices(of: type, what: what)
    for element in elements(expected: "an array of strings") ?? [] where sides != .two {
      if case .string(let text) = element.node.value, let method = Method(rawValue: text),
        interval(method).isTwoSidedOnly
      {
        element.report(expected: "an interval that can have one limit alone, or \"sides\": \"two\"")
      }
    }
    return chosen.map { .risk(contrast, $0.map(interval)) }
  }

  fileprivate func groupTest() -> ComparisonAnalysis.GroupTest? {
    guard let text = string() else { return nil }
    if let test = TwoByTwoTest(rawValue: text) { return .risk(test) }
    if let test = PersonTimeTest(rawValue: text) { return .rate(test) }
    return fault(
      expected: "a test of two groups: one of \(listed(groupTestSpellings))",
      suggestion: nearestSpelling(to: text, among: groupTestSpellings))
  }

  /// Reads a list of at least one value, each once.
  fileprivate func distinct<Value: Hashable>(_ read: (Element) -> Value?) -> [Value] {
    var seen: Set<Value> = []
    let values = list(expected: "an array of strings", atLeastOne: true) { element -> Value? in
      guard let value = read(element) else { return nil }
      guard seen.insert(value).inserted else {
        return element.fault(found: "\(element.description) again", expected: "each test once")
      }
      return value
    }
    return values ?? []
  }
}
