import JSON

/// What can be known of a well; the raw value is its key, and by default the header of its column.
enum WellColumn: String, CaseIterable {
  case curve, dose, response, plate, row, column, role, compound, lot, weight, total

  /// Those of points that are not of an assay.
  static let ofPoints: [WellColumn] = [.dose, .response, .curve, .weight, .total]
}

/// Wells with the places where they stand.
struct ReadWells {
  var wells: [AssayWell] = []
  var places: [DataPlace] = []
  /// How many rows of the file have no response.
  var unmeasured = 0
  var origin = DataOrigin()

  /// Reads wells written into the study; `nil` where any is faulty.
  init?(list element: Element, _ columns: [WellColumn]) {
    guard let elements = element.elements() else { return nil }
    guard !elements.isEmpty else {
      element.report(expected: "at least one element")
      return nil
    }
    for element in elements {
      guard let well = element.well(columns) else { continue }
      add(well, at: .object(element))
    }
    guard wells.count == elements.count else { return nil }
  }

  /// Reads the wells of a file; `nil` where any is faulty.
  init?(file element: Element, _ columns: [WellColumn], _ context: DataContext) {
    let required: [WellColumn] = [.dose, .response]
    guard
      let table = DataTable(
        element, names: columns.map(\.rawValue), required: required.map(\.rawValue), context),
      let cells = WellCells(table)
    else { return nil }
    origin = table.origin
    for row in 0..<table.rowCount {
      guard let well = cells.well(row) else {
        unmeasured += 1
        continue
      }
      add(well, at: .row(row, of: table))
    }
    guard wells.count + unmeasured == table.rowCount else { return nil }
    guard !wells.isEmpty else {
      table.place.report(
        found: "\(quoted(table.path)) without a response", expected: "at least one")
      return nil
    }
  }

  private mutating func add(_ draft: WellDraft, at place: DataPlace) {
    guard let well = draft.well(at: place) else { return }
    wells.append(well)
    places.append(place)
  }

  /// Whether no place of a plate has two wells, each of which is a fault.
  func checkPlaces() -> Bool {
    var seen: Set<[String]> = []
    var isSound = true
    for (well, place) in zip(wells, places) {
      guard let row = well.row, let column = well.column else { continue }
      guard seen.insert([well.plate, "\(row)", "\(column)"]).inserted else {
        isSound = false
        place.report(
          "column", found: "row \(row), column \(column) of the plate \(quoted(well.plate)) again",
          expected: "each well once")
        continue
      }
    }
    return isSound
  }
}

/// A well as it is written.
private struct WellDraft {
  var plate: String?
  var row: Int?
  var column: Int?
  var role: Assay.Role?
  var dose: Double?
  var response: Double
  var compound: String?
  var lot: String?
  var curve: String?
  var weight: Double?
  var total: Int?

  /// `nil`, with a fault, where what it has does not go together.
  func well(at place: DataPlace) -> AssayWell? {
    let role = role ?? .sample
    let dose: Double? =
      switch role {
      case .sample, .positive: self.dose
      case .vehicle: 0
      case .blank: nil
      }
    if role == .sample, dose == nil {
      place.report("dose", expected: "the dose of a sample")
      return nil
    }
    guard (row == nil) == (column == nil) else {
      let missing = row == nil ? "row" : "column"
      place.report(
        missing, found: "a \(row == nil ? "column" : "row") without its \(missing)",
        expected: "both or neither")
      return nil
    }
    return AssayWell(
      plate: plate ?? "1", row: row, column: column, role: role, dose: dose, response: response,
      compound: compound, lot: lot, curve: curve, weight: weight, total: total)
  }
}

/// The largest number of a row or a column; no plate has as many.
let maximumPlateSide = 1000

/// The largest denominator of a count.
let maximumTotal = 1_000_000_000_000

