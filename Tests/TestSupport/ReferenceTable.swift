public import Foundation
public import Testing

/// The root of the repository, found from this file's own place.
public let repositoryRoot = URL(filePath: #filePath)
  .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

/// The rows of `Datasets/References/<folder>/<name>.csv`, whose first line names the columns.
///
/// Lines that begin with `#` say where the values come from. Fields hold no commas or quotes.
public func referenceTable(_ folder: String, _ name: String) throws -> [ReferenceRow] {
  try datasetTable("References/\(folder)", name)
}

/// The rows of `Datasets/<folder>/<name>.csv`, in the same form.
public func datasetTable(_ folder: String, _ name: String) throws -> [ReferenceRow] {
  let url = repositoryRoot.appending(path: "Datasets/\(folder)/\(name).csv")
  let text = try String(contentsOf: url, encoding: .utf8)
  var header: [String]?
  var rows: [ReferenceRow] = []
  for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
    guard !line.isEmpty, !line.hasPrefix("#") else { continue }
    let fields = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    guard let header else {
      header = fields
      continue
    }
    guard fields.count == header.count else {
      throw ReferenceTableError.wrongFieldCount(file: name, line: index + 1)
    }
    rows.append(
      ReferenceRow(
        file: name, line: index + 1,
        fields: Dictionary(uniqueKeysWithValues: zip(header, fields))))
  }
  return rows
}

/// A reference table that cannot be read as one.
public enum ReferenceTableError: Error {
  case wrongFieldCount(file: String, line: Int)
}

/// One line of a reference table.
public struct ReferenceRow: Sendable, CustomTestStringConvertible {
  public let file: String
  public let line: Int
  let fields: [String: String]

  /// The text under `column`; a column that does not exist is a mistake of the test.
  public subscript(column: String) -> String {
    guard let text = fields[column] else { preconditionFailure("\(file): no column \(column)") }
    return text
  }

  /// The number under `column`, correctly rounded from its decimal digits.
  public func double(_ column: String) -> Double {
    guard let value = Double(self[column]) else {
      preconditionFailure("\(file):\(line): \(column) is not a number: \(self[column])")
    }
    return value
  }

  /// The integer under `column`.
  public func int(_ column: String) -> Int {
    guard let value = Int(self[column]) else {
      preconditionFailure("\(file):\(line): \(column) is not an integer: \(self[column])")
    }
    return value
  }

  public var testDescription: String {
    "\(file):\(line) "
      + fields.sorted { $0.key < $1.key }.map { "\($0)=\($1)" }.joined(separator: " ")
  }
}
