import Comparison
import Glibc
import Incidence
import Inference

// The equations that define limits, written as the textbooks have them and by other means than the
// engine's: restricted risks by halving, likelihoods from logarithms.

/// One table as numbers: events and subjects of treatment and reference.
struct Cells {
  let x1: Double
  let n1: Double
  let x2: Double
  let n2: Double

  init(_ table: TwoByTwoTable) {
    x1 = Double(table.treatment.events)
    n1 = Double(table.treatment.total)
    x2 = Double(table.reference.events)
    n2 = Double(table.reference.total)
  }

  private init(_ x1: Double, _ n1: Double, _ x2: Double, _ n2: Double) {
    (self.x1, self.n1, self.x2, self.n2) = (x1, n1, x2, n2)
  }

  /// The table of non-events with the arms swapped, whose difference of risks is the same.
  private var complement: Cells { Cells(n2 - x2, n2, n1 - x1, n1) }

  /// p₁ and p₂ at the maximum of the likelihood under a value of the contrast, with 1 − p.
  func restricted(_ contrast: RiskContrast, _ theta: Double) -> (Arm, Arm) {
    switch contrast {
    case .difference: restricted(difference: theta)
    case .ratio: restricted(ratio: theta)
    case .oddsRatio: restricted(oddsRatio: theta)
    }
  }

  /// Where x₁/p₁ − y₁/q₁ + x₂/p₂ − y₂/q₂ = 0.
  private func restricted(difference theta: Double) -> (Arm, Arm) {
    if theta < 0 {
      let (second, first) = Cells(x2, n2, x1, n1).restricted(difference: -theta)
      return (first, second)
    }
    if x1 + x2 > n1 - x1 + n2 - x2 {
      let (first, second) = complement.restricted(difference: theta)
      return (second.complement, first.complement)
    }
    let p2 = halved(0, 1 - theta) { p2 in
      quotient(x1, p2 + theta) - quotient(n1 - x1, 1 - theta - p2) + quotient(x2, p2)
        - quotient(n2 - x2, 1 - p2)
    }
    return (Arm(p: p2 + theta, q: 1 - theta - p2), Arm(p: p2, q: 1 - p2))
  }

  /// Where (x₁ − n₁p₁)/q₁ + (x₂ − n₂p₂)/q₂ = 0.
  private func restricted(ratio theta: Double) -> (Arm, Arm) {
    if theta > 1 {
      let (second, first) = Cells(x2, n2, x1, n1).restricted(ratio: 1 / theta)
      return (first, second)
    }
    // 1 − p₂ is halved, which may be small; 1 − p₁ is less so.
    let q2 = halved(0, 1) { q2 in
      -quotient(x1 - n1 * theta * (1 - q2), 1 - theta + theta * q2)
        - quotient(n2 * q2 - (n2 - x2), q2)
    }
    let p2 = halved(0, 1) { p2 in
      quotient(x1 - n1 * theta * p2, 1 - theta * p2) + quotient(x2 - n2 * p2, 1 - p2)
    }
    return (
      Arm(p: theta * p2, q: p2 < 0.5 ? 1 - theta * p2 : 1 - theta + theta * q2),
      Arm(p: p2, q: p2 < 0.5 ? 1 - p2 : q2)
    )
  }

  /// Where n₁p₁ + n₂p₂ = x₁ + x₂.
  private func restricted(oddsRatio psi: Double) -> (Arm, Arm) {
    let logOdds = halved(-800, 800) { beta in
      let (first, second) = (Arm(logOdds: beta + log(psi)), Arm(logOdds: beta))
      return x1 + x2 <= n1 - x1 + n2 - x2
        ? x1 + x2 - n1 * first.p - n2 * second.p
        : n1 * first.q + n2 * second.q - (n1 - x1 + n2 - x2)
    }
    return (Arm(logOdds: logOdds + log(psi)), Arm(logOdds: logOdds))
  }

  /// ℓ(p₁, p₂).
  func logLikelihood(_ first: Arm, _ second: Arm) -> Double {
    func part(_ count: Double, _ p: Double) -> Double { count == 0 ? 0 : count * log(p) }
    return part(x1, first.p) + part(n1 - x1, first.q) + part(x2, second.p)
      + part(n2 - x2, second.q)
  }

