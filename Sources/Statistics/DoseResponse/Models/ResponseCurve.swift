/// A model with all that is fixed in it: the mean response as a function of dose and free parameters.
public struct ResponseCurve: Hashable, Sendable {
  public let model: DoseResponseModel
  public let alpha: CedergreenAlpha

  /// The free parameters, in the order of R's drc: slope, lower, upper, ed50 or location, the rest.
  public let parameters: [CurveParameter]

  /// The values of the parameters that are not free.
  public let fixedValues: [CurveParameter: Double]

  let form: CurveForm

  /// The curve of `model`, with further parameters fixed at the values `fixing` gives.
  public init(
    _ model: DoseResponseModel, alpha: CedergreenAlpha = .one,
    fixing: [CurveParameter: Double] = [:]
  ) {
    let form = model.form(alpha: alpha)
    self.model = model
    self.alpha = alpha
    self.form = form
    let all = Set(form.parameters)
    precondition(fixing.keys.allSatisfy(all.contains), "\(model) lacks some of \(fixing)")
    let fixed = model.fixedValues.merging(fixing) { $1 }
    fixedValues = fixed
    parameters = form.parameters.filter { fixed[$0] == nil }
  }

  /// f(`dose`), for a dose of 0 its limit.
  public func response(dose: Double, parameters: [Double]) -> Double {
    let values = split(parameters)
    return dot(values.linear, form.columns(dose, values.nonlinear).values)
  }

  /// ∂f/∂θ at `dose`, one entry for each of ``parameters``.
  public func gradient(dose: Double, parameters: [Double]) -> [Double] {
    let values = split(parameters)
    return gradient(form.columns(dose, values.nonlinear), values.linear)
  }

  func gradient(_ columns: CurveForm.Columns, _ linear: [Double]) -> [Double] {
    parameters.map { parameter in
      if let index = form.linear.firstIndex(of: parameter) { return columns.values[index] }
      let index = form.nonlinear.firstIndex(of: parameter)!
      return dot(linear, columns.byNonlinear[index])
    }
  }

  /// All values of the form's linear and nonlinear parameters, the fixed ones among them.
  func split(_ values: [Double]) -> (linear: [Double], nonlinear: [Double]) {
    precondition(values.count == parameters.count, "\(values.count) values for \(parameters)")
    func value(_ parameter: CurveParameter) -> Double {
      fixedValues[parameter] ?? values[parameters.firstIndex(of: parameter)!]
    }
    return (form.linear.map(value), form.nonlinear.map(value))
  }
}

/// Σ aₖ bₖ, where a term with aₖ = 0 or bₖ = 0 is 0.
func dot(_ a: [Double], _ b: [Double]) -> Double {
  var sum = 0.0
  for k in a.indices where a[k] != 0 && b[k] != 0 { sum += a[k] * b[k] }
  return sum
}
