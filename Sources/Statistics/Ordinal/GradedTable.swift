/// Subjects by group and grade: a row a group, a column a grade, from the lowest to the highest.
public struct GradedTable: Hashable, Sendable {
  public let counts: [[Int]]

  /// - Returns: `nil` unless there are two groups or more of equally many grades, two or more, with
  ///   no negative count and at least one subject in each group.
  public init?(_ counts: [[Int]]) {
    let isValid = counts.allSatisfy { group in
      group.count == counts[0].count && group.allSatisfy { $0 >= 0 } && group.contains { $0 > 0 }
    }
    guard counts.count >= 2, isValid, counts[0].count >= 2 else { return nil }
    self.counts = counts
  }

  private init(unchecked counts: [[Int]]) {
    self.counts = counts
  }

  /// The subjects of each group.
  public var groupTotals: [Int] { counts.map { $0.reduce(0, +) } }

  /// The subjects of each grade.
  public var gradeTotals: [Int] {
    counts[0].indices.map { grade in counts.reduce(0) { $0 + $1[grade] } }
  }

  public var total: Int { groupTotals.reduce(0, +) }

  /// The table of two of the groups: first `reference`, then `treatment`.
  public func pair(treatment: Int, reference: Int) -> GradedTable {
    precondition(treatment != reference, "group \(treatment) against itself")
    return GradedTable(unchecked: [counts[reference], counts[treatment]])
  }
}
