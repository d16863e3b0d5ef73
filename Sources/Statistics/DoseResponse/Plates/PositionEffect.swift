import Inference
import Probability

/// Kruskal and Wallis' test that residuals do not differ between rows, or between columns.
///
/// The one-way analysis of variance of midranks: F = (H/(k − 1)) / ((N − 1 − H)/(N − k)), with H of
/// Kruskal & Wallis (1952), J. Am. Stat. Assoc. 47:583, corrected for ties, k groups and N wells;
/// referred to F(k − 1, N − k) after Iman & Davenport (1976), Commun. Stat. A 5:1335.
///
/// Ranks, since single wells far off are common; F, since χ² for H hardly ever rejects with two or three
/// wells a row. In simulations without effects F rejects about 5 % at 5 %, up to about 7 % with two wells a row
/// (`SpatialEffectTests`).
public struct PositionEffect: Hashable, Sendable {
  /// F.
  public let statistic: Double
  public let numeratorDegreesOfFreedom: Int
  public let denominatorDegreesOfFreedom: Int
  public let pValue: Double

  /// Values as far apart as `rounding` are equal.
  ///
  /// - Throws: `NotEstimable` for one group, for one value in each, and for groups without spread.
  init(
    _ values: [PlacedValue], rounding: Double, by group: (PlacedValue) -> Int
  ) throws(NotEstimable) {
    let ranks = midranks(values.map(\.value), rounding: rounding)
    let groups = Dictionary(grouping: zip(values, ranks), by: { group($0.0) })
      .sorted { $0.key < $1.key }.map { $0.value.map(\.1) }
    guard groups.count > 1 else { throw NotEstimable("all wells with a curve are in one line") }
    let rest = values.count - groups.count
    guard rest > 0 else { throw NotEstimable("no line has two wells with a curve") }
    let center = Double(values.count + 1) / 2
    var (between, within) = (0.0, 0.0)
    for ranks in groups {
      let mean = ranks.reduce(0, +) / Double(ranks.count)
      between += Double(ranks.count) * (mean - center) * (mean - center)
      within += ranks.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    }
    guard within > 0 else { throw NotEstimable("the residuals of each line are all equal") }
    statistic = between / Double(groups.count - 1) / (within / Double(rest))
    numeratorDegreesOfFreedom = groups.count - 1
    denominatorDegreesOfFreedom = rest
    pValue = FDistribution(
      numeratorDegreesOfFreedom: Double(groups.count - 1),
      denominatorDegreesOfFreedom: Double(rest)
    ).upperTail(statistic)
  }
}

extension Plate {
  /// Whether residuals differ between rows; where a row is a compound, its curve hides the effect.
  public var rowEffect: PositionEffect {
    get throws(NotEstimable) { try positionEffect(by: \.row) }
  }

  /// Whether residuals differ between columns; where a column is a compound, its curve hides it.
  public var columnEffect: PositionEffect {
    get throws(NotEstimable) { try positionEffect(by: \.column) }
  }

  private func positionEffect(
    by line: (PlacedValue) -> Int
  ) throws(NotEstimable) -> PositionEffect {
    // Residuals that are equal but for the rounding of the responses are so in any units.
    let largest = wells.reduce(0) { max($0, abs($1.response)) }
    return try PositionEffect(residuals, rounding: 1e-13 * largest, by: line)
  }
}

/// The ranks from 1, those as far as `rounding` above the least of them sharing the mean of theirs.
private func midranks(_ values: [Double], rounding: Double) -> [Double] {
  let order = values.indices.sorted { values[$0] < values[$1] }
  var ranks = [Double](repeating: 0, count: values.count)
  var start = 0
  while start < order.count {
    let least = values[order[start]]
    let end = order[start...].firstIndex { values[$0] - least > rounding } ?? order.count
    for index in order[start..<end] { ranks[index] = Double(start + 1 + end) / 2 }
    start = end
  }
  return ranks
}
