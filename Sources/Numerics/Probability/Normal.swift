import CBoostMath
import Glibc

/// The standard normal distribution, of mean 0 and variance 1.
public struct Normal: ContinuousDistribution {
  public static let standard = Normal()

  private init() {}

  /// φ(x) = exp(−x²/2) / √(2π).
  public func density(_ x: Double) -> Double {
    let square = x * x
    guard square.isFinite else { return x.isNaN ? .nan : 0 }
    // The rounding of x² alone would cost 13 digits of 16 in the tails.
    let rest = (-square).addingProduct(x, x)
    return exp(-square / 2) * (1 - rest / 2) * 0.398_942_280_401_432_68
  }

  public func lowerTail(_ x: Double) -> Double {
    boost_normal_lower_tail(x)
  }

  public func upperTail(_ x: Double) -> Double {
    boost_normal_lower_tail(-x)
  }

  public func quantile(lowerTail p: Double) -> Double {
    requireProbability(p)
    if p == 0 { return -.infinity }
    return p == 1 ? .infinity : boost_normal_quantile(p)
  }

  public func quantile(upperTail q: Double) -> Double {
    -quantile(lowerTail: q)
  }
}
