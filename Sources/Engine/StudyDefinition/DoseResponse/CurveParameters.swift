import DoseResponse
import JSON

/// What is known or asked of the parameters of curves.
struct CurveParameters {
  var constraints: [CurveParameter: DoseResponseAnalysis.Constraint] = [:]
  var shared: [CurveParameter] = []
  var comparisons: [CurveComparison] = []
  var reference: String?
  var equivalence: [CurveParameter: ClosedRange<Double>] = [:]

  /// Reads the keys, and reports parameters that none of the models has.
  init(_ reader: inout ObjectReader, _ models: [DoseResponseModel]?, _ source: CurveSource?) {
    let names = source?.names
    let models = models ?? []
    constraints = reader.optional("constraints") { $0.constraints(models) } ?? [:]
    let free = models.flatMap { freeParameters($0) }
    shared = reader.optional("share") { $0.sharedParameters(models, free) } ?? []
    comparisons =
      reader.optional("compare") {
        $0.oneOrMore(of: CurveComparison.self, what: "a comparison of curves")
      } ?? []
    reference = reader.optional("reference") {
      $0.reference(to: "the name of a curve", among: names ?? [], isComplete: names != nil)
    }
    equivalence = reader.optional("equivalence") { $0.equivalence(models, free) } ?? [:]
    checkTogether(reader)
    if let names, names.count < 2 {
      for element in [reader["share"], reader["compare"]].compactMap({ $0 }) {
        element.report(found: "one curve", expected: "at least two curves")
      }
    }
    if let element = reader["constraints"] {
      let fixed = models.first { ResponseCurve($0, fixing: values(for: $0)).parameters.isEmpty }
      if let fixed {
        element.report(
          found: "all parameters of \(quoted(fixed.rawValue)) fixed", expected: "at least one free")
      }
    }
  }

  /// The parameters of `model` that are not fixed.
  private func freeParameters(_ model: DoseResponseModel) -> [CurveParameter] {
    ResponseCurve(model, fixing: values(for: model)).parameters
  }

  private func values(for model: DoseResponseModel) -> [CurveParameter: Double] {
    constraints.reduce(into: [:]) { values, constraint in
      guard case .value(let value) = constraint.value, model.domain(of: constraint.key) != nil
      else { return }
      values[constraint.key] = value
    }
  }

  private func checkTogether(_ reader: ObjectReader) {
    if reader.has("compare"), !reader.has("reference") {
      reader.element.report(
        found: "no key \"reference\"", expected: "the curve that others are compared with")
    }
    if !reader.has("compare") {
      reader["reference"]?.report(expected: "this key with \"compare\" only")
    }
    if !comparisons.contains(.parallelism), !comparisons.isEmpty || !reader.has("compare") {
      reader["equivalence"]?.report(expected: "this key with the comparison \"parallelism\" only")
    }
    if reader.has("lots") {
      reader["share"]?.report(
        found: "\"share\" beside \"lots\", whose curves are fitted lot by lot",
        expected: "one of the two")
    }
  }
}

extension Element {
  /// Reads an object from parameters to numbers, which fix them, or to ranges.
  fileprivate func constraints(
    _ models: [DoseResponseModel]
  ) -> [CurveParameter: DoseResponseAnalysis.Constraint]? {
    members(expected: "an object from parameters to numbers or ranges").map { members in
      members.reduce(into: [:]) { constraints, member in
        guard let parameter = member.value.parameter(member.key, models) else { return }
        constraints[parameter] = member.value.constraint(of: parameter, models)
      }
    }
  }

  /// The parameter called `name`, which one of `models` has; all are known where `models` is empty.
  private func parameter(_ name: String, _ models: [DoseResponseModel]) -> CurveParameter? {
    let known = CurveParameter.allCases.filter { parameter in
      models.isEmpty || models.contains { $0.domain(of: parameter) != nil }
    }
    guard let parameter = CurveParameter(rawValue: name), known.contains(parameter) else {
      let spellings = known.map(\.rawValue)
      return fault(
        found: "the parameter \(quoted(name))",
        expected: "a parameter of the models: one of \(listed(spellings))",
        suggestion: nearestSpelling(to: name, among: spellings))
    }
    return parameter
  }

