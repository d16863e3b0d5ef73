import Glibc
import Optimization

// The limits where twice the logarithm of the likelihood is z² below its maximum. Below z = 0, at
// levels under one half, they change places.

extension BinomialCount {
  /// The p with x log(x / n p) + (n − x) log((n − x) / n (1 − p)) = z²/2.
  ///
  /// At x = 0 and x = n the equation is −n log(1 − p) = z²/2 or −n log p = z²/2.
  func likelihoodRatio(_ z: Double) -> Limits {
    let n = Double(total)
    if events == 0 { return Limits(0, -expm1(-z * z / (2 * n)), swapped: z < 0) }
    if nonEvents == 0 { return Limits(exp(-z * z / (2 * n)), 1, swapped: z < 0) }
    func excess(_ p: Double) -> Double {
      let residual = Double(events).addingProduct(-n, p)
      return halfDeviance(Double(events), mean: n * p, residual: residual)
        + halfDeviance(Double(nonEvents), mean: n * (1 - p), residual: -residual) - z * z / 2
    }
    // Rounding of p̂ hides the limits at levels close to 0.
    guard excess(proportion) < 0 else { return Limits(proportion, proportion) }
    return Limits(
      root(of: excess, 0, proportion), root(of: excess, proportion, 1), swapped: z < 0)
  }
}

extension PoissonCount {
  /// The μ with x log(x / μ) + μ − x = z²/2.
  ///
  /// At x = 0 the equation is μ = z²/2. The upper limit lies within the score limit, and so
  /// below `beyond`.
  func likelihoodRatio(_ z: Double) -> Limits {
    let x = Double(events)
    if events == 0 { return Limits(0, z * z / 2, swapped: z < 0) }
    func excess(_ mean: Double) -> Double {
      halfDeviance(x, mean: mean, residual: x - mean) - z * z / 2
    }
    let beyond = 2 * (x + z * z + abs(z) * (z * z + 4 * x).squareRoot())
    return Limits(root(of: excess, 0, x), root(of: excess, x, beyond), swapped: z < 0)
  }
}

/// x log(x / m) + m − x, where `residual` is x − m.
///
/// With v = (x − m) / (x + m) the logarithm is 2 artanh v, and its first term nearly cancels m − x:
/// (x − m) v + 2x (v³/3 + v⁵/5 + …). Loader (2000), Fast and accurate computation of binomial
/// probabilities.
package func halfDeviance(_ x: Double, mean: Double, residual: Double) -> Double {
  if x == 0 { return mean }
  let v = residual / (x + mean)
  guard abs(v) < 0.1 else { return x * log(x / mean) - residual }
  var sum = residual * v
  var power = 2 * x * v
  for divisor in stride(from: 3.0, to: 21, by: 2) {
    power *= v * v
    sum += power / divisor
  }
  return sum
}

/// The root between `end` and `other` of a function that changes sign there.
package func root(of function: (Double) -> Double, _ end: Double, _ other: Double) -> Double {
  do {
    let (lower, upper) = (min(end, other), max(end, other))
    return try bracketedRoot(of: function, lower: lower, upper: upper).value
  } catch {
    preconditionFailure("a limit is not bracketed: \(error)")
  }
}
