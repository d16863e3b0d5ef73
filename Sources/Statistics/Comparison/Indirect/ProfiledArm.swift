import Glibc
import Incidence

/// One arm of an indirect comparison, as its share of the likelihood is given up step by step.
///
/// Its log-likelihood is concave in the parameter g on whose scale arms are compared. At a `slope`
/// t ≥ 0 the arm has left its maximum so far that one more unit of g costs t: upwards where it
/// rises, else downwards.
struct ProfiledArm {
  /// The slope that is never reached: there g would be infinite, or a likelihood 0.
  let reach: Double

  /// g and what it costs at a slope, which is `reach` less the `slack`.
  let fit: (_ slope: Double, _ slack: Double) -> ArmFit
}

/// The parameter of an arm, and half of its likelihood-ratio statistic there.
struct ArmFit {
  let parameter: Double
  let halfDeviance: Double
}

// With x of n, y = n − x, or x in the time T, the fitted numbers follow from the slope in closed
// form, and so does their difference from the observed ones, which keeps its digits.

extension ProfiledArm {
  /// g = log p/q: np = x ± t.
  static func logit(_ count: BinomialCount, rises: Bool) -> ProfiledArm {
    let (x, y) = (Double(count.events), Double(count.nonEvents))
    let (growing, shrinking) = rises ? (x, y) : (y, x)
    return ProfiledArm(reach: shrinking) { t, slack in
      let odds = log((growing + t) / slack)
      return ArmFit(
        parameter: rises ? odds : -odds,
        halfDeviance: halfDeviance(growing, mean: growing + t, residual: -t)
          + halfDeviance(shrinking, mean: slack, residual: t))
    }
  }

  /// g = log p: p = (x ± t)/(n ± t) and q = y/(n ± t), for events only still 1.
  static func logRisk(_ count: BinomialCount, rises: Bool) -> ProfiledArm {
    let (x, y, n) = (Double(count.events), Double(count.nonEvents), Double(count.total))
    return ProfiledArm(reach: rises ? .infinity : x) { t, slack in
      guard y > 0 else { return ArmFit(parameter: 0, halfDeviance: 0) }
      let fitted = rises ? x + t : slack
      let residual = (rises ? -t : t) * (y / (fitted + y))
      return ArmFit(
        parameter: log(fitted / (fitted + y)),
        halfDeviance: halfDeviance(x, mean: n * (fitted / (fitted + y)), residual: residual)
          + halfDeviance(y, mean: n * (y / (fitted + y)), residual: -residual))
    }
  }

  /// g = p: x/p − y/q = ∓t.
  static func risk(_ count: BinomialCount, rises: Bool) -> ProfiledArm {
    let (x, y, n) = (Double(count.events), Double(count.nonEvents), Double(count.total))
    let (growing, shrinking) = rises ? (x, y) : (y, x)
    return ProfiledArm(reach: .infinity) { t, _ in
      // The roots of t s² − (n + t) s + shrinking = 0 and of the same equation in 1 − s.
      let root = ((n - t) * (n - t) + 4 * t * growing).squareRoot()
      let s = 2 * shrinking / (n + t + root)
      let g = n > t ? 2 * growing / (n - t + root) : (t - n + root) / (2 * t)
      let residual = t * s * g
      return ArmFit(
        parameter: rises ? g : s,
        halfDeviance: halfDeviance(growing, mean: n * g, residual: -residual)
          + halfDeviance(shrinking, mean: n * s, residual: residual))
    }
  }

  /// g = log λ: Tλ = x ± t.
  static func logRate(_ count: PoissonCount, rises: Bool) -> ProfiledArm {
    let (x, years) = (Double(count.events), count.personYears)
    return ProfiledArm(reach: rises ? .infinity : x) { t, slack in
      let mean = rises ? x + t : slack
      return ArmFit(
        parameter: log(mean / years),
        halfDeviance: halfDeviance(x, mean: mean, residual: rises ? -t : t))
    }
  }

  /// g = λ: λ = x/(T ∓ t), for no event still 0.
  static func rate(_ count: PoissonCount, rises: Bool) -> ProfiledArm {
    let (x, years) = (Double(count.events), count.personYears)
    return ProfiledArm(reach: rises ? years : .infinity) { t, slack in
      guard x > 0 else { return ArmFit(parameter: 0, halfDeviance: 0) }
      let rate = x / (rises ? slack : years + t)
      return ArmFit(
        parameter: rate,
        halfDeviance: halfDeviance(x, mean: years * rate, residual: (rises ? -t : t) * rate))
    }
  }
}
