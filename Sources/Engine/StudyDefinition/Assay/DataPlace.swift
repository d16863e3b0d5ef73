/// Where values that belong together stand: in an object of the study, or in a row of a file.
enum DataPlace {
  case object(Element)
  case row(Int, of: DataTable)

  /// Records that what stands under `key` is not what it should be.
  func report(_ key: String, found: String? = nil, expected: String) {
    switch self {
    case .object(let element):
      (element.member(key) ?? element).report(
        found: found ?? element.member(key)?.description ?? "no key \(quoted(key))",
        expected: expected)
    case .row(let row, let table):
      table.report(key, row: row, found: found, expected: expected)
    }
  }
}
