public import Inference

/// An estimate of τ², and how it was come by.
public struct Tau2Estimate: Hashable, Sendable {
  /// Why the search stopped.
  public enum Termination: Hashable, Sendable {
    /// The estimator has a closed form.
    case closedForm
    /// The equation has its solution, or the likelihood its maximum, below 0.
    case boundary
    /// The next step is smaller than what rounding leaves of the last ones.
    case root
  }

  public let value: Double
  /// As R's metafor gives it; `nil` for the estimators without one.
  public let standardError: Double?
  /// The number of arguments tried after the first bracket.
  public let iterations: Int
  public let termination: Termination
  /// What is left of the equation at the estimate, relative to one of its two sides; 0 for a
  /// closed form.
  public let residual: Double
}

/// A solution for τ² in scaled units.
struct Tau2Solution {
  let value: Double
  var iterations = 0
  var termination = Tau2Estimate.Termination.closedForm
  var residual = 0.0

  /// A closed form, cut at 0.
  static func cut(_ value: Double) -> Tau2Solution {
    value > 0 ? Tau2Solution(value: value) : Tau2Solution(value: 0, termination: .boundary)
  }
}

extension NormalModel {
  /// - Throws: `NotEstimable` where there are not more studies than coefficients.
  public func tau2(_ estimator: Tau2Estimator) throws(NotEstimable) -> Tau2Estimate {
    let solution = try boundedSolution(estimator)
    return Tau2Estimate(
      value: unscaled(solution.value),
      standardError: standardError(estimator, at: solution.value).map(unscaled),
      iterations: solution.iterations, termination: solution.termination,
      residual: solution.residual)
  }

  /// The value of ``tau2(_:)`` alone, which takes fewer sums over all studies.
  func tau2Value(_ estimator: Tau2Estimator) throws(NotEstimable) -> Double {
    unscaled(try boundedSolution(estimator).value)
  }

  private func boundedSolution(
    _ estimator: Tau2Estimator
  ) throws(NotEstimable) -> Tau2Solution {
    try requireResiduals()
    let solution = solution(estimator)
    guard unscaled(solution.value).isFinite, solution.residual.isFinite else {
      throw .tooWideRange
    }
    return solution
  }

  /// τ² in scaled units.
  func solution(_ estimator: Tau2Estimator) -> Tau2Solution {
    switch estimator {
    case .dl: .cut(momentStep(from: 0))
    case .he: .cut(moment(weights: { _ in 1 }).tau2(degrees))
    case .genq: .cut(moment(weights: { 1 / $0.squareRoot() }).tau2(degrees))
    case .dl2: .cut(momentStep(from: solution(.dl).value))
    case .he2: .cut(momentStep(from: solution(.he).value))
    case .hs: .cut(hunterSchmidt(1))
    case .hsk: .cut(hunterSchmidt(Double(effects.count) / degrees))
    case .sj: Tau2Solution(value: sidikJonkman(from: totalVariance))
    case .sj2: Tau2Solution(value: sidikJonkman(from: solution(.he).value))
    case .pm, .eb: generalisedQEqual(to: degrees)
    case .pmm: generalisedQEqual(to: medianChiSquare)
    case .ml: Tau2Likelihood(model: self, isRestricted: false).maximum()
    case .reml: Tau2Likelihood(model: self, isRestricted: true).maximum()
    }
  }
}

extension NotEstimable {
  static let tooWideRange = NotEstimable(
    "effects and variances span too many powers of ten for double precision")
}
