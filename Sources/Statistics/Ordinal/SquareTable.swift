/// Subjects by two gradings on one scale: rows the first, columns the second.
///
/// The gradings are two readers', or those at baseline and the worst after it.
public struct SquareTable: Hashable, Sendable {
  public let counts: [[Int]]

  /// - Returns: `nil` unless there are as many rows as columns, two or more, with no negative count
  ///   and at least one subject.
  public init?(_ counts: [[Int]]) {
    let isSquare = counts.count >= 2 && counts.allSatisfy { $0.count == counts.count }
    guard isSquare, counts.joined().allSatisfy({ $0 >= 0 }),
      counts.joined().contains(where: { $0 > 0 })
    else { return nil }
    self.counts = counts
  }

  public var size: Int { counts.count }

  public var total: Int { counts.joined().reduce(0, +) }

  public var rowTotals: [Int] { counts.map { $0.reduce(0, +) } }

  public var columnTotals: [Int] {
    counts.indices.map { column in counts.reduce(0) { $0 + $1[column] } }
  }
}
