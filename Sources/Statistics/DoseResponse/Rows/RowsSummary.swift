import CFitKernels
import Glibc
import Inference

/// Rows summarised by their doses, which takes one pass.
struct RowsSummary {
  /// As many means as doses, or as nodes.
  let data: CurveData
  /// Whether the doses are those of the rows.
  let isExact: Bool
  /// ‖√w y‖.
  let responseNorm: Double
  /// The passes it took.
  let passes: Int

  /// - Throws: `NotEstimable` if no row counts or a dose is not one of the model's.
  init(
    _ rows: DoseRows, _ form: CurveForm, _ instructions: FitInstructions, _ spread: RowsSpread
  ) throws(NotEstimable) {
    let isLogDose: Bool
    if case .sigmoid(let sigmoid) = form {
      isLogDose = sigmoid.isLogDose
    } else {
      isLogDose = false
    }
    let sample = RowsSample(rows)
    var passes = 0
    if sample.hasRepeats || rows.count <= sample.doses.count {
      passes += 1
      if let groups = RowsGroups(rows, spread) {
        try self.init(groups, isLogDose: isLogDose, passes: passes)
        return
      }
    }
    func bins(_ doses: [Double]) -> RowsBins {
      passes += 1
      let isByOctave = isLogDose || sample.isSkewed && (doses.first ?? 0) >= 0
      return RowsBins(
        rows, isByOctave ? .octaves(doses) : .widths(doses), sample.meanResponse, instructions,
        spread)
    }
    var binned = bins(sample.doses)
    if binned.beyond > 0 {
      passes += 1
      binned = bins(try RowsExtent(rows, isLogDose: isLogDose).ends)
    }
    guard let data = binned.data else { throw NotEstimable("no response") }
    self.init(data, isExact: false, responseNorm: binned.responseNorm, passes: passes)
  }

  private init(_ data: CurveData, isExact: Bool, responseNorm: Double, passes: Int) {
    self.data = data
    self.isExact = isExact
    self.responseNorm = responseNorm
    self.passes = passes
  }

  private init(_ groups: RowsGroups, isLogDose: Bool, passes: Int) throws(NotEstimable) {
    guard let data = groups.data else { throw NotEstimable("no response") }
    guard data.means.allSatisfy(\.dose.isFinite) else { throw NotEstimable("a dose is not finite") }
    guard !isLogDose || data.means[0].dose >= 0 else { throw NotEstimable("a dose is negative") }
    let squares = data.means.reduce(data.pureErrorSumOfSquares) {
      $0 + $1.weight * $1.mean * $1.mean
    }
    self.init(data, isExact: true, responseNorm: squares.squareRoot(), passes: passes)
  }
}

/// The extent of the doses of the rows that count.
private struct RowsExtent {
  /// The least dose, the least above 0 and the greatest, as far as there are such.
  let ends: [Double]

  /// - Throws: `NotEstimable` if a dose is not finite, or negative where its logarithm is taken.
  init(_ rows: DoseRows, isLogDose: Bool) throws(NotEstimable) {
    var extent = rows_extent(
      least: .infinity, greatest: -.infinity, least_positive: .infinity, is_finite: 1)
    let parts = RowsParts(rows)
    for part in 0..<parts.count {
      withUnsafePointer(to: parts[part]) { rows_extend($0, &extent) }
    }
    guard extent.is_finite != 0 else { throw NotEstimable("a dose is not finite") }
    guard !isLogDose || extent.least >= 0 else { throw NotEstimable("a dose is negative") }
    ends = [extent.least, extent.least_positive, extent.greatest].filter(\.isFinite)
  }
}
