public import Inference
import Probability

/// Kendall's rank correlation of the standardised effects with their variances.
///
/// The effects are (y − ȳ)/√(v − 1/Σ(1/v)) around the common-effect mean. Begg & Mazumdar (1994),
/// Biometrics 50:1088.
public struct BeggTest: Hashable, Sendable {
  /// τ_b.
  public let tau: Double

  /// Exact below 50 studies without ties, else normal without a correction.
  public let pValue: Double

  public let isExact: Bool

  /// - Throws: ``NotEstimable`` for fewer than three studies and for equal variances.
  public init(_ effects: [EffectSize]) throws(NotEstimable) {
    guard effects.count > 2 else { throw NotEstimable("fewer than three studies") }
    let sorted = effects.sorted { ($0.variance, $0.value) < ($1.variance, $1.value) }
    var points: [(Double, Double)] = []
    points.reserveCapacity(sorted.count)
    for (effect, others) in zip(sorted, WeightedMoments.leavingOut(sorted, tau2: 0)) {
      // Equal studies are tied, whatever rounding makes of them.
      if let last = points.last, effect == sorted[points.count - 1] {
        points.append(last)
        continue
      }
      // The same with what the others share in the mean, where nothing cancels.
      let share = others.weight / (others.weight + 1 / effect.variance)
      let standardized = (effect.value - others.mean) * (share / effect.variance).squareRoot()
      points.append((effect.variance, standardized))
    }
    let pairs = RankedPairs(points)
    guard pairs.untiedFirst > 0 else { throw NotEstimable("all studies have the same precision") }
    guard pairs.untiedSecond > 0 else { throw NotEstimable("all studies have the same effect") }
    tau = Double(pairs.excess) / (pairs.untiedFirst * pairs.untiedSecond).squareRoot()
    isExact = effects.count < 50 && !pairs.hasTies
    pValue = isExact ? pairs.exactPValue : pairs.normalPValue
  }
}

/// The agreement of the orders of two variables.
private struct RankedPairs {
  private let count: Int
  /// Concordant pairs less discordant ones.
  let excess: Int
  private let ties: (first: [Int], second: [Int])

  /// Sorts by one and counts what has to be exchanged to sort by the other.
  ///
  /// Knight (1966), J. Am. Stat. Assoc. 61:436.
  init(_ pairs: [(Double, Double)]) {
    count = pairs.count
    let sorted = pairs.sorted { $0 < $1 }
    var seconds = sorted.map(\.1)
    var exchanges = 0
    mergeSort(&seconds, exchanges: &exchanges)
    ties = (tieSizes(sorted.map(\.0), by: ==), tieSizes(seconds, by: ==))
    let both = tieSizes(sorted, by: ==)
    let untied =
      pairCount(count) - sum(ties.first, pairCount) - sum(ties.second, pairCount)
      + sum(both, pairCount)
    excess = untied - 2 * exchanges
  }

  var hasTies: Bool { !ties.first.isEmpty || !ties.second.isEmpty }

  var untiedFirst: Double { Double(pairCount(count) - sum(ties.first, pairCount)) }
  var untiedSecond: Double { Double(pairCount(count) - sum(ties.second, pairCount)) }

  /// Twice the smaller tail of the number of concordant pairs in a random order.
  var exactPValue: Double {
    var probabilities = [1.0]
    for size in 2...count {
      var next = [Double](repeating: 0, count: probabilities.count + size - 1)
      for (place, probability) in probabilities.enumerated() {
        for step in 0..<size { next[place + step] += probability / Double(size) }
      }
      probabilities = next
    }
    let smaller = (pairCount(count) - abs(excess)) / 2
    return min(1, 2 * probabilities[...smaller].reduce(0, +))
  }

  /// Kendall (1970), Rank Correlation Methods, 4th ed., with its variance for ties.
  var normalPValue: Double {
    let n = Double(count)
    func total(_ sizes: [Int], _ term: (Double) -> Double) -> Double {
      sizes.reduce(0) { $0 + term(Double($1)) }
    }
    func spread(_ t: Double) -> Double { t * (t - 1) * (2 * t + 5) }
    func twos(_ t: Double) -> Double { t * (t - 1) }
    func threes(_ t: Double) -> Double { t * (t - 1) * (t - 2) }
    let variance =
      (spread(n) - total(ties.first, spread) - total(ties.second, spread)) / 18
      + total(ties.first, twos) * total(ties.second, twos) / (2 * n * (n - 1))
      + total(ties.first, threes) * total(ties.second, threes) / (9 * n * (n - 1) * (n - 2))
    return min(1, 2 * Normal.standard.upperTail(Double(abs(excess)) / variance.squareRoot()))
  }
}

private func pairCount(_ n: Int) -> Int { n * (n - 1) / 2 }

private func sum(_ sizes: [Int], _ term: (Int) -> Int) -> Int { sizes.reduce(0) { $0 + term($1) } }

/// The numbers of equal elements of a sorted array, where these are more than one.
private func tieSizes<Element>(
  _ sorted: [Element], by areEqual: (Element, Element) -> Bool
) -> [Int] {
  var sizes: [Int] = []
  var size = 1
  for index in sorted.indices.dropFirst() {
    if areEqual(sorted[index - 1], sorted[index]) {
      size += 1
    } else {
      if size > 1 { sizes.append(size) }
      size = 1
    }
  }
  return size > 1 ? sizes + [size] : sizes
}

/// Sorts by merging runs of doubling length, and counts the pairs that were out of order.
private func mergeSort(_ values: inout [Double], exchanges: inout Int) {
  var width = 1
  while width < values.count {
    var merged: [Double] = []
    merged.reserveCapacity(values.count)
    for start in stride(from: 0, to: values.count, by: 2 * width) {
      let middle = min(start + width, values.count)
      let end = min(start + 2 * width, values.count)
      var (left, right) = (start, middle)
      while left < middle || right < end {
        if right == end || (left < middle && values[left] <= values[right]) {
          merged.append(values[left])
          left += 1
        } else {
          merged.append(values[right])
          right += 1
          exchanges += middle - left
        }
      }
    }
    values = merged
    width *= 2
  }
}
