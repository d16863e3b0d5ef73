import Glibc

/// The contrast of one stratum, a ratio as its logarithm, with its Wald variance.
package struct StratumEffect {
  package let value: Double
  package let variance: Double
}

extension RiskCells {
  /// Variances: of log odds Σ 1/cell, of log risks Σ y/xn, of risks Σ xy/n³.
  package func effect(_ contrast: RiskContrast) -> StratumEffect {
    let (x1, y1, n1) = (events1, nonEvents1, total1)
    let (x2, y2, n2) = (events2, nonEvents2, total2)
    switch contrast {
    case .difference:
      return StratumEffect(
        value: difference, variance: (x1 / n1) * (y1 / n1) / n1 + (x2 / n2) * (y2 / n2) / n2)
    case .ratio:
      return StratumEffect(
        value: logarithm(of: x1, n2, over: x2, n1), variance: y1 / (x1 * n1) + y2 / (x2 * n2))
    case .oddsRatio:
      return StratumEffect(
        value: logarithm(of: x1, y2, over: x2, y1), variance: 1 / x1 + 1 / y1 + 1 / x2 + 1 / y2)
    }
  }

  package var difference: Double {
    differenceOfProducts(events1, total2, events2, total1) / (total1 * total2)
  }
}

extension RateCells {
  /// Variances: of log rates Σ 1/x, of rates Σ x/T².
  package func effect(_ contrast: RateContrast) -> StratumEffect {
    switch contrast {
    case .difference:
      StratumEffect(
        value: difference, variance: events1 / years1 / years1 + events2 / years2 / years2)
    case .ratio:
      StratumEffect(
        value: logarithm(of: events1, years2, over: events2, years1),
        variance: 1 / events1 + 1 / events2)
    }
  }

  package var difference: Double {
    let exact = differenceOfProducts(events1, years2, events2, years1) / years1 / years2
    return exact.isFinite ? exact : events1 / years1 - events2 / years2
  }
}

/// log(ab/cd), to the last digits also where that ratio is close to 1.
package func logarithm(of a: Double, _ b: Double, over c: Double, _ d: Double) -> Double {
  let ratio = (a / c) * (b / d)
  let excess = differenceOfProducts(a, b, c, d) / (c * d)
  if ratio > 0.5, ratio < 2, excess.isFinite { return log1p(excess) }
  return ratio.isNormal ? log(ratio) : log(a) + log(b) - log(c) - log(d)
}
