public import Inference

/// The studies that seem to be missing on one side, mirrored from the other.
///
/// k₀ extreme studies are left out of the mean, around which the ranks of all studies tell k₀ anew,
/// until it no longer changes. Duval & Tweedie (2000), Biometrics 56:455.
public struct TrimAndFill: Sendable {
  /// How k₀ is estimated from the ranks of the distances from the mean.
  public enum Estimator: Sendable {
    /// (4S − k(k + 1))/(2k − 1), S the sum of the ranks of the studies above the mean.
    case l0
    /// k − 1 less the rank of the study furthest below the mean.
    case r0
  }

  public enum Side: String, Sendable {
    case left, right
  }

  /// Where studies are missing: left where Egger's slope is positive.
  public let side: Side

  /// The studies that were added, k₀ of them.
  public let filled: [EffectSize]

  /// Of all studies with those that were added.
  public let effect: PooledEffect

  /// Fills the side that Egger's test tells unless it is given, with means of `model`.
  ///
  /// - Throws: ``NotEstimable`` as ``RegressionTest/egger(_:)`` without a given side, where the model
  ///   throws it, and where k₀ does not settle.
  public init(
    _ effects: [EffectSize], estimator: Estimator = .l0, side: Side? = nil,
    model: ([EffectSize]) throws(NotEstimable) -> PooledEffect
  ) throws(NotEstimable) {
    guard effects.count > 2 else { throw NotEstimable("fewer than three studies") }
    let chosen: Side =
      if let side { side } else { try RegressionTest.egger(effects).estimate < 0 ? .right : .left }
    let sign: Double = chosen == .right ? -1 : 1
    // Mirrored where needed, so that studies are missing on the left.
    let sorted = effects.map { EffectSize(value: sign * $0.value, variance: $0.variance) }
      .sorted { $0.value < $1.value }
    var (missing, previous, rounds) = (0, -1, 0)
    var centre = 0.0
    while missing != previous {
      guard rounds < 100 else {
        throw NotEstimable("the number of missing studies does not settle")
      }
      rounds += 1
      previous = missing
      centre = try model(Array(sorted.dropLast(missing))).estimate
      missing = estimator.missing(sorted.map { $0.value - centre })
    }
    let mirrored = sorted.suffix(missing).map {
      EffectSize(value: sign * (2 * centre - $0.value), variance: $0.variance)
    }
    self.side = chosen
    filled = mirrored
    effect = try model(effects + mirrored)
  }
}

extension TrimAndFill.Estimator {
  /// k₀ from the distances of all studies from the mean, in increasing order.
  fileprivate func missing(_ distances: [Double]) -> Int {
    let order = distances.indices.sorted { abs(distances[$0]) < abs(distances[$1]) }
    let k = distances.count
    switch self {
    case .l0:
      let above = zip(1..., order).reduce(0) { distances[$1.1] > 0 ? $0 + $1.0 : $0 }
      let estimate = Double(4 * above - k * (k + 1)) / Double(2 * k - 1)
      return max(0, Int(estimate.rounded(.toNearestOrEven)))
    case .r0:
      let furthest = (order.lastIndex { distances[$0] < 0 } ?? -1) + 1
      return min(k - 1, max(0, k - furthest - 1))
    }
  }
}
