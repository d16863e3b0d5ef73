/// How far two numbers lie apart.
public struct Distance: Hashable, Sendable {
  /// |a − b| / max(|a|, |b|); 0 where both are equal.
  public let relative: Double
  /// |a − b|.
  public let absolute: Double

  init(_ a: Double, _ b: Double) {
    absolute = abs(a - b)
    relative = a == b ? 0 : absolute / max(abs(a), abs(b))
  }
}

/// A row that differs: changed, or there in one of the two alone.
public struct RowChange: Sendable {
  public enum Kind: String, Sendable {
    case changed, added, removed
  }

  /// The folder of its study.
  public let study: String
  public let key: ResultsRow.Key
  /// What the row says in the first and in the second; `nil` where it does not stand.
  public let a: [String]?
  public let b: [String]?
  /// `nil` where not both are numbers.
  public let distance: Distance?

  public var kind: Kind { a == nil ? .added : b == nil ? .removed : .changed }

  /// The columns that differ in more than the tolerance.
  public let columns: [String]

  /// Whether there is a number in one of the two alone.
  var isNumberLostOrFound: Bool {
    guard let a, let b else { return false }
    return a[0].isEmpty != b[0].isEmpty
  }
}

extension RowChange {
  /// Those that are there in one alone.
  init(_ study: String, only row: ResultsRow, inSecond isInSecond: Bool) {
    self.init(
      study: study, key: row.key, a: isInSecond ? nil : row.contents,
      b: isInSecond ? row.contents : nil, distance: nil, columns: [])
  }

  /// `nil` where the rows say the same within `tolerance`.
  init?(_ study: String, _ a: ResultsRow, _ b: ResultsRow, _ tolerance: Tolerance) {
    let distance = a.number.flatMap { a in b.number.map { Distance(a, $0) } }
    let isSameNumber =
      if let x = a.number, let y = b.number {
        tolerance.allows(x, y)
      } else {
        a.contents[0] == b.contents[0]
      }
    let columns = ResultsRow.contentColumns.indices.filter { column in
      column == 0 ? !isSameNumber : a.contents[column] != b.contents[column]
    }
    guard !columns.isEmpty else { return nil }
    self.init(
      study: study, key: a.key, a: a.contents, b: b.contents, distance: distance,
      columns: columns.map { ResultsRow.contentColumns[$0] })
  }

  /// Whether it is the greater change: numbers lost or found come first, then the numbers by how far
  /// they moved, then changes of words alone.
  func isGreater(than other: RowChange) -> Bool {
    if isNumberLostOrFound != other.isNumberLostOrFound { return isNumberLostOrFound }
    let distances = (distance ?? Self.none, other.distance ?? Self.none)
    return (distances.0.relative, distances.0.absolute)
      > (distances.1.relative, distances.1.absolute)
  }

  private static let none = Distance(0, 0)
}
