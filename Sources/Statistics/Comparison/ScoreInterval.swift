import Incidence

/// Which score an interval inverts.
enum ScoreVariant {
  /// With the variance as it is: Mee, Koopman, Gart–Nam.
  case plain
  /// With N/(N − 1) times the variance: Miettinen–Nurminen.
  case unbiased
  /// With that factor, and corrected for skewness: Laud.
  case skewnessCorrected
}

extension ScoredTable {
  /// The values of `contrast` whose score lies between −z and z.
  func scoreLimits(_ contrast: Measure, _ variant: ScoreVariant, _ z: Double) -> Limits {
    limits(contrast, z) { value, critical in
      scoreStatistic(contrast, at: value, variant, critical: critical)
    }
  }

  /// The values of `contrast` with a `statistic` between −z and z, which falls as they grow.
  ///
  /// It is asked for at a value and for the limit z or −z.
  func limits(
    _ contrast: Measure, _ z: Double, between statistic: (Double, Double) -> Double
  ) -> Limits {
    let start = startingValue(contrast)
    let bounds = bounds(contrast)
    func limit(_ z: Double) -> Double {
      crossing(
        of: { statistic($0, z) - z }, within: contrast.range, from: start,
        step: firstStep(contrast, from: start, z))
    }
    return Limits(
      bounds.below ? limit(z) : contrast.range.lower,
      bounds.above ? limit(-z) : contrast.range.upper)
  }

  /// The score of `contrast` = `value`, which is normal with variance 1 under that value.
  ///
  /// S/√V; or the root z of A z² + z = S/√V + A with A = μ₃ / 6V^(3/2), corrected for skewness:
  /// Laud (2017), Pharm. Stat. 16:334. Where it is not real, S/√V − (z²_α − 1) A with the
  /// `critical` value z_α.
  func scoreStatistic(
    _ contrast: Measure, at value: Double, _ variant: ScoreVariant, critical: Double
  ) -> Double {
    let term = scoreTerm(contrast, at: value)
    let variance = variant == .plain ? term.variance : varianceFactor * term.variance
    let score = variant == .skewnessCorrected ? term.score - term.bias : term.score
    guard variance > 0 else { return score == 0 ? 0 : score * .infinity }
    let z = score / variance.squareRoot()
    guard variant == .skewnessCorrected else { return z }
    let skewness = term.thirdMoment / (6 * variance * variance.squareRoot())
    let discriminant = 1 + 4 * skewness * (z + skewness)
    guard discriminant >= 0 else { return z - (critical * critical - 1) * skewness }
    return 2 * (z + skewness) / (1 + discriminant.squareRoot())
  }

  /// About z standard errors of a difference; 1, which doubles it, for a ratio.
  private func firstStep(_ contrast: Measure, from start: Double, _ z: Double) -> Double {
    guard case .difference = contrast.range else { return 1 }
    let width = abs(z) * scoreTerm(contrast, at: start).variance.squareRoot()
    return width > 0 ? width : 1e-9
  }
}
