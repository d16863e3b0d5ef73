import Inference
import LinearAlgebra

/// The logarithm of the likelihood of all studies.
///
/// The parameters are the coefficients β of the design, the mean levels that studies share, and
/// last the standard deviations between studies.
struct LikelihoodModel: Sendable {
  let studies: [any StudyLikelihood]
  /// A row of moderators for each study.
  let design: Matrix
  /// How many parameters follow the coefficients.
  let levels: Int
  let spreads: Int

  var meanIndices: [Int] { Array(0..<design.columns + levels) }

  var spreadIndices: [Int] {
    Array(design.columns + levels..<design.columns + levels + spreads)
  }

  struct Evaluation: Sendable {
    var value = 0.0
    var gradient: [Double]
    var hessian: Matrix
    /// By the square of each standard deviation.
    var squares: [Double]
    /// The most nodes that a study's quadrature took.
    var nodes = 1
  }

  func evaluation(
    _ parameters: [Double], agreement: Double
  ) throws(UnresolvedIntegral) -> Evaluation {
    let columns = design.columns
    var result = Evaluation(
      gradient: [Double](repeating: 0, count: parameters.count),
      hessian: Matrix(repeating: 0, rows: parameters.count, columns: parameters.count),
      squares: [Double](repeating: 0, count: spreads))
    var local = [0.0] + parameters[columns...]
    for (index, study) in studies.enumerated() {
      local[0] = (0..<columns).reduce(0) { $0 + design[index, $1] * parameters[$1] }
      let term = try study.term(local, agreement: agreement)
      result.value += term.value
      result.nodes = max(result.nodes, term.nodes)
      for spread in 0..<spreads { result.squares[spread] += term.squares[spread] }
      for i in parameters.indices {
        let (place, factor) = factor(of: i, in: index)
        result.gradient[i] += factor * term.gradient[place]
        for j in 0...i {
          let (other, otherFactor) = self.factor(of: j, in: index)
          let second = factor * otherFactor * term.hessian[place * local.count + other]
          result.hessian[i, j] += second
          if i != j { result.hessian[j, i] += second }
        }
      }
    }
    return result
  }

  /// Which of a study's own parameters `parameter` moves, and by how much.
  private func factor(of parameter: Int, in study: Int) -> (place: Int, factor: Double) {
    parameter < design.columns
      ? (0, design[study, parameter]) : (parameter - design.columns + 1, 1)
  }
}
