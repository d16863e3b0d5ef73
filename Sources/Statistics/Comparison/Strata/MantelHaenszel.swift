import Glibc
package import Inference

// The estimates of Mantel & Haenszel (1959), J. Natl. Cancer Inst. 22:719, with variances that hold
// for few large strata and for many small ones. In a stratum x of n subjects have the event, y have
// not; m = x₁ + x₂, N = n₁ + n₂.

/// R/S on the logarithmic scale, where a ratio of 0 or ∞ has no variance.
package struct CommonRatio {
  package let numerator: Double
  package let denominator: Double
  /// The variance of the logarithm; not used without both sums.
  package let variance: Double

  /// - Throws: ``NotEstimable`` for 0/0.
  package func estimate() throws(NotEstimable) -> Double {
    guard numerator > 0 || denominator > 0 else { throw .noInformativeStratum }
    return numerator / denominator
  }

  /// - Throws: ``NotEstimable`` where the ratio is 0 or ∞.
  package func wald() throws(NotEstimable) -> WaldContrast {
    guard numerator > 0, denominator > 0 else {
      throw NotEstimable("the common ratio is 0 or infinite")
    }
    return WaldContrast(
      centre: log(numerator / denominator), standardError: variance.squareRoot(), isLog: true)
  }
}

extension Sequence<RiskCells> {
  /// Σ w d / Σ w with w = n₁n₂/N and variance Σ w² (x₁y₁/n₁³ + x₂y₂/n₂³) / (Σ w)².
  ///
  /// Greenland & Robins (1985), Biometrics 41:55.
  package func mantelHaenszelDifference() -> WaldContrast {
    let (sum, weight) = weightedDifference
    let variance = reduce(0) { sum, table in
      let (n1, n2) = (table.total1, table.total2)
      let w = n1 * n2 / table.size
      let error =
        (table.events1 / n1) * (table.nonEvents1 / n1) / n1
        + (table.events2 / n2) * (table.nonEvents2 / n2) / n2
      return sum + w * w * error
    }
    return WaldContrast(centre: sum / weight, standardError: variance.squareRoot() / weight)
  }

  /// The same difference d with variance (d Σ P + Σ Q) / (Σ w)².
  ///
  /// P = (n₁²x₂ − n₂²x₁ + n₁n₂(n₂ − n₁)/2)/N² and Q = (x₁y₂ + x₂y₁)/2N. Sato (1989), Biometrics
  /// 45:1323.
  package func satoDifference() -> WaldContrast {
    let (sum, weight) = weightedDifference
    var (p, q) = (0.0, 0.0)
    for table in self {
      let (x1, n1) = (table.events1, table.total1)
      let (x2, n2) = (table.events2, table.total2)
      p += (n1 * n1 * x2 - n2 * n2 * x1 + n1 * n2 * (n2 - n1) / 2) / (table.size * table.size)
      q += (x1 * table.nonEvents2 + x2 * table.nonEvents1) / (2 * table.size)
    }
    let difference = sum / weight
    return WaldContrast(
      centre: difference, standardError: Swift.max(0, difference * p + q).squareRoot() / weight)
  }

  /// Σ x₁n₂/N over Σ x₂n₁/N, with variance Σ (n₁n₂m − x₁x₂N)/N² / RS of the logarithm.
  ///
  /// Greenland & Robins (1985), Biometrics 41:55.
  package func mantelHaenszelRatio() -> CommonRatio {
    var (r, s, spread) = (0.0, 0.0, 0.0)
    for table in self {
      let (x1, n1) = (table.events1, table.total1)
      let (x2, n2) = (table.events2, table.total2)
      r += x1 * n2 / table.size
      s += x2 * n1 / table.size
      spread +=
        differenceOfProducts(n1 * n2, x1 + x2, x1 * x2, n1 + n2) / (table.size * table.size)
    }
    return CommonRatio(numerator: r, denominator: s, variance: spread / (r * s))
  }

  /// Σ x₁y₂/N over Σ x₂y₁/N.
  ///
  /// With R, S those terms and P = (x₁ + y₂)/N, Q = (x₂ + y₁)/N of each stratum the variance of the
  /// logarithm is Σ PR/2R² + Σ (PS + QR)/2RS + Σ QS/2S². Robins, Breslow & Greenland (1986),
  /// Biometrics 42:311.
  package func mantelHaenszelOddsRatio() -> CommonRatio {
    var (r, s, pr, cross, qs) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for table in self {
      let (x1, y1) = (table.events1, table.nonEvents1)
      let (x2, y2) = (table.events2, table.nonEvents2)
      let (a, b) = (x1 * y2 / table.size, x2 * y1 / table.size)
      let (p, q) = ((x1 + y2) / table.size, (x2 + y1) / table.size)
      r += a
      s += b
      pr += p * a
      cross += p * b + q * a
      qs += q * b
    }
    return CommonRatio(
      numerator: r, denominator: s,
      variance: pr / (2 * r * r) + cross / (2 * r * s) + qs / (2 * s * s))
  }

  /// Σ w d = Σ (x₁n₂ − x₂n₁)/N, and Σ w.
  private var weightedDifference: (sum: Double, weight: Double) {
    reduce((0, 0)) { sums, table in
      let moved = differenceOfProducts(
        table.events1, table.total2, table.events2, table.total1)
      return (sums.0 + moved / table.size, sums.1 + table.total1 * table.total2 / table.size)
    }
  }
}

extension Sequence<RateCells> {
  /// Σ w d / Σ w with w = T₁T₂/T and variance Σ w² (x₁/T₁² + x₂/T₂²) / (Σ w)².
  ///
  /// Greenland & Robins (1985), Biometrics 41:55.
  package func mantelHaenszelDifference() -> WaldContrast {
    var (sum, weight, variance) = (0.0, 0.0, 0.0)
    for table in self {
      let w = table.years1 * (table.years2 / (table.years1 + table.years2))
      let (rate1, rate2) = (table.events1 / table.years1, table.events2 / table.years2)
      sum += w * (rate1 - rate2)
      weight += w
      variance += w * w * (rate1 / table.years1 + rate2 / table.years2)
    }
    return WaldContrast(centre: sum / weight, standardError: variance.squareRoot() / weight)
  }

  /// Σ x₁T₂/T over Σ x₂T₁/T, with variance Σ mT₁T₂/T² / RS of the logarithm.
  ///
  /// Greenland & Robins (1985), Biometrics 41:55.
  package func mantelHaenszelRatio() -> CommonRatio {
    var (r, s, spread) = (0.0, 0.0, 0.0)
    for table in self {
      let years = table.years1 + table.years2
      let (share1, share2) = (table.years1 / years, table.years2 / years)
      r += table.events1 * share2
      s += table.events2 * share1
      spread += (table.events1 + table.events2) * share1 * share2
    }
    return CommonRatio(numerator: r, denominator: s, variance: spread / (r * s))
  }
}