extension Element {
  /// One well with the keys of `columns`; `nil`, with its faults, where it is faulty.
  fileprivate func well(_ columns: [WellColumn]) -> WellDraft? {
    guard var reader = ObjectReader(self) else { return nil }
    let faultsBefore = collector.faults.count
    func optional<Value>(_ column: WellColumn, _ read: (Element) -> Value?) -> Value? {
      columns.contains(column) ? reader.optional(column.rawValue, read) : nil
    }
    let response = reader.required(WellColumn.response.rawValue) { $0.finiteNumber() }
    let draft = WellDraft(
      plate: optional(.plate) { $0.text() }, row: optional(.row) { $0.plateRow() },
      column: optional(.column) {
        $0.integer(in: 1...maximumPlateSide, expected: "an integer from 1 to \(maximumPlateSide)")
      },
      role: optional(.role) { $0.choice(what: "the role of a well") },
      dose: optional(.dose) { $0.finiteNumber() }, response: response ?? 0,
      compound: optional(.compound) { $0.text() }, lot: optional(.lot) { $0.text() },
      curve: optional(.curve) { $0.text() }, weight: optional(.weight) { $0.wellWeight() },
      total: optional(.total) {
        $0.integer(in: 1...maximumTotal, expected: "an integer from 1 to \(maximumTotal)")
      })
    reader.finish()
    return collector.faults.count == faultsBefore ? draft : nil
  }

  private func plateRow() -> Int? {
    if case .string(let text) = node.value, let row = rowNumber(text) { return row }
    return integer(in: 1...maximumPlateSide, expected: expectedPlateRow)
  }

  private func wellWeight() -> Double? { number(isWeight, expected: expectedWeight) }
}

private func isWeight(_ weight: Double) -> Bool {
  weight >= 0 && weight <= finiteNumbers.upperBound
}
private let expectedWeight = "a number from 0 to 1e100"
private let expectedPlateRow =
  "a row: a letter or two from \"A\" to \"AF\", or an integer from 1 to \(maximumPlateSide)"

/// The number of the row with that name: 1 for A, 27 for AA, 32 for AF.
private func rowNumber(_ text: String) -> Int? {
  let letters = text.utf8.map { Int($0) - 64 }
  guard (1...2).contains(letters.count), letters.allSatisfy((1...26).contains) else { return nil }
  let row = letters.reduce(0) { 26 * $0 + $1 }
  return row <= 32 ? row : nil
}

/// The columns of a file of wells.
private struct WellCells {
  let plate: [String?]
  let row: [Int?]
  let column: [Int?]
  let role: [Assay.Role?]
  let dose: [Double?]
  let response: [Double?]
  let compound: [String?]
  let lot: [String?]
  let curve: [String?]
  let weight: [Double?]
  let total: [Int?]

  /// `nil`, with every faulty cell, where there is one.
  init?(_ table: DataTable) {
    let row = table.values(WellColumn.row.rawValue) { text, row -> Int? in
      if let number = rowNumber(text) { return number }
      if let number = Int(text), (1...maximumPlateSide).contains(number) { return number }
      table.report("row", row: row, expected: expectedPlateRow)
      return nil
    }
    let role = table.values(WellColumn.role.rawValue) { text, row -> Assay.Role? in
      if let role = Assay.Role(rawValue: text) { return role }
      let spellings = Assay.Role.allCases.map(\.rawValue)
      table.report(
        "role", row: row,
        expected: "the role of a well: one of \(listed(spellings))",
        suggestion: nearestSpelling(to: text, among: spellings))
      return nil
    }
    let column = table.integers("column", in: 1...maximumPlateSide)
    let dose = table.numbers("dose", finiteNumbers.contains, expected: expectedFiniteNumber)
    let response = table.numbers("response", finiteNumbers.contains, expected: expectedFiniteNumber)
    let weight = table.numbers("weight", isWeight, expected: expectedWeight)
    let total = table.integers("total", in: 1...maximumTotal)
    guard let row, let column, let role, let dose, let response, let weight, let total else {
      return nil
    }
    (self.row, self.column, self.role, self.dose) = (row, column, role, dose)
    (self.response, self.weight, self.total) = (response, weight, total)
    (plate, compound) = (table.texts("plate"), table.texts("compound"))
    (lot, curve) = (table.texts("lot"), table.texts("curve"))
  }

  /// `nil` where nothing was measured.
  func well(_ index: Int) -> WellDraft? {
    response[index].map { response in
      WellDraft(
        plate: plate[index], row: row[index], column: column[index], role: role[index],
        dose: dose[index], response: response, compound: compound[index], lot: lot[index],
        curve: curve[index], weight: weight[index], total: total[index])
    }
  }
}
