/// Rows at equal distances, from which it is told how all may be summarised.
struct RowsSample {
  /// Their doses, in increasing order.
  let doses: [Double]
  /// The mean of their responses.
  let meanResponse: Double

  init(_ rows: DoseRows, limit: Int = 4096) {
    let count = min(limit, rows.count)
    let chosen = (0..<count).map { k in
      count == rows.count ? k : Int(Double(k) * Double(rows.count - 1) / Double(count - 1))
    }.filter { !rows.isMissing($0) }
    doses = chosen.map { rows.doses[$0] }.filter(\.isFinite).sorted()
    meanResponse =
      chosen.isEmpty
      ? 0 : chosen.reduce(0) { $0 + rows.responses[$1] / Double(chosen.count) }
  }

  /// Whether most doses are far below the greatest, and none is negative.
  var isSkewed: Bool {
    guard let first = doses.first, let last = doses.last, first >= 0 else { return false }
    return doses[doses.count / 2] < last / 20
  }

  /// Whether so many doses come again that there may be few of them.
  var hasRepeats: Bool {
    var distinct = 0
    for k in doses.indices where k == 0 || doses[k] != doses[k - 1] { distinct += 1 }
    return 2 * distinct <= doses.count
  }
}
