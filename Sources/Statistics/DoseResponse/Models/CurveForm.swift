import Glibc

/// What a model is made of: f(x) = Σ aₖ φₖ(x; nonlinear parameters).
///
/// Every model is linear in some parameters aₖ, each with its column φₖ.
enum CurveForm: Hashable, Sendable {
  case sigmoid(Sigmoid)
  /// `intercept` + `slope` x + … to the given degree, 0 to 2.
  case polynomial(degree: Int)
  /// `e0` + `e1` (exp(x / `scale`) − 1).
  case exponential

  /// How a parameter is varied by the solver.
  enum Coordinate: Hashable, Sendable {
    case identity
    /// The logarithm of a positive parameter.
    case logarithm
    /// The logarithm of the absolute value, the sign being searched separately.
    case signedLogarithm
  }

  var linear: [CurveParameter] {
    switch self {
    case .sigmoid(let sigmoid): sigmoid.linear
    case .polynomial(degree: 0): [.mean]
    case .polynomial(degree: 1): [.intercept, .slope]
    case .polynomial: [.intercept, .slope, .curvature]
    case .exponential: [.e0, .e1]
    }
  }

  var nonlinear: [CurveParameter] {
    switch self {
    case .sigmoid(let sigmoid): sigmoid.nonlinear
    case .polynomial: []
    case .exponential: [.scale]
    }
  }

  /// All parameters in the order of R's drc, b, c, d, e, f, where it has the model.
  var parameters: [CurveParameter] {
    guard case .sigmoid(let sigmoid) = self else { return linear + nonlinear }
    if sigmoid.composition == .rise { return linear + nonlinear.reversed() }
    let slope = nonlinear.filter { $0 == .slope }
    let others = nonlinear.filter { $0 != .slope }
    return slope + [.lower, .upper] + others + linear.filter { $0 == .hormesis }
  }

  func coordinate(of parameter: CurveParameter) -> Coordinate {
    switch (self, parameter) {
    case (.sigmoid(let sigmoid), .slope): sigmoid.isHormesis ? .logarithm : .signedLogarithm
    case (.sigmoid(let sigmoid), .location): sigmoid.isLogDose ? .logarithm : .identity
    default: linear.contains(parameter) ? .identity : .logarithm
    }
  }

  /// The columns at one dose: those of `linear`, their derivatives by each of `nonlinear`, and by x.
  struct Columns {
    var values: [Double]
    var byNonlinear: [[Double]]
    var byDose: [Double]
  }

  /// φ and its derivatives at dose `x`, for the values of the nonlinear parameters.
  func columns(_ x: Double, _ nonlinear: [Double]) -> Columns {
    switch self {
    case .sigmoid(let sigmoid): return sigmoid.columns(x, nonlinear)
    case .polynomial(let degree):
      let values = [1, x, x * x].prefix(degree + 1)
      let byDose = [0, 1, 2 * x].prefix(degree + 1)
      return Columns(values: Array(values), byNonlinear: [], byDose: Array(byDose))
    case .exponential:
      let scale = nonlinear[0]
      let growth = exp(x / scale)
      return Columns(
        values: [1, expm1(x / scale)], byNonlinear: [[0, -growth * (x / scale) / scale]],
        byDose: [0, growth / scale])
    }
  }
}
