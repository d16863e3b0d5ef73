import Results

/// The columns of a series of an analysis, found by their names.
struct SeriesColumns {
  let count: Int
  private let columns: [String: Series.Column.Values]

  /// `nil` where the analysis has no such series.
  init?(_ name: String, of analysis: AnalysisResult) {
    guard let series = analysis.series.first(where: { $0.name == name }) else { return nil }
    columns = Dictionary(series.columns.map { ($0.name, $0.values) }) { first, _ in first }
    count = series.columns.map(\.values.count).min() ?? 0
  }

  /// The texts of a column; empty ones where there is no such column.
  func texts(_ name: String) -> [String] {
    guard case .texts(let texts) = columns[name] else {
      return [String](repeating: "", count: count)
    }
    return Array(texts.prefix(count))
  }

  /// The finite numbers of a column; `nil` where there is none.
  func numbers(_ name: String) -> [Double?] {
    guard case .numbers(let numbers) = columns[name] else {
      return [Double?](repeating: nil, count: count)
    }
    return numbers.prefix(count).map { number in number.flatMap { $0.isFinite ? $0 : nil } }
  }
}

extension Series.Column.Values {
  fileprivate var count: Int {
    switch self {
    case .numbers(let numbers): numbers.count
    case .texts(let texts): texts.count
    }
  }
}
