public import Ordinal

/// Whether the risk of an event depends on a score of the groups, such as their dose.
public struct TrendAnalysis: Sendable {
  /// What was observed; empty where the study does not say.
  public let outcome: String
  /// The groups' names, in the order of ``table``.
  public let labels: [String]
  public let table: TrendTable
  public let methods: [TrendMethod]
}

/// Graded outcomes compared between groups.
public struct OrdinalAnalysis: Sendable {
  public let outcome: String
  /// The grades, from the lowest to the highest.
  public let categories: [String]
  /// The grades' scores, for the methods that take them.
  public let categoryScores: [Double]
  public let labels: [String]
  public let groupScores: [Double]
  /// The group that others are compared with, by its place.
  public let reference: Int
  public let table: GradedTable
  public let methods: [OrdinalMethod]
}

/// How far two readings of the same subjects agree.
public struct AgreementAnalysis: Sendable {
  public let outcome: String
  public let categories: [String]
  /// Rows are the first reading, columns the second.
  public let table: SquareTable
  public let methods: [AgreementMethod]
}

/// How the grades of the same subjects shifted from baseline to the worst after it.
public struct ShiftAnalysis: Sendable {
  public enum Observation: Sendable {
    /// Rows are the grades at baseline, columns the worst ones.
    case table(SquareTable)
    /// Only margins were published.
    case margins(ShiftMargins)
  }

  public let outcome: String
  public let categories: [String]
  public let observation: Observation
  public let methods: [ShiftMethod]
}
