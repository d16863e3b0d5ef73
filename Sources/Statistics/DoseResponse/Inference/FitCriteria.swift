import Glibc
public import Inference
import Probability

extension CurveSetFit {
  /// log L with all constants, at the maximum also over σ.
  ///
  /// Continuous: −n/2 (log(2π RSS/n) + 1) + ½ Σ log w.
  ///
  /// - Throws: `NotEstimable` for robust fits, which maximise none, and perfect ones.
  public func logLikelihood() throws(NotEstimable) -> Double {
    let points = set.samples.flatMap(\.points)
    switch problem.deviation {
    case .normal:
      let n = Double(points.count)
      guard fit.residualSumOfSquares > 0 else {
        throw NotEstimable("a perfect fit has an infinite likelihood")
      }
      let weights = points.reduce(0) { $0 + log($1.weight) }
      return -n / 2 * (log(2 * Double.pi * fit.residualSumOfSquares / n) + 1) + weights / 2
    case .binomial:
      return points.reduce(-fit.residualSumOfSquares / 2) { sum, point in
        sum + saturatedBinomial((point.response * point.weight).rounded(), point.weight)
      }
    case .poisson:
      return points.reduce(-fit.residualSumOfSquares / 2) { sum, point in
        let count = (point.response * point.weight).rounded()
        return sum + (count > 0 ? count * log(count) - count - lgamma(count + 1) : 0)
      }
    case .robust: throw NotEstimable("a robust fit has no likelihood")
    }
  }

  /// log of the probability of `events` at its own share.
  private func saturatedBinomial(_ events: Double, _ total: Double) -> Double {
    let others = total - events
    let choices = lgamma(total + 1) - lgamma(events + 1) - lgamma(others + 1)
    return choices + (events > 0 ? events * log(events / total) : 0)
      + (others > 0 ? others * log(others / total) : 0)
  }

  /// The number of parameters that the likelihood is maximised over: for continuous responses with σ.
  public var likelihoodParameters: Int {
    estimates.count + (set.response == .continuous ? 1 : 0)
  }

  /// −2 log L + 2K + 2K(K + 1)/(n − K − 1).
  ///
  /// Hurvich & Tsai (1989), Biometrika 76:297.
  ///
  /// - Throws: `NotEstimable` without a likelihood or with fewer than K + 2 observations.
  public func aicc() throws(NotEstimable) -> Double {
    let k = Double(likelihoodParameters)
    let rest = Double(set.count) - k - 1
    guard rest > 0 else { throw NotEstimable("too few observations for AICc") }
    return -2 * (try logLikelihood()) + 2 * k + 2 * k * (k + 1) / rest
  }

  /// Whether one mean for each dose fits better than the curves.
  ///
  /// Continuous: F = ((RSS − pure error)/(m − p))/(pure error/(n − m)), m the number of doses of all
  /// curves. Counts: the deviance of the counts of each dose, χ² with m − p degrees of freedom.
  ///
  /// - Throws: `NotEstimable` without replicates or without doses to spare.
  public func lackOfFit() throws(NotEstimable) -> FTest {
    let means = set.samples.reduce(0) { $0 + $1.means.count }
    let parameters = set.count - degreesOfFreedom
    guard means > parameters else { throw NotEstimable("no more doses than parameters") }
    let excess = max(0, fit.residualSumOfSquares - pureError)
    let first = Double(means - parameters)
    guard set.response == .continuous else {
      return FTest(
        statistic: excess, degreesOfFreedom: first, denominator: nil,
        pValue: ChiSquare(degreesOfFreedom: first).upperTail(excess))
    }
    guard set.count > means, pureError > 0 else {
      throw NotEstimable("no replicates that differ")
    }
    return FTest(
      excess / first / (pureError / Double(set.count - means)), first,
      Double(set.count - means))
  }
}

/// A test by F, or by χ² where there is no denominator.
public struct FTest: Hashable, Sendable {
  public let statistic: Double
  public let degreesOfFreedom: Double
  /// The degrees of freedom of the denominator of F; `nil` for χ².
  public let denominator: Double?
  public let pValue: Double

  init(statistic: Double, degreesOfFreedom: Double, denominator: Double?, pValue: Double) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.denominator = denominator
    self.pValue = pValue
  }

  /// F with these degrees of freedom.
  init(_ statistic: Double, _ numerator: Double, _ denominator: Double) {
    self.init(
      statistic: statistic, degreesOfFreedom: numerator, denominator: denominator,
      pValue: FDistribution(
        numeratorDegreesOfFreedom: numerator, denominatorDegreesOfFreedom: denominator
      ).upperTail(statistic))
  }
}

extension CurveSetFit {
  /// Whether `self`, which fixes or shares more, fits worse than `full` by more than chance.
  ///
  /// F = ((RSS₀ − RSS₁)/(df₀ − df₁))/(RSS₁/df₁); for counts the difference of deviances, χ².
  /// Bates & Watts (1988), Nonlinear Regression Analysis, 3.10.
  ///
  /// - Throws: `NotEstimable` where the second has no more parameters or leaves no variance.
  public func extraSumOfSquares(_ full: CurveSetFit) throws(NotEstimable) -> FTest {
    let first = Double(full.estimates.count - estimates.count)
    guard first > 0 else { throw NotEstimable("neither model is a special case of the other") }
    let excess = max(0, fit.residualSumOfSquares - full.fit.residualSumOfSquares)
    guard set.response == .continuous else {
      return FTest(
        statistic: excess, degreesOfFreedom: first, denominator: nil,
        pValue: ChiSquare(degreesOfFreedom: first).upperTail(excess))
    }
    let rest = Double(full.set.count - full.estimates.count)
    guard rest > 0, full.fit.residualSumOfSquares > 0 else {
      throw NotEstimable("as many parameters as observations leave no variance")
    }
    return FTest(excess / first / (full.fit.residualSumOfSquares / rest), first, rest)
  }
}
