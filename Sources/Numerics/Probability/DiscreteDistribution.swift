/// A distribution of an integer.
///
/// Both tails hold the value itself, so that exact tests read as they are written:
/// P(X ≤ k) + P(X ≥ k) = 1 + P(X = k).
public protocol DiscreteDistribution: Hashable, Sendable {
  /// The values with positive probability lie in this range; `Int.max` stands for no end.
  var support: ClosedRange<Int> { get }

  var mean: Double { get }
  var variance: Double { get }

  /// P(X = `k`).
  func density(_ k: Int) -> Double

  /// P(X ≤ `k`).
  func lowerTail(_ k: Int) -> Double

  /// P(X ≥ `k`), the value itself included.
  func upperTail(_ k: Int) -> Double
}

extension DiscreteDistribution {
  /// The smallest k of the support with P(X ≤ k) ≥ `p`; its end for `p` = 1.
  public func quantile(lowerTail p: Double) -> Int {
    requireProbability(p)
    if p == 0 { return support.lowerBound }
    if p == 1 { return support.upperBound }
    let z = p < 0.5 ? Normal.standard.quantile(lowerTail: p) : 0
    return firstValue(from: mean + z * variance.squareRoot()) { lowerTail($0) >= p }
  }

  /// The smallest k of the support with P(X > k) ≤ `q`; its end for `q` = 0.
  public func quantile(upperTail q: Double) -> Int {
    requireProbability(q)
    if q == 1 { return support.lowerBound }
    if q == 0 { return support.upperBound }
    let z = q < 0.5 ? Normal.standard.quantile(upperTail: q) : 0
    return firstValue(from: mean + z * variance.squareRoot()) {
      $0 == support.upperBound || upperTail($0 + 1) <= q
    }
  }

  /// The first value of the support where `holds`, which holds from some value on.
  ///
  /// Steps away from `guess` in doubling strides until the value is enclosed, then halves.
  private func firstValue(from guess: Double, where holds: (Int) -> Bool) -> Int {
    var below = clamped(guess)
    var above = below
    var stride = 1
    if holds(below) {
      repeat {
        above = below
        if below == support.lowerBound { return below }
        below -= min(stride, below - support.lowerBound)
        stride *= 2
      } while holds(below)
    } else {
      repeat {
        below = above
        if above == support.upperBound { return above }
        above += min(stride, support.upperBound - above)
        stride *= 2
      } while !holds(above)
    }
    while above - below > 1 {
      let middle = below + (above - below) / 2
      if holds(middle) { above = middle } else { below = middle }
    }
    return above
  }

  /// The value of the support nearest to `guess`.
  private func clamped(_ guess: Double) -> Int {
    let start = Double(support.lowerBound)
    guard guess > start else { return support.lowerBound }
    return guess < Double(support.upperBound) ? Int(guess) : support.upperBound
  }
}
