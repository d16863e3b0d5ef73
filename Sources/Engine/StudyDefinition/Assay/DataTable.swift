import JSON
import Tables

/// A table of data that the study names, with the headers of its columns.
struct DataTable {
  let table: CSVTable
  let path: String
  /// Where the study gives the path.
  let place: Element
  /// The header of each column that the file has, by the name that the contract gives it.
  let headers: [String: String]
  let origin: DataOrigin

  /// Reads `{path | dataset, columns?}`.
  ///
  /// `names` are those that columns may have, and `required` those that may not be missing.
  init?(_ element: Element, names: [String], required: [String], _ context: DataContext) {
    guard var reader = ObjectReader(element, expected: "an object with \"path\" or \"dataset\"")
    else { return nil }
    let source = reader.either("path", "dataset")
    let columns = reader.element("columns")
    reader.finish()
    let file: NamedFile?
    switch source {
    case .first(let path)?: file = path.csvFile()
    case .second(let dataset)?: file = dataset.csvDataset(context)
    case nil: return nil
    }
    guard let file, let table = context.files.table(at: file.place, path: file.path) else {
      _ = columns?.headers(names, of: nil)
      return nil
    }
    let renamed = columns.map { $0.headers(names, of: table) } ?? [:]
    guard let renamed else { return nil }
    self.table = table
    (self.path, place) = (file.path, file.place)
    let claimed = Set(renamed.values)
    headers = names.reduce(into: [:]) { headers, name in
      let own = table.columnNames.contains(name) && !claimed.contains(name) ? name : nil
      headers[name] = renamed[name] ?? own
    }
    origin = DataOrigin(ranges: file.ranges, files: [file.path])
    let missing = required.filter { headers[$0] == nil }
    for name in missing {
      file.place.report(
        found: "\(quoted(file.path)) without the column \(quoted(name))",
        expected: "that column, or its header under \"columns\"",
        suggestion: nearestSpelling(to: name, among: table.columnNames))
    }
    guard missing.isEmpty else { return nil }
  }

  var rowCount: Int { table.rowCount }

  /// Records that the cell of a row is not what it should be.
  func report(
    _ name: String, row: Int, found: String? = nil, expected: String, suggestion: String? = nil
  ) {
    let text = headers[name].flatMap { try? table.string($0, ofRow: row) }
    place.report(
      found: place.cell(
        found ?? text.map(quoted) ?? "nothing", line: table.line(ofRow: row),
        column: headers[name] ?? name, of: path),
      expected: expected, suggestion: suggestion)
  }

  /// The numbers of a column, `nil` where a cell is empty or the file has no such column.
  ///
  /// The whole is `nil`, with a fault for each, where there are others.
  func numbers(
    _ name: String, _ isValid: (Double) -> Bool, expected: String
  ) -> [Double?]? {
    checked(name, expected: expected, isValid) { table, header throws(TableErrors) in
      try table.doubles(header)
    }
  }

  func integers(_ name: String, in range: ClosedRange<Int>) -> [Int?]? {
    let expected = "an integer from \(range.lowerBound) to \(range.upperBound)"
    return checked(name, expected: expected, range.contains) { table, header throws(TableErrors) in
      try table.integers(header)
    }
  }

  func texts(_ name: String) -> [String?] {
    guard let header = headers[name], let texts = try? table.strings(header) else {
      return Array(repeating: nil, count: rowCount)
    }
    return texts
  }

  /// What `read` makes of the texts of a column; it records a fault of its own where it fails.
  func values<Value>(_ name: String, _ read: (_ text: String, _ row: Int) -> Value?) -> [Value?]? {
    let texts = texts(name)
    let values = texts.enumerated().map { row, text in text.flatMap { read($0, row) } }
    let isSound = zip(texts, values).allSatisfy { ($0 == nil) == ($1 == nil) }
    return isSound ? values : nil
  }

  private func checked<Value>(
    _ name: String, expected: String, _ isValid: (Value) -> Bool,
    _ column: (CSVTable, String) throws(TableErrors) -> [Value?]
  ) -> [Value?]? {
    guard let header = headers[name] else { return Array(repeating: nil, count: rowCount) }
    do throws(TableErrors) {
      let values = try column(table, header)
      let faulty = values.indices.filter { values[$0].map { !isValid($0) } ?? false }
      for row in faulty { report(name, row: row, expected: expected) }
      return faulty.isEmpty ? values : nil
    } catch {
      for error in error.errors { place.report(error, in: path) }
      return nil
    }
  }
}

/// What names of data can refer to.
struct DataContext {
  let datasets: NamedList<Dataset>
  let files: DataFiles
}

/// A file of comma-separated values that the study names.
private struct NamedFile {
  let path: String
  let place: Element
  /// The bytes of the study that define it elsewhere than where it is named.
  var ranges: [Range<Int>] = []
}

extension Element {
  fileprivate func csvFile() -> NamedFile? {
    guard let path = text() else { return nil }
    guard ending(of: path) == "csv" else {
      return fault(expected: "the path of a csv file (others as a dataset with its \"format\")")
    }
    return NamedFile(path: path, place: self)
  }

  fileprivate func csvDataset(_ context: DataContext) -> NamedFile? {
    let datasets = context.datasets
    let name = reference(
      to: "the name of a dataset", among: datasets.values.map(\.name),
      isComplete: datasets.isComplete)
    guard let dataset = datasets.values.first(where: { $0.name == name }) else { return nil }
    guard dataset.format == .csv else {
      return fault(
        found: "\(quoted(dataset.name)), a file in the format \(dataset.format.rawValue)",
        expected: "a csv file (npy is for `theriac fit`)")
    }
    return NamedFile(
      path: dataset.path, place: dataset.pathElement, ranges: [dataset.element.node.range])
  }

  /// Reads `columns`, from the contract's names to headers; those of `table`, where it is known.
  fileprivate func headers(_ names: [String], of table: CSVTable?) -> [String: String]? {
    guard var reader = ObjectReader(self) else { return nil }
    let faultsBefore = collector.faults.count
    var headers: [String: String] = [:]
    var seen: Set<String> = []
    for name in names {
      headers[name] = reader.optional(name) { element -> String? in
        guard let header = element.text() else { return nil }
        guard seen.insert(header).inserted else {
          return element.fault(found: "\(quoted(header)) again", expected: "each header once")
        }
        guard let table, !table.columnNames.contains(header) else { return header }
        return element.fault(
          found: "the header \(quoted(header))",
          expected: "a header of the file: one of \(listed(table.columnNames))",
          suggestion: nearestSpelling(to: header, among: table.columnNames))
      }
    }
    reader.finish()
    return collector.faults.count == faultsBefore ? headers : nil
  }
}
