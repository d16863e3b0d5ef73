import Glibc
package import Incidence
package import Inference

extension TwoByTwoTable {
  /// The hull of the differences that two tests, each at `tail`, ordered by the score, accept.
  package func exactScoreDifference(tail: Double) throws(NotEstimable) -> Limits {
    try hull(.differenceScore, tail)
  }

  /// The hull of the differences that two tests, each at `tail`, ordered by p̂₁ − p̂₂, accept.
  package func exactSimpleDifference(tail: Double) throws(NotEstimable) -> Limits {
    try hull(.difference, tail)
  }

  /// The hull of the differences that one test at `alpha`, ordered by the absolute score, accepts.
  package func exactTwoSidedDifference(alpha: Double) throws(NotEstimable) -> Limits {
    try hull(.absoluteDifferenceScore, alpha)
  }

  /// The hull of the ratios that two tests, each at `tail`, ordered by the score, accept.
  package func exactScoreRatio(tail: Double) throws(NotEstimable) -> Limits {
    try hull(.ratioScore, tail)
  }

  /// The one-sided p-values of `exactScoreDifference`, against a smaller and a greater difference.
  package func exactScoreTails(
    riskDifference: Double
  ) throws(NotEstimable) -> (lower: Double, upper: Double) {
    (
      try UnconditionalTest(withGroupsExchanged, .differenceScore).pValue(-riskDifference),
      try UnconditionalTest(self, .differenceScore).pValue(riskDifference)
    )
  }

  /// The one-sided p-values of `exactSimpleDifference`, against a smaller and a greater difference.
  package func exactSimpleTails(
    riskDifference: Double
  ) throws(NotEstimable) -> (lower: Double, upper: Double) {
    (
      try UnconditionalTest(withGroupsExchanged, .difference).pValue(-riskDifference),
      try UnconditionalTest(self, .difference).pValue(riskDifference)
    )
  }

  /// The one-sided p-values of `exactScoreRatio`, against a smaller and a greater ratio.
  package func exactScoreTails(
    riskRatio: Double
  ) throws(NotEstimable) -> (lower: Double, upper: Double) {
    (
      try UnconditionalTest(withGroupsExchanged, .ratioScore).pValue(1 / riskRatio),
      try UnconditionalTest(self, .ratioScore).pValue(riskRatio)
    )
  }

  private func hull(
    _ order: OutcomeOrder, _ threshold: Double
  ) throws(NotEstimable) -> Limits {
    let below = AcceptedSearch(test: try UnconditionalTest(self, order), threshold: threshold)
    let above = AcceptedSearch(
      test: try UnconditionalTest(withGroupsExchanged, order), threshold: threshold)
    let (lower, upper) = (below.lowest, above.lowest)
    let haveGaps = below.hasGaps(above: lower) || above.hasGaps(above: upper)
    return order.contrast == .difference
      ? Limits(lower, -upper, haveGaps: haveGaps)
      : Limits(exp(lower), exp(-upper), haveGaps: haveGaps)
  }
}

/// The search for the lowest value that an unconditional test accepts.
///
/// The p-value jumps where outcomes enter or leave the test's region, and between jumps changes
/// with θ. A range of θ is shown to be rejected by the union of the regions at its ends, to be
/// accepted by their intersection, each on the least favourable line, and else is halved.
/// Differences are searched as they are, ratios in their logarithm.
private struct AcceptedSearch {
  let test: UnconditionalTest
  let threshold: Double

  private var isRatio: Bool { test.order.contrast == .ratio }

  private var start: Double { isRatio ? -60 : -1 + 1e-12 }
  private var end: Double { -start }

  private struct Value {
    let place: Double
    let theta: Double
    let region: OutcomeRegion
    var isAccepted = false
  }

  private func value(_ place: Double) -> Value {
    let theta = isRatio ? exp(place) : place
    var value = Value(place: place, theta: theta, region: test.region(theta))
    value.isAccepted = test.exceeds(
      threshold, value.region, upperAt: theta, lowerAt: theta)
    return value
  }

  /// The lowest accepted value: −1, or −∞ for the logarithm of a ratio, where nothing is rejected.
  var lowest: Double {
    let first = value(start)
    if first.isAccepted { return isRatio ? -.infinity : -1 }
    let last = value(estimate)
    return lowest(first, last)?.place ?? last.place
  }

  /// The logarithm of a ratio, or a difference, that is as observed.
  private var estimate: Double {
    let (p1, p2) = (test.table.treatment.proportion, test.table.reference.proportion)
    return max(start, min(end, isRatio ? log(p1 / p2) : p1 - p2))
  }

  private func lowest(_ left: Value, _ right: Value) -> Value? {
    if !right.isAccepted,
      !test.exceeds(
        threshold, left.region.union(right.region), upperAt: right.theta, lowerAt: left.theta)
    {
      return nil
    }
    guard right.place - left.place > resolution else { return right.isAccepted ? right : nil }
    let middle = value((left.place + right.place) / 2)
    return lowest(left, middle) ?? (middle.isAccepted ? middle : lowest(middle, right))
  }

  /// Whether a value between `limit` and the estimate is rejected.
  func hasGaps(above limit: Double) -> Bool {
    let first = value(max(start, limit) + 2 * resolution)
    let last = value(estimate)
    return first.place < last.place && hasGaps(first, last)
  }

  private func hasGaps(_ left: Value, _ right: Value) -> Bool {
    if !left.isAccepted || !right.isAccepted { return true }
    let common = left.region.intersection(right.region)
    if test.exceeds(threshold, common, upperAt: left.theta, lowerAt: right.theta) { return false }
    guard right.place - left.place > 1e-9 else { return false }
    let middle = value((left.place + right.place) / 2)
    return hasGaps(left, middle) || hasGaps(middle, right)
  }

  private var resolution: Double { 1e-13 }
}
