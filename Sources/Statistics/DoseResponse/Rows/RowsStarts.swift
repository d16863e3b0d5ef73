/// Where descents over rows may start, from a summary of them.
struct RowsStarts {
  private let curve: ResponseCurve
  private let bounds: [CurveParameter: ClosedRange<Double>]
  private let means: [CurveData.DoseMean]
  /// The number of groups of doses that are looked at.
  private static let groups = 48

  init(
    _ curve: ResponseCurve, _ data: CurveData, bounds: [CurveParameter: ClosedRange<Double>]
  ) {
    self.curve = curve
    self.bounds = bounds
    means = data.means
  }

  /// The distinct minima of the curve over groups of doses, lowest first; where the lowest turns within
  /// few of them, also those over finer groups there.
  var minima: [CurveScan.Minimum] {
    let coarse = minima(equalGroups(0..<means.count, Self.groups))
    guard means.count > Self.groups, let best = coarse.first, let middle = turn(best) else {
      return distinct(coarse)
    }
    let reach = 2 * (means.count / Self.groups + 1)
    let near = max(0, middle - reach)..<min(means.count, middle + reach)
    let fine =
      equalGroups(0..<near.lowerBound, Self.groups / 2)
      + equalGroups(near, Self.groups / 2)
      + equalGroups(near.upperBound..<means.count, Self.groups / 2)
    return distinct((coarse + minima(fine)).sorted { $0.end.sumOfSquares < $1.end.sumOfSquares })
  }

  /// The place among the means where a curve turns that is steep beside the groups.
  private func turn(_ minimum: CurveScan.Minimum) -> Int? {
    guard case .sigmoid(let sigmoid) = curve.form else { return nil }
    let nonlinear = minimum.box.nonlinear(minimum.end.coordinates)
    let positions = minimum.box.positions
    let width = (positions[positions.count - 1] - positions[0]) / Double(Self.groups)
    guard abs(sigmoid.signedSlope(nonlinear)) * width > 0.5 else { return nil }
    let location = sigmoid.location(nonlinear)
    return means.firstIndex { $0.dose >= location } ?? means.count
  }

  /// Of descents that ended in one minimum the first.
  private func distinct(_ minima: [CurveScan.Minimum]) -> [CurveScan.Minimum] {
    var kept: [CurveScan.Minimum] = []
    for minimum in minima {
      let last = kept.last?.end.sumOfSquares ?? -1
      if minimum.end.sumOfSquares > last * (1 + 1e-6) { kept.append(minimum) }
    }
    return kept
  }

  private func equalGroups(_ range: Range<Int>, _ limit: Int) -> [Range<Int>] {
    let count = min(range.count, limit)
    return (0..<count).map { k in
      (range.lowerBound + k * range.count / count)..<(range.lowerBound + (k + 1) * range.count
        / count)
    }
  }

  private func minima(_ groups: [Range<Int>]) -> [CurveScan.Minimum] {
    let weights = groups.map { group in group.reduce(0) { $0 + means[$1].weight } }
    func averages(_ value: (CurveData.DoseMean) -> Double) -> [Double] {
      zip(groups, weights).map { group, weight in
        group.reduce(0) { $0 + value(means[$1]) * (means[$1].weight / weight) }
      }
    }
    let scan = CurveScan(
      curve, doses: averages(\.dose), weights: weights, bounds: bounds)
    return scan.minima(averages(\.mean), .brisk)
      .sorted { $0.end.sumOfSquares < $1.end.sumOfSquares }
  }
}
