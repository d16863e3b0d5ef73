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
      if tests == nil { methods.reportNothingWanted() }
      return
    }
    let measures = methods.measures { $0.stratifiedMeasure($1) }
    let chosen = tests.map { $0.choices(of: StratifiedTest.self, what: "a test over strata") ?? [] }
    let chosenWeights = weights.flatMap {
      $0.choice(of: StratumWeights.self, what: "the weights of strata")
    }
    if tests == nil { methods.reportNothingWanted() }
    self = .strata(measures, tests: chosen ?? [], weights: chosenWeights)
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

  /// Reports an empty object.
  fileprivate func reportNothingWanted() {
    guard case .object(let members) = node.value, members.isEmpty else { return }
    report(expected: "at least one measure, or \"tests\"")
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

  /// The intervals of one common contrast over strata.
  fileprivate func stratifiedMeasure(
    _ name: ComparisonMeasureName
  ) -> ComparisonAnalysis.StratifiedMeasure? {
    let what = "an interval over strata"
    switch name {
    case .riskDifference:
      return choices(of: StratifiedRiskDifferenceMethod.self, what: what).map {
        .risk(.difference, $0.map { .difference($0) })
      }
    case .riskRatio:
      return choices(of: StratifiedRiskRatioMethod.self, what: what).map {
        .risk(.ratio, $0.map { .ratio($0) })
      }
    case .oddsRatio:
      return choices(of: StratifiedOddsRatioMethod.self, what: what).map {
        .risk(.oddsRatio, $0.map { .oddsRatio($0) })
      }
    case .rateDifference:
      return choices(of: StratifiedRateDifferenceMethod.self, what: what).map {
        .rate(.difference, $0.map { .difference($0) })
      }
    case .rateRatio:
      return choices(of: StratifiedRateRatioMethod.self, what: what).map {
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
    // What is no array has been reported.
    let named = elementCount == nil || sides == .two ? [] : elements() ?? []
    for element in named {
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