  /// √(2(ℓ(p̂) − ℓ(p̃))).
  func likelihoodDistance(_ contrast: RiskContrast, _ theta: Double) -> Double {
    let best = (Arm(p: x1 / n1, q: (n1 - x1) / n1), Arm(p: x2 / n2, q: (n2 - x2) / n2))
    let (first, second) = restricted(contrast, theta)
    return (2 * (logLikelihood(best.0, best.1) - logLikelihood(first, second))).squareRoot()
  }

  /// S, its variance and its third moment, less the bias in S.
  func moments(
    _ contrast: RiskContrast, _ theta: Double
  ) -> (score: Double, variance: Double, third: Double, bias: Double) {
    let (a, b) = restricted(contrast, theta)
    let (v1, v2) = (a.p * a.q / n1, b.p * b.q / n2)
    let (skew1, skew2) = (v1 * (a.q - a.p) / n1, v2 * (b.q - b.p) / n2)
    switch contrast {
    case .difference: return (x1 / n1 - x2 / n2 - theta, v1 + v2, skew1 - skew2, 0)
    case .ratio:
      return (
        x1 / n1 - theta * x2 / n2, v1 + theta * theta * v2, skew1 - pow(theta, 3) * skew2, 0
      )
    case .oddsRatio:
      let (w1, w2) = (n1 * a.p * a.q, n2 * b.p * b.q)
      return (
        (x1 - n1 * a.p) / w1 - (x2 - n2 * b.p) / w2, 1 / w1 + 1 / w2,
        (a.q - a.p) / (w1 * w1) - (b.q - b.p) / (w2 * w2), (a.p - b.p) / (w1 + w2)
      )
    }
  }

  /// Centre, variance and correction of a Wald interval, of a ratio on the logarithmic scale.
  func wald(
    _ interval: RiskInterval
  ) -> (centre: Double, variance: Double, correction: Double) {
    let (p1, p2) = (x1 / n1, x2 / n2)
    let (v1, v2) = (p1 * (1 - p1), p2 * (1 - p2))
    switch interval {
    case .difference(.wald): return (p1 - p2, v1 / n1 + v2 / n2, 0)
    case .difference(.waldCorrected):
      return (p1 - p2, v1 / n1 + v2 / n2, (1 / n1 + 1 / n2) / 2)
    case .difference(.hauckAnderson):
      return (p1 - p2, v1 / (n1 - 1) + v2 / (n2 - 1), 1 / (2 * min(n1, n2)))
    case .difference(.agrestiCaffo):
      return Cells(x1 + 1, n1 + 2, x2 + 1, n2 + 2).wald(.difference(.wald))
    case .ratio(.logAdjusted):
      return Cells(x1 + 0.5, n1 + 0.5, x2 + 0.5, n2 + 0.5).wald(.ratio(.log))
    case .ratio: return (log(p1 / p2), (n1 - x1) / (x1 * n1) + (n2 - x2) / (x2 * n2), 0)
    case .oddsRatio(.gart):
      return Cells(x1 + 0.5, n1 + 1, x2 + 0.5, n2 + 1).wald(.oddsRatio(.woolf))
    default:
      return (
        log(p1 / (1 - p1)) - log(p2 / (1 - p2)),
        1 / x1 + 1 / (n1 - x1) + 1 / x2 + 1 / (n2 - x2), 0
      )
    }
  }

  var inflation: Double { (n1 + n2) / (n1 + n2 - 1) }
}

/// A risk and its complement.
struct Arm {
  let p: Double
  let q: Double

  var complement: Arm { Arm(p: q, q: p) }
}

extension Arm {
  init(logOdds: Double) { self.init(p: 1 / (1 + exp(-logOdds)), q: 1 / (1 + exp(logOdds))) }
}

/// The place where a falling function changes its sign.
func halved(_ lower: Double, _ upper: Double, _ function: (Double) -> Double) -> Double {
  var (lower, upper) = (lower, upper)
  while true {
    // Geometrically where the place may be many powers of ten from the upper end.
    let middle = lower == 0 && upper > 1e-18 ? upper / 16 : lower + (upper - lower) / 2
    guard middle > lower, middle < upper else { return upper }
    if function(middle) > 0 { lower = middle } else { upper = middle }
    if upper < 1e-18, lower == 0 { return 0 }
  }
}

func quotient(_ a: Double, _ b: Double) -> Double { a == 0 ? 0 : a / b }
