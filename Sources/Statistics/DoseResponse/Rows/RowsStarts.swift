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

  /// The minima of the curve over groups of doses, lowest first, and those over finer groups about
  /// where the lowest of them turns.
  var minima: [CurveScan.Minimum] {
    let coarse = minima(equalGroups(0..<means.count, Self.groups))
    guard means.count > Self.groups, let best = coarse.first,
      let place = curve.form.nonlinear.firstIndex(where: {
        [.location, .ed50, .scale].contains($0)
      })
    else { return coarse }
    let turn = best.box.nonlinear(best.end.coordinates)[place]
    let middle = means.firstIndex { $0.dose >= turn } ?? means.count
    let reach = 2 * (means.count / Self.groups + 1)
    let near = max(0, middle - reach)..<min(means.count, middle + reach)
    let fine =
      equalGroups(0..<near.lowerBound, Self.groups / 2)
      + equalGroups(near, Self.groups / 2)
      + equalGroups(near.upperBound..<means.count, Self.groups / 2)
    return (coarse + minima(fine)).sorted { $0.end.sumOfSquares < $1.end.sumOfSquares }
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
