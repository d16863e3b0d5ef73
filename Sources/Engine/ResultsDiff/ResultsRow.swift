/// A row of `ard.csv` as text: what it is about, and what it says.
public struct ResultsRow: Hashable, Sendable {
  /// What tells a row from the others of its study.
  public struct Key: Hashable, Sendable {
    /// In the order of ``keyColumns``.
    public let fields: [String]
    /// How many rows before it have the same fields.
    public let occurrence: Int

    /// The field of `column`, one of ``keyColumns``.
    subscript(column: String) -> String {
      guard let index = ResultsRow.keyColumns.firstIndex(of: column) else {
        preconditionFailure("no key \(column)")
      }
      return fields[index]
    }
  }

  public let key: Key
  /// In the order of ``contentColumns``.
  public let contents: [String]

  public static let keyColumns = [
    "analysis_id", "kind", "group1", "group1_level", "group2", "group2_level", "group3",
    "group3_level", "variable", "variable_level", "measure", "method", "stat_name",
  ]

  /// The number comes first.
  public static let contentColumns = ["stat", "stat_label", "unit", "status", "warning", "error"]

  /// The number, where there is one.
  var number: Double? { Double(contents[0]) }
}
