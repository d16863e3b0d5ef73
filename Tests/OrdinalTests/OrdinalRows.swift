import Inference
import Ordinal
import TestSupport
import Testing

extension ReferenceRow {
  /// The counts of a field like `3 0 1;2 2 4`.
  var counts: [[Int]] {
    self["table"].split(separator: ";").map { row in
      row.split(separator: " ").compactMap { Int($0) }
    }
  }

  /// The relative error of `value`; an empty field says that there is none.
  func error(_ value: Double?, _ column: String) -> Double {
    guard let value else { return self[column].isEmpty ? 0 : .infinity }
    return self[column].isEmpty ? .infinity : relativeError(value, double(column))
  }
}

/// The worst error so far of each of several methods, to be printed.
struct WorstByName {
  private var errors: [String: (error: Double, row: String)] = [:]

  mutating func note(_ error: Double, _ name: String, _ row: ReferenceRow) {
    if error >= errors[name]?.error ?? 0 { errors[name] = (error, row.testDescription) }
  }

  func report() {
    for (name, worst) in errors.sorted(by: { $0.key < $1.key }) {
      print("worst relative error, \(name): \(worst.error) \(worst.row)")
    }
  }
}

extension GradedTable {
  /// A table of random counts, of which one in three is 0.
  static func random(
    groups: Int, grades: Int, upTo largest: Int, using stream: inout some RandomNumberGenerator
  ) -> GradedTable {
    while true {
      let counts = (0..<groups).map { _ in
        (0..<grades).map { _ in
          Int.random(in: 0..<3, using: &stream) == 0
            ? 0 : Int.random(in: 0...largest, using: &stream)
        }
      }
      if let table = GradedTable(counts) { return table }
    }
  }
}

extension SquareTable {
  static func random(
    size: Int, upTo largest: Int, using stream: inout some RandomNumberGenerator
  ) -> SquareTable {
    while true {
      let counts = (0..<size).map { _ in
        (0..<size).map { _ in
          Int.random(in: 0..<3, using: &stream) == 0
            ? 0 : Int.random(in: 0...largest, using: &stream)
        }
      }
      if let table = SquareTable(counts) { return table }
    }
  }
}
