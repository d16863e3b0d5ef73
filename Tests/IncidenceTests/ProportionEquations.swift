import Glibc
import Incidence
import Inference
import Probability
import TestSupport

extension ProportionIntervalMethod {
  var possibleSides: [Sides] { isTwoSidedOnly ? [.two] : Sides.allCases }

  /// The relative error allowed of a limit.
  var tolerance: Double {
    switch self {
    // 4 ulp.
    case .wilson, .wilsonCorrected, .clopperPearson, .jeffreys, .midP, .logit: 9e-16
    // The lower limit is a difference of close numbers when events are about z²: 5 ulp at 3 of
    // 100 000.
    case .wald, .waldCorrected: 2e-15
    // The same at z²/2: 19 ulp at 2 of 29.
    case .agrestiCoull: 8e-15
    // The same at (z² − 1)/6: 7 ulp at 1 of 1.
    case .scas: 2e-15
    // The lower limit is the square of a difference of close angles: 700 ulp at 1 of 20.
    case .arcsine: 2e-13
    // Found as roots.
    case .likelihoodRatio, .blaker: 1e-12
    }
  }
}

extension BinomialCount {
  static func random(upTo total: Int, using stream: inout RandomStream) throws -> BinomialCount {
    let total = Int.random(in: 1...total, using: &stream)
    return try BinomialCount(events: Int.random(in: 0...total, using: &stream), total: total)
  }

  /// What is left of the equation of a limit `p`: a tail over α/2 less 1, or a score over z less 1.
  func residual(
    _ method: ProportionIntervalMethod, at p: Double, isLower: Bool, level: ConfidenceLevel
  ) -> Double {
    let (x, n) = (Double(events), Double(total))
    let z = level.normalCriticalValue(.two)
    let tail = level.tailProbability(.two)
    let law = Binomial(trials: total, probability: p)
    let outer = isLower ? law.upperTail(events) : law.lowerTail(events)
    let posterior = Beta(alpha: x + 0.5, beta: n - x + 0.5)
    let deviation = (n * p * (1 - p)).squareRoot()
    let padded = (x + z * z / 2) / (n + z * z)
    return switch method {
    case .wald: abs(x - n * p) / (z * (x * (n - x) / n).squareRoot()) - 1
    case .waldCorrected: abs(x - n * p) / (z * (x * (n - x) / n).squareRoot() + 0.5) - 1
    case .wilson: abs(x - n * p) / (z * deviation) - 1
    case .wilsonCorrected: (abs(x - n * p) - 0.5) / (z * deviation) - 1
    case .clopperPearson: outer / tail - 1
    case .midP: (outer - law.density(events) / 2) / tail - 1
    case .jeffreys: (isLower ? posterior.lowerTail(p) : posterior.upperTail(p)) / tail - 1
    case .agrestiCoull:
      abs(padded - p) / (z * (padded * (1 - padded) / (n + z * z)).squareRoot()) - 1
    case .likelihoodRatio: deviance(at: p) / (z * z) - 1
    case .logit:
      abs(log(p / (1 - p) * (n - x) / x)) / (z * (1 / x + 1 / (n - x)).squareRoot()) - 1
    case .arcsine:
      abs(asin(p.squareRoot()) - asin(((x + 0.375) / (n + 0.75)).squareRoot()))
        / (z / (2 * n.squareRoot())) - 1
    case .scas: abs(skewnessCorrectedScore(at: p, critical: z)) / z - 1
    case .blaker: .nan
    }
  }

  /// 2(ℓ(p̂) − ℓ(p)).
  private func deviance(at p: Double) -> Double {
    let (x, rest, n) = (Double(events), Double(nonEvents), Double(total))
    return 2
      * ((events == 0 ? 0 : x * log(x / (n * p)))
        + (nonEvents == 0 ? 0 : rest * log(rest / (n * (1 - p)))))
  }

  /// The z with A z² + z = S/√V + A; the score with its skewness at z = `critical` where none is real.
  private func skewnessCorrectedScore(at p: Double, critical: Double) -> Double {
    let (x, n) = (Double(events), Double(total))
    let variance = p * (1 - p) / n
    let third = p * (1 - p) * (1 - 2 * p) / (n * n)
    let skewness = third / (6 * variance * variance.squareRoot())
    let score = (x / n - p) / variance.squareRoot()
    let constant = score + skewness
    let discriminant = 1 + 4 * skewness * constant
    guard discriminant >= 0 else { return score - (critical * critical - 1) * skewness }
    return 2 * constant / (1 + discriminant.squareRoot())
  }
}
