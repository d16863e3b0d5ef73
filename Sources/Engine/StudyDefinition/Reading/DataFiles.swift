import Tables

/// The files of data met while one document is read, each read once.
final class DataFiles {
  private let load: FileLoader
  private var tables: [String: Result<CSVTable, TableErrors>] = [:]
  private var failures: [String: UnreadableFile] = [:]
  private(set) var read: [DataFile] = []

  init(_ load: @escaping FileLoader) {
    self.load = load
  }

  /// The paths of the files that cannot be read.
  var unreadable: [String] { failures.keys.sorted() }

  /// The table in the file whose path stands at `element`; `nil`, with all its faults, where there
  /// is none.
  func table(at element: Element, path: String) -> CSVTable? {
    if let failure = failure(of: path) {
      return element.fault(
        found: "\(quoted(path)), which cannot be read: \(failure.reason)",
        expected: "a file, named relative to the study file")
    }
    switch tables[path] {
    case .success(let table): return table
    case .failure(let errors):
      for error in errors.errors { element.report(error, in: path) }
      return nil
    case nil: preconditionFailure("\(path) was neither read nor refused")
    }
  }

  /// Reads the file where that was not tried before.
  private func failure(of path: String) -> UnreadableFile? {
    guard tables[path] == nil, failures[path] == nil else { return failures[path] }
    do throws(UnreadableFile) {
      let file = DataFile(path: path, bytes: try load(path))
      read.append(file)
      tables[path] = Result { () throws(TableErrors) in try CSVTable(file.bytes) }
    } catch {
      failures[path] = error
    }
    return failures[path]
  }
}

extension Element {
  /// Records that the file named here is not what it should be.
  func report(_ error: TableError, in path: String) {
    switch error {
    case .wrongValue(let line, let column, let found, let type):
      report(
        found: cell(quoted(found), line: line, column: column, of: path), expected: "\(type)")
    default:
      report(
        found: "\(quoted(path)), \(error)", expected: "comma-separated values under a header")
    }
  }

  /// The text of a cell with its place, for a message.
  func cell(_ text: String, line: Int, column: String, of path: String) -> String {
    "\(text) in \(quoted(path)), line \(line), column \(quoted(column))"
  }
}
