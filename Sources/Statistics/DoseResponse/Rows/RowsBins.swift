import CFitKernels
import Glibc

/// The moments of rows by intervals of dose.
///
/// In an interval that is narrow beside the curve two doses with weights and mean responses stand for
/// all its rows: the nodes of Gauss's rule, exact for Σ w tᵏ up to k = 3 and Σ w y tᵏ up to k = 1.
struct RowsBins {
  private let bins: rows_bins
  /// By intervals, then of dose 0, then of what is beyond.
  private let moments: [Double]
  private static let width = Int(ROWS_MOMENTS)

  /// Which intervals, from the extreme of some doses in increasing order.
  enum Intervals {
    /// Those of the numbers themselves, two octaves beyond.
    case octaves([Double])
    /// Equal ones, a tenth of the range beyond.
    case widths([Double])

    fileprivate func bins(response: Double) -> rows_bins {
      switch self {
      case .octaves(let doses):
        let positive = doses.filter { $0 > 0 }
        let first = Int((positive.first ?? 1).bitPattern >> 46)
        let last = Int((positive.last ?? 1).bitPattern >> 46)
        let start = max(0, first - 2 << 6)
        return rows_bins(
          is_by_octave: 1, first: start, origin: 0, scale: 1,
          count: min(0x1ffbf, last + 2 << 6) - start + 1, response: response)
      case .widths(let doses):
        let (first, last) = (doses.first ?? 0, doses.last ?? 0)
        let range = last > first ? last - first : max(abs(first), 1)
        return rows_bins(
          is_by_octave: 0, first: 0, origin: first - 0.1 * range, scale: 4096 / (1.2 * range),
          count: 4096, response: response)
      }
    }
  }

  init(
    _ rows: DoseRows, _ intervals: Intervals, _ response: Double, _ instructions: FitInstructions,
    _ spread: RowsSpread
  ) {
    let bins = intervals.bins(response: response)
    let size = (bins.count + 2) * Self.width
    let parts = RowsParts(rows, limit: 16)
    // Each part has places of its own.
    nonisolated(unsafe) let table = UnsafeMutableBufferPointer<Double>.allocate(
      capacity: parts.count * size)
    defer { table.deallocate() }
    table.initialize(repeating: 0)
    spread(parts.count) { part in
      withUnsafePointer(to: bins) { bins in
        withUnsafePointer(to: parts[part]) { data in
          rows_bin(instructions.rawValue, data, bins, table.baseAddress! + part * size)
        }
      }
    }
    var moments = [Double](repeating: 0, count: size)
    for part in 0..<parts.count {
      for k in 0..<size { moments[k] += table[part * size + k] }
    }
    self.bins = bins
    self.moments = moments
  }

  private func moment(_ bin: Int, _ k: Int) -> Double { moments[bin * Self.width + k] }

  /// The number of rows that are in no interval.
  var beyond: Int { Int(moment(bins.count + 1, 7)) }

  /// ‖√w y‖.
  var responseNorm: Double {
    (0...bins.count + 1).reduce(0) { sum, bin in
      let (w, y) = (moment(bin, 0), bins.response)
      return sum + max(0, moment(bin, 6) + y * (2 * moment(bin, 4) + y * w))
    }.squareRoot()
  }

  /// The dose in interval `bin` at t.
  private func dose(_ bin: Int, _ t: Double) -> Double {
    guard bins.is_by_octave != 0 else {
      return bins.origin + (Double(bin) + 0.5 + t) / bins.scale
    }
    let start = Double(bitPattern: UInt64(bins.first + bin) << 46)
    let end = Double(bitPattern: UInt64(bins.first + bin + 1) << 46)
    return start + (end - start) * (t + 0.5)
  }

  /// The nodes as means at their doses; the rest of Σ w y² counts as pure error.
  ///
  /// `nil` without rows.
  var data: CurveData? {
    var means: [CurveData.DoseMean] = []
    var pureError = 0.0
    for bin in [bins.count] + (0..<bins.count) where moment(bin, 7) > 0 {
      let count = Int(moment(bin, 7))
      let nodes = nodes(bin)
      for (k, node) in nodes.enumerated() {
        means.append(
          CurveData.DoseMean(
            dose: bin == bins.count ? 0 : dose(bin, node.t), plate: 0,
            mean: bins.response + node.response, weight: node.weight, count: k == 0 ? count : 0))
      }
      pureError += nodes.reduce(moment(bin, 6)) { $0 - $1.weight * $1.response * $1.response }
    }
    guard !means.isEmpty else { return nil }
    return CurveData(means: means, pureErrorSumOfSquares: max(0, pureError))
  }

  /// Σ w (t − μ)ᵏ is that of two nodes, where s² − (m₃/m₂) s − m₂ = 0.
  private func nodes(_ bin: Int) -> [(t: Double, weight: Double, response: Double)] {
    let w = moment(bin, 0)
    let (first, second, third) = (moment(bin, 1) / w, moment(bin, 2) / w, moment(bin, 3) / w)
    let variance = second - first * first
    let response = moment(bin, 4) / w
    guard variance > 1e-12 else { return [(first, w, response)] }
    let skew = (third - first * (3 * second - 2 * first * first)) / variance
    let root = (skew * skew + 4 * variance).squareRoot()
    let (low, high) = ((skew - root) / 2, (skew + root) / 2)
    let slope = (moment(bin, 5) / w - first * response) / variance
    return [
      (first + low, w * high / root, response + slope * low),
      (first + high, w * -low / root, response + slope * high),
    ]
  }
}
