import Incidence
import Probability

extension PersonTimeTable {
  /// The probability, at the pooled rate, of counts whose difference of rates is as great.
  ///
  /// The difference stands over its unpooled standard error √(x₁/T₁² + x₂/T₂²), 0 without events.
  /// Krishnamoorthy & Thomson (2004), J. Stat. Plan. Inference 119:23.
  package func poissonETest() -> Double {
    let bound = abs(unpooledStatistic(treatment.events, reference.events)) / tied
    guard events > 0, bound > 0 else { return 1 }
    let rate = Double(events) / personYears
    let own = PoissonMasses(mean: rate * treatment.personYears)
    let other = PoissonMasses(mean: rate * reference.personYears)
    // The statistic falls with x₂: the set are the x₂ < `low` and those from `high` on, both of
    // which rise with x₁.
    let end = other.first + other.masses.count
    var (low, high) = (other.first, other.first)
    var sum = 0.0
    for (x1, mass) in zip(own.first..., own.masses) {
      while low < end, unpooledStatistic(x1, low) >= bound { low += 1 }
      while high < end, unpooledStatistic(x1, high) > -bound { high += 1 }
      sum += mass * (other.below[low - other.first] + other.above[high - other.first])
    }
    return min(1, sum)
  }

  private func unpooledStatistic(_ x1: Int, _ x2: Int) -> Double {
    let (t1, t2) = (treatment.personYears, reference.personYears)
    let (r1, r2) = (Double(x1) / t1, Double(x2) / t2)
    return x1 + x2 == 0 ? 0 : (r1 - r2) / (r1 / t1 + r2 / t2).squareRoot()
  }
}

/// The probabilities of a Poisson count that are not zero, and their sums.
private struct PoissonMasses {
  let first: Int
  let masses: [Double]
  /// P(first ≤ X < first + i).
  let below: [Double]
  /// P(X ≥ first + i).
  let above: [Double]

  init(mean: Double) {
    let mode = Int(mean)
    let peak = Poisson(mean: mean).density(mode)
    var lower = [peak]
    var k = mode
    while k > 0, let mass = lower.last, mass > 1e-290 {
      lower.append(mass * Double(k) / mean)
      k -= 1
    }
    first = k
    var all = Array(lower.reversed())
    k = mode
    while let mass = all.last, mass > 1e-290 {
      k += 1
      all.append(mass * mean / Double(k))
    }
    masses = all
    var sums = [0.0]
    for mass in all { sums.append(sums[sums.count - 1] + mass) }
    below = sums
    var tails = [0.0]
    for mass in all.reversed() { tails.append(tails[tails.count - 1] + mass) }
    above = tails.reversed()
  }
}