  private func constraint(
    of parameter: CurveParameter, _ models: [DoseResponseModel]
  ) -> DoseResponseAnalysis.Constraint? {
    let domains = Set(models.compactMap { $0.domain(of: parameter) })
    if case .object = node.value { return range(of: parameter, domains, models) }
    guard case .number = node.value else {
      return fault(expected: "a number, or an object with \"minimum\" or \"maximum\"")
    }
    guard let value = finiteNumber() else { return nil }
    if domains.contains(.positive), value <= 0 {
      return fault(expected: "a number above 0, as \(quoted(parameter.rawValue)) is")
    }
    if domains.contains(.nonzero), value == 0 {
      return fault(expected: "a number other than 0, with which the curve would be flat")
    }
    return .value(value)
  }

  private func range(
    of parameter: CurveParameter, _ domains: Set<ParameterDomain>, _ models: [DoseResponseModel]
  ) -> DoseResponseAnalysis.Constraint? {
    guard var reader = ObjectReader(self) else { return nil }
    let minimum = reader.optional("minimum") { $0.finiteNumber() }
    let maximum = reader.optional("maximum") { element -> Double? in
      guard let maximum = element.finiteNumber() else { return nil }
      guard maximum > 0 || !domains.contains(.positive) else {
        return element.fault(expected: "a number above 0, as \(quoted(parameter.rawValue)) is")
      }
      return maximum
    }
    if !reader.has("minimum"), !reader.has("maximum") {
      reader.reportMissing(
        ["minimum", "maximum"], found: "neither", expected: "\"minimum\", \"maximum\" or both")
    }
    reader.finish()
    guard minimum != nil || maximum != nil, (minimum != nil) == reader.has("minimum"),
      (maximum != nil) == reader.has("maximum")
    else { return nil }
    if let minimum, let maximum, minimum >= maximum {
      return fault(
        found: "a minimum of \(minimum) and a maximum of \(maximum)",
        expected: "a minimum below the maximum (a number fixes the parameter)")
    }
    guard
      models.isEmpty || models.contains(where: { ResponseCurve($0).parameters.contains(parameter) })
    else {
      return fault(
        found: "a range of \(quoted(parameter.rawValue)), which the models fix",
        expected: "a number, or a model with this parameter free")
    }
    return .range(minimum: minimum, maximum: maximum)
  }

  /// Reads the parameters that curves share.
  fileprivate func sharedParameters(
    _ models: [DoseResponseModel], _ free: [CurveParameter]
  ) -> [CurveParameter]? {
    var seen: Set<CurveParameter> = []
    return list(expected: "an array of strings", atLeastOne: true) { element in
      guard let name = element.string(), let parameter = element.parameter(name, models),
        element.isFree(parameter, models, free)
      else { return nil }
      guard seen.insert(parameter).inserted else {
        return element.fault(found: "\(quoted(name)) again", expected: "each parameter once")
      }
      return parameter
    }
  }

  /// Reads an object from parameters to the two limits of a ratio.
  fileprivate func equivalence(
    _ models: [DoseResponseModel], _ free: [CurveParameter]
  ) -> [CurveParameter: ClosedRange<Double>]? {
    members(expected: "an object from parameters to pairs of limits").map { members in
      members.reduce(into: [:]) { limits, member in
        guard let parameter = member.value.parameter(member.key, models),
          member.value.isFree(parameter, models, free)
        else { return }
        limits[parameter] = member.value.ratioLimits()
      }
    }
  }

  private func ratioLimits() -> ClosedRange<Double>? {
    let expected = "two numbers, one from 0 to 1 and one above 1, such as [0.8, 1.25]"
    guard let elements = elements(expected: expected) else { return nil }
    let limits = elements.compactMap { $0.finiteNumber() }
    guard limits.count == elements.count else { return nil }
    guard limits.count == 2, limits[0] >= 0, limits[0] < 1, limits[1] > 1 else {
      return fault(found: "\(limits)", expected: expected)
    }
    return limits[0]...limits[1]
  }

  private func isFree(
    _ parameter: CurveParameter, _ models: [DoseResponseModel], _ free: [CurveParameter]
  ) -> Bool {
    guard models.isEmpty || free.contains(parameter) else {
      report(
        found: "\(quoted(parameter.rawValue)), which is fixed",
        expected: "a parameter that is free in one of the models")
      return false
    }
    return true
  }
}
