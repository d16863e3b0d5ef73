import Comparison
import Glibc
import Inference

// The effect of one study, whose value may come from other cells than its variance does.

extension RiskCells {
  /// The difference or the logarithm of the ratio of two risks, or of their odds, or the difference
  /// of arcsines with variance Σ 1/4n.
  func effect(
    _ measure: EffectMeasure, valueFrom cells: RiskCells
  ) -> Result<EffectSize, NotEstimable> {
    switch measure {
    case .oddsRatio:
      return hasZero ? .failure(.zeroInLogarithm) : effectSize(effect(.oddsRatio))
    case .riskRatio:
      return min(events1, events2) == 0
        ? .failure(.zeroInLogarithm) : effectSize(effect(.ratio))
    case .riskDifference:
      return effectSize(cells.difference, variance: effect(.difference).variance)
    case .arcsineDifference:
      return effectSize(arcsineDifference, variance: 1 / (4 * total1) + 1 / (4 * total2))
    default: preconditionFailure("\(measure) does not compare two risks")
    }
  }

  /// asin √p₁ − asin √p₂, from the tangent of that angle, in which nothing cancels.
  private var arcsineDifference: Double {
    let (p1, q1) = (events1 / total1, nonEvents1 / total1)
    let (p2, q2) = (events2 / total2, nonEvents2 / total2)
    let sum = (p1 * q2).squareRoot() + (p2 * q1).squareRoot()
    guard sum > 0 else { return 0 }
    return atan2(difference / sum, (q1 * q2).squareRoot() + (p1 * p2).squareRoot())
  }
}

extension RateCells {
  /// The difference of two rates, or the logarithm of their ratio.
  func effect(
    _ measure: EffectMeasure, valueFrom cells: RateCells
  ) -> Result<EffectSize, NotEstimable> {
    switch measure {
    case .rateRatio: hasZero ? .failure(.zeroInLogarithm) : effectSize(effect(.ratio))
    case .rateDifference: effectSize(cells.difference, variance: effect(.difference).variance)
    default: preconditionFailure("\(measure) does not compare two rates")
    }
  }
}

extension ProportionCells {
  /// A proportion p = x/n on the scale on which it is pooled.
  ///
  /// Variances: of logits 1/x + 1/y, of logarithms y/xn, of p pq/n, of asin √p 1/4n, and
  /// 1/(4n + 2) of Freeman and Tukey's (1950), Ann. Math. Stat. 21:607.
  func effect(
    _ measure: EffectMeasure, valueFrom cells: ProportionCells
  ) -> Result<EffectSize, NotEstimable> {
    let (x, y, n) = (events, nonEvents, total)
    switch measure {
    case .proportionLogit:
      guard !hasZero else { return .failure(.zeroInLogarithm) }
      return effectSize(logarithm(of: x, 1, over: y, 1), variance: 1 / x + 1 / y)
    case .proportionLog:
      guard x > 0 else { return .failure(.zeroInLogarithm) }
      return effectSize(logarithm(of: x, 1, over: n, 1), variance: y / (x * n))
    case .proportion:
      return effectSize(cells.events / cells.total, variance: (x / n) * (y / n) / n)
    case .proportionArcsine:
      return effectSize(atan2(x.squareRoot(), y.squareRoot()), variance: 1 / (4 * n))
    case .proportionFreemanTukey:
      let below = atan2(x.squareRoot(), (y + 1).squareRoot())
      let above = atan2((x + 1).squareRoot(), y.squareRoot())
      return effectSize((below + above) / 2, variance: 1 / (4 * n + 2))
    default: preconditionFailure("\(measure) is no proportion")
    }
  }
}

extension EventRateCells {
  /// A rate x/T on the scale on which it is pooled.
  ///
  /// Variances: of logarithms 1/x, of rates x/T², of both square roots 1/4T.
  func effect(
    _ measure: EffectMeasure, valueFrom cells: EventRateCells
  ) -> Result<EffectSize, NotEstimable> {
    switch measure {
    case .rateLog:
      guard events > 0 else { return .failure(.zeroInLogarithm) }
      return effectSize(log(events / years), variance: 1 / events)
    case .rate:
      return effectSize(cells.events / cells.years, variance: events / years / years)
    case .rateSquareRoot:
      return effectSize((events / years).squareRoot(), variance: 1 / (4 * years))
    case .rateFreemanTukey:
      let sum = (events / years).squareRoot() + ((events + 1) / years).squareRoot()
      return effectSize(sum / 2, variance: 1 / (4 * years))
    default: preconditionFailure("\(measure) is no rate")
    }
  }
}

private func effectSize(_ effect: StratumEffect) -> Result<EffectSize, NotEstimable> {
  effectSize(effect.value, variance: effect.variance)
}

private func effectSize(_ value: Double, variance: Double) -> Result<EffectSize, NotEstimable> {
  guard variance > 0 else { return .failure(NotEstimable("the variance is 0")) }
  guard value.isFinite, variance.isFinite else {
    return .failure(.outOfRange)
  }
  return .success(EffectSize(value: value, variance: variance))
}

extension NotEstimable {
  fileprivate static let zeroInLogarithm = NotEstimable("the logarithm of a zero")
}
