public import LinearAlgebra

/// A mean response at all observations for one vector of parameters.
public struct MeanResponse: Sendable {
  /// f, one entry an observation.
  public let values: [Double]

  /// ∂f/∂θ, observations × parameters.
  public let jacobian: Matrix

  public init(values: [Double], jacobian: Matrix) {
    precondition(
      values.count == jacobian.rows, "\(values.count) values for \(jacobian.rows) gradients")
    self.values = values
    self.jacobian = jacobian
  }
}

/// Residuals and how the fitted values change, as the solver sees them, weights taken in.
struct Linearization: Sendable {
  /// √w (y − f).
  let residuals: [Double]
  /// √w ∂f/∂θ.
  let jacobian: Matrix

  var sumOfSquares: Double { residuals.reduce(0) { $0 + $1 * $1 } }

  var isFinite: Bool { residuals.allSatisfy(\.isFinite) && jacobian.isFinite }

  /// The largest |cosine| of the angle between the residuals and a column j of `free`.
  func cosine(_ free: [Int]) -> Double {
    let length = norm(residuals)
    guard length > 0 else { return 0 }
    return free.reduce(0) { largest, j in
      let column = jacobian.column(j)
      let size = norm(column)
      guard size > 0 else { return largest }
      let product = zip(column, residuals).reduce(0) { $0 + ($1.0 / size) * ($1.1 / length) }
      return max(largest, abs(product))
    }
  }
}

/// A sum of squares to be made small over a box.
struct LeastSquaresProblem {
  let lower: [Double]
  let upper: [Double]
  /// ‖√w y‖, of which the residuals keep the rounding.
  let responseNorm: Double
  /// `nil` outside the domain, where the model has no finite value.
  let linearization: (_ parameters: [Double]) -> Linearization?

  /// The parameters that may move: not those at a bound that the sum of squares pushes outwards.
  func free(_ parameters: [Double], _ point: Linearization) -> [Int] {
    parameters.indices.filter { j in
      guard lower[j] < upper[j] else { return false }
      let descent = dot(point.jacobian.column(j), point.residuals)
      if parameters[j] <= lower[j] { return descent > 0 }
      if parameters[j] >= upper[j] { return descent < 0 }
      return true
    }
  }

  func clipped(_ parameters: [Double]) -> [Double] {
    parameters.indices.map { min(upper[$0], max(lower[$0], parameters[$0])) }
  }
}

/// √Σ xᵢ², without overflow.
func norm(_ vector: [Double]) -> Double {
  let largest = vector.reduce(0) { max($0, abs($1)) }
  guard largest > 0, largest.isFinite else { return largest }
  return largest
    * vector.reduce(0) { $0 + ($1 / largest) * ($1 / largest) }.squareRoot()
}
