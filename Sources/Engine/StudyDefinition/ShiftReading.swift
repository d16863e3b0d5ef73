import JSON
import Ordinal

extension AgreementAnalysis {
  /// Reads the keys of an agreement analysis.
  static func read(_ reader: inout ObjectReader) -> AgreementAnalysis? {
    let outcome = reader.optional("outcome") { $0.text() } ?? ""
    let categories = reader.required("categories") { $0.categories() }
    let table = reader.required("table") { $0.squareTable(categories) }
    let methods = reader.required("methods") {
      $0.choices(of: AgreementMethod.self, what: "a measure of agreement")
    }
    guard let categories, let table, let methods else { return nil }
    return AgreementAnalysis(
      outcome: outcome, categories: categories, table: table, methods: methods)
  }
}

extension ShiftAnalysis {
  /// Reads the keys of a shift analysis: a table, or what is known of its margins.
  static func read(_ reader: inout ObjectReader) -> ShiftAnalysis? {
    let outcome = reader.optional("outcome") { $0.text() } ?? ""
    let categories = reader.required("categories") { $0.categories() }
    let table = reader.optional("table") { $0.squareTable(categories) }
    let baseline = reader.optional("baselineTotals") { $0.gradeCounts(categories) }
    let worst = reader.optional("worstTotals") { $0.gradeCounts(categories) }
    let changes = reader.optional("changes") { $0.changes(categories) }
    let methods = reader.required("methods") {
      $0.choices(of: ShiftMethod.self, what: "a test of a shift")
    }
    let isComplete = checkChoice(reader)
    guard let categories, let methods, isComplete else { return nil }
    let observation: Observation
    if let table {
      observation = .table(table)
    } else if let baseline, let worst, changes != nil || !reader.has("changes"),
      let margins = reader.margins(baseline, worst, changes ?? [:])
    {
      observation = .margins(margins)
    } else {
      return nil
    }
    return ShiftAnalysis(
      outcome: outcome, categories: categories, observation: observation, methods: methods)
  }

  /// Whether there is a table or both margins, and not both; a fault otherwise.
  private static func checkChoice(_ reader: ObjectReader) -> Bool {
    let given = ["baselineTotals", "worstTotals", "changes"].filter { reader.has($0) }
    if reader.has("table") {
      for key in given {
        reader[key]?.report(found: "\"\(key)\" beside \"table\"", expected: "one of the two")
      }
      return given.isEmpty
    }
    guard reader.has("baselineTotals"), reader.has("worstTotals") else {
      reader.element.report(
        found: given.isEmpty ? "none of them" : "\(listed(given)) alone",
        expected: "\"table\", or \"baselineTotals\" and \"worstTotals\"")
      return false
    }
    return true
  }
}

extension ObjectReader {
  /// The margins of a shift table; a fault where they differ in subjects.
  fileprivate func margins(
    _ baseline: [Int], _ worst: [Int], _ changes: [Int: Int]
  ) -> ShiftMargins? {
    let subjects = baseline.reduce(0, +)
    guard subjects == worst.reduce(0, +) else {
      return self["worstTotals"]?.fault(
        found: "\(worst.reduce(0, +)) subjects", expected: "the \(subjects) of the baseline")
    }
    guard subjects > 0 else {
      return self["baselineTotals"]?.fault(found: "no subjects", expected: "at least one subject")
    }
    return ShiftMargins(baseline: baseline, worst: worst, changes: changes)
  }
}

extension Element {
  /// As many rows as categories, each of as many counts, with at least one subject.
  fileprivate func squareTable(_ categories: [String]?) -> SquareTable? {
    let rows = list(expected: "an array of arrays") { $0.gradeCounts(categories) }
    checkCount(of: elementCount, categories)
    guard let rows, rows.count == elementCount, rows.count == categories?.count else { return nil }
    return SquareTable(rows) ?? fault(found: "no subjects", expected: "at least one subject")
  }

  /// Numbers of subjects by the change of their grade, such as `"-1"`.
  fileprivate func changes(_ categories: [String]?) -> [Int: Int]? {
    guard let members = members() else { return nil }
    let reach = (categories?.count ?? .max) - 1
    let changes = members.compactMap { key, value -> (Int, Int)? in
      guard let change = Int(key), String(change) == key, abs(change) <= reach else {
        return value.fault(
          found: "the change \(quoted(key))",
          expected: "a change of grade: an integer from -\(reach) to \(reach)")
      }
      return value.count().map { (change, $0) }
    }
    guard changes.count == members.count else { return nil }
    return Dictionary(uniqueKeysWithValues: changes)
  }
}
