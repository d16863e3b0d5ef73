import Glibc
import Inference
import LinearAlgebra

/// The likelihood of a proportional odds model, and its maximum.
///
/// logit P(Y ≤ j) = αⱼ − β − offset for each row of subjects. It is a concave function of the
/// cutpoints α₁ < α₂ < … and the slopes β (Pratt 1981, J. Am. Stat. Assoc. 76:103), so that
/// Newton's steps, shortened where that ascends further, reach its only maximum.
struct CumulativeLogit {
  /// The rows' subjects by grade; each grade has some.
  let counts: [[Int]]
  /// The index of each row's β; `nil` where it is 0.
  let slopes: [Int?]
  let offsets: [Double]

  struct Maximum {
    let logLikelihood: Double
    let slopes: [Double]
    let cutpoints: [Double]
    /// −∂²ℓ, the slopes first.
    let information: Matrix
    /// The largest |∂ℓ|.
    let gradientNorm: Double
    let iterations: Int
    let termination: ProportionalOdds.Termination
  }

  private var slopeCount: Int { (slopes.compactMap { $0 }.max() ?? -1) + 1 }

  private var cutpointCount: Int { counts[0].count - 1 }

  /// - Throws: `NotEstimable` where a hundred steps do not reach the maximum.
  func maximum() throws(NotEstimable) -> Maximum {
    var parameters = [Double](repeating: 0, count: slopeCount) + pooledCutpoints
    var previous = Double.infinity
    for iteration in 0..<100 {
      let current = Derivatives(self, parameters)
      let step = newtonStep(current)
      let decrement = zip(step, current.gradient).reduce(0) { $0 + $1.0 * $1.1 }.squareRoot()
      let isRounded = decrement <= 1e-6 && decrement >= previous
      if decrement <= 1e-12 || isRounded {
        return Maximum(
          logLikelihood: current.value, slopes: Array(parameters[..<slopeCount]),
          cutpoints: Array(parameters[slopeCount...]), information: current.information,
          gradientNorm: current.gradient.reduce(0) { max($0, abs($1)) }, iterations: iteration,
          termination: isRounded ? .rounding : .gradient)
      }
      // So close to the maximum every step ascends, by less than the likelihood's rounding.
      guard
        let next = decrement <= 1e-3
          ? moved(parameters, by: step, 1) : ascended(from: parameters, by: step, current.value)
      else { break }
      parameters = next
      previous = decrement
    }
    throw NotEstimable("the proportional odds model did not converge")
  }

  private func newtonStep(_ current: Derivatives) -> [Double] {
    do throws(LinearAlgebraError) {
      return try Cholesky(current.information).solve(current.gradient)
    } catch {
      // Far from the maximum the curvature may round to 0: a step along the gradient ascends too.
      return current.gradient
    }
  }

  /// The best of `step`, `step`/2, `step`/4 … from `start`; `nil` where none ascends from `value`.
  ///
  /// No parameter moves by more than 4 at a time: where a probability has become 0 or 1 in all its
  /// digits, the curvature shows no way back.
  private func ascended(from start: [Double], by step: [Double], _ value: Double) -> [Double]? {
    var fraction = min(1, 4 / step.reduce(0) { max($0, abs($1)) })
    var reached = logLikelihood(moved(start, by: step, fraction))
    while fraction > 1e-12 {
      let shorter = logLikelihood(moved(start, by: step, fraction / 2))
      if reached > value, reached >= shorter { return moved(start, by: step, fraction) }
      fraction /= 2
      reached = shorter
    }
    return nil
  }

  private func moved(_ start: [Double], by step: [Double], _ fraction: Double) -> [Double] {
    zip(start, step).map { $0 + fraction * $1 }
  }

  /// The logits of the cumulative shares of all subjects.
  private var pooledCutpoints: [Double] {
    let totals = counts[0].indices.map { j in counts.reduce(0.0) { $0 + Double($1[j]) } }
    let all = totals.reduce(0, +)
    var below = 0.0
    return totals.dropLast().map { total in
      below += total
      return log(below / (all - below))
    }
  }

  /// Each cell with subjects: its row, its count and its bounds on the logit scale.
  private func forEachCell(
    _ parameters: [Double], _ body: (_ row: Int, _ grade: Int, _ count: Double, Band) -> Void
  ) {
    for (row, counts) in counts.enumerated() {
      let shift = offsets[row] + (slopes[row].map { parameters[$0] } ?? 0)
      for (grade, count) in counts.enumerated() where count > 0 {
        let upper = grade < cutpointCount ? parameters[slopeCount + grade] - shift : .infinity
        let lower = grade > 0 ? parameters[slopeCount + grade - 1] - shift : -.infinity
        body(row, grade, Double(count), Band(lower: lower, upper: upper))
      }
    }
  }

  /// ℓ = Σ n log π; −∞ where the cutpoints are not in order.
  private func logLikelihood(_ parameters: [Double]) -> Double {
    let cutpoints = parameters[slopeCount...]
    guard zip(cutpoints, cutpoints.dropFirst()).allSatisfy(<) else { return -.infinity }
    var sum = 0.0
    forEachCell(parameters) { _, _, count, band in sum += count * band.logProbability }
    return sum
  }

  /// The likelihood with its first and second derivatives.
  private struct Derivatives {
    private(set) var value = 0.0
    private(set) var gradient: [Double]
    private(set) var information: Matrix

    init(_ model: CumulativeLogit, _ parameters: [Double]) {
      let count = parameters.count
      gradient = [Double](repeating: 0, count: count)
      information = Matrix(repeating: 0, rows: count, columns: count)
      let first = model.slopeCount
      model.forEachCell(parameters) { row, grade, count, band in
        value += count * band.logProbability
        // ∂ of the upper bound and of the lower one: +1 for the cutpoint, −1 for the slope.
        let upper = grade < model.cutpointCount ? first + grade : nil
        let lower = grade > 0 ? first + grade - 1 : nil
        let slope = model.slopes[row]
        let (u, l, uu, ll, ul) = (
          count * band.upperSlope, count * band.lowerSlope, count * band.upperCurvature,
          count * band.lowerCurvature, count * band.mixedCurvature
        )
        if let upper {
          gradient[upper] += u
          information[upper, upper] += uu
        }
        if let lower {
          gradient[lower] += l
          information[lower, lower] += ll
        }
        if let upper, let lower { add(ul, upper, lower) }
        guard let slope else { return }
        gradient[slope] -= u + l
        information[slope, slope] += uu + 2 * ul + ll
        if let upper { add(-(uu + ul), upper, slope) }
        if let lower { add(-(ll + ul), lower, slope) }
      }
    }

    private mutating func add(_ value: Double, _ i: Int, _ j: Int) {
      information[i, j] += value
      information[j, i] += value
    }
  }
}
