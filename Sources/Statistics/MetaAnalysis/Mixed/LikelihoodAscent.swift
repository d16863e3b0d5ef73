import Inference
import LinearAlgebra

/// Where an ascent of the likelihood ended.
struct LikelihoodMaximum: Sendable {
  let parameters: [Double]
  let evaluation: LikelihoodModel.Evaluation
  /// √(gᵀ H⁻¹ g), the length of the next step in units of the standard errors.
  let gradientNorm: Double
  let iterations: Int
  let termination: MixedFit.Termination

  var value: Double { evaluation.value }
}

extension LikelihoodModel {
  /// Climbs from `start` along the parameters at `free`, by Newton's method.
  ///
  /// Where the likelihood is not concave, the curvature's sign is turned; steps are halved until
  /// they ascend. In the standard deviations the likelihood is even, so that they need no bound.
  /// A rough ascent, of 1e-2 in √(gᵀ H⁻¹ g), is to see how the land lies.
  func ascent(
    from start: [Double], free: [Int], isRough: Bool = false
  ) throws(NotEstimable) -> LikelihoodMaximum {
    let tolerance = isRough ? 1e-2 : 1e-12
    let agreement = isRough ? 1e-6 : 1e-12
    var point = start
    var current = try resolved(point, agreement)
    var previous = Double.infinity
    for iteration in 0..<200 {
      let gradient = free.map { current.gradient[$0] }
      let step = ascendingStep(gradient, current.hessian.selecting(free))
      let decrement = max(0, zip(step, gradient).reduce(0) { $0 + $1.0 * $1.1 }).squareRoot()
      let length = zip(step, free).reduce(0) { max($0, abs($1.0) / (1 + abs(point[$1.1]))) }
      // Where a likelihood rises for ever its gradient vanishes, but not the steps.
      let isClose = length <= max(1e-5, tolerance)
      func maximum(_ termination: MixedFit.Termination) -> LikelihoodMaximum {
        LikelihoodMaximum(
          parameters: point, evaluation: current, gradientNorm: decrement, iterations: iteration,
          termination: termination)
      }
      let isRounded = isClose && decrement <= 1e-6 && decrement >= previous
      if isRounded || (isClose && decrement <= tolerance) {
        return maximum(isRounded ? .rounding : .gradient)
      }
      var fraction = min(1, 4 / (step.map(abs).max() ?? 0))
      while true {
        var next = point
        for (index, change) in zip(free, step) { next[index] += fraction * change }
        // So close to the maximum every step ascends, by less than the likelihood's rounding.
        if let there = try? evaluation(next, agreement: agreement),
          there.value > current.value || (isClose && decrement <= 1e-4)
        {
          (point, current) = (next, there)
          break
        }
        fraction /= 2
        guard fraction > 1e-12 else {
          // A top as flat as that of −σ⁴ is lost in rounding before the steps to it are short.
          if length <= 1e-2, decrement <= 1e-6 { return maximum(.rounding) }
          throw NotEstimable("the likelihood has no maximum")
        }
      }
      previous = decrement
    }
    throw NotEstimable("the likelihood rises without bound: the studies are separated")
  }

  private func resolved(
    _ point: [Double], _ agreement: Double
  ) throws(NotEstimable) -> Evaluation {
    do throws(UnresolvedIntegral) {
      return try evaluation(point, agreement: agreement)
    } catch {
      throw NotEstimable("the integral over the random effects could not be resolved")
    }
  }

  /// −H⁻¹ g, with |H| where H is not negative definite.
  private func ascendingStep(_ gradient: [Double], _ hessian: Matrix) -> [Double] {
    let information = Matrix(
      rows: hessian.rows, columns: hessian.columns, elements: hessian.elements.map { -$0 })
    if let factor = try? Cholesky(information) { return factor.solve(gradient) }
    guard let eigen = try? SymmetricEigen(information) else { return gradient }
    let largest = eigen.values.reduce(0) { max($0, abs($1)) }
    let along = zip(eigen.vectors.transposedTimes(gradient), eigen.values).map {
      $0 / max(abs($1), 1e-3 * largest, 1e-300)
    }
    return eigen.vectors * along
  }
}

extension Matrix {
  /// The rows and columns at `indices`.
  func selecting(_ indices: [Int]) -> Matrix {
    Matrix(
      rows: indices.count, columns: indices.count,
      elements: indices.flatMap { column in indices.map { self[$0, column] } })
  }
}
