extension ResponseSurfaceAnalysis {
  /// Reads the keys of a response surface.
  static func read(
    _ reader: inout ObjectReader, _ context: DataContext
  ) -> (ResponseSurfaceAnalysis, origin: DataOrigin)? {
    let factors = reader.required("factors") { $0.factors() }
    let response = reader.optional("response") { $0.quantity() }
    let order = reader.optional("order") { $0.choice(of: Order.self, what: "an order") }
    let goal = reader.optional("goal") { $0.choice(of: Goal.self, what: "a goal") }
    let isSimulated = reader.optional("simulated") { $0.boolean() }
    let data = reader.required("data") { $0 }
    guard let data, let factors,
      let read = data.surfaceRows(factors.map(\.name), context),
      order != nil || !reader.has("order")
    else { return nil }
    guard data.checkLevels(read.rows, factors, order ?? .quadratic) else { return nil }
    return (
      ResponseSurfaceAnalysis(
        factors: factors, response: response ?? Quantity(name: "Response", unit: ""),
        rows: read.rows, unmeasuredRows: read.unmeasured, order: order ?? .quadratic,
        goal: goal ?? .maximum, isSimulated: isSimulated ?? false),
      read.origin
    )
  }
}

extension ResponseSurfaceAnalysis.Order {
  /// How many coefficients a surface in so many factors and blocks has.
  func coefficients(factors: Int, blocks: Int) -> Int {
    let own =
      switch self {
      case .linear: factors + 1
      case .quadratic: (factors + 1) * (factors + 2) / 2
      }
    return own + max(0, blocks - 1)
  }
}

/// The keys of a row that are not factors.
private let responseKey = "response"
private let blockKey = "block"

/// The rows of a design, and how many have no response.
private struct SurfaceRows {
  var rows: [ResponseSurfaceAnalysis.Row] = []
  var places: [DataPlace] = []
  var unmeasured = 0
  var origin = DataOrigin()
}

extension Element {
  /// One to six factors, whose names differ and are no other key of a row.
  fileprivate func factors() -> [Quantity]? {
    guard let elements = elements() else { return nil }
    guard (1...6).contains(elements.count) else {
      return fault(found: "\(elements.count) factors", expected: "one to six")
    }
    var seen: Set<String> = []
    let factors = elements.compactMap { element -> Quantity? in
      guard let factor = element.quantity(isUnitRequired: false) else { return nil }
      guard ![responseKey, blockKey].contains(factor.name) else {
        return element.fault(
          found: "the factor \(quoted(factor.name))",
          expected: "another name, since rows have a key of that name")
      }
      guard seen.insert(factor.name).inserted else {
        return element.fault(
          found: "the factor \(quoted(factor.name)) again", expected: "each factor once")
      }
      return factor
    }
    return factors.count == elements.count ? factors : nil
  }

  /// Reads rows written here or those of a file; `nil` where any is faulty.
  fileprivate func surfaceRows(_ factors: [String], _ context: DataContext) -> SurfaceRows? {
    let read = elementCount != nil ? inlineRows(factors) : fileRows(factors, context)
    guard let read else { return nil }
    guard read.rows.contains(where: { $0.block != nil }) else { return read }
    let unblocked = read.rows.indices.filter { read.rows[$0].block == nil }
    for index in unblocked {
      read.places[index].report(blockKey, expected: "its block, since other rows have one")
    }
    return unblocked.isEmpty ? read : nil
  }

  private func inlineRows(_ factors: [String]) -> SurfaceRows? {
    var read = SurfaceRows()
    for element in elements() ?? [] {
      guard var reader = ObjectReader(element) else { continue }
      let values = factors.compactMap { name in reader.required(name) { $0.finiteNumber() } }
      let response = reader.required(responseKey) { $0.finiteNumber() }
      let block = reader.optional(blockKey) { $0.text() }
      reader.finish()
      guard values.count == factors.count, let response, block != nil || !reader.has(blockKey)
      else { continue }
      read.rows.append(
        ResponseSurfaceAnalysis.Row(values: values, response: response, block: block))
      read.places.append(.object(element))
    }
    return read.rows.count == elementCount ? read : nil
  }

  private func fileRows(_ factors: [String], _ context: DataContext) -> SurfaceRows? {
    let names = factors + [responseKey]
    guard let table = DataTable(self, names: names + [blockKey], required: names, context) else {
      return nil
    }
    let columns = names.compactMap {
      table.numbers($0, finiteNumbers.contains, expected: expectedFiniteNumber)
    }
    guard columns.count == names.count, let responses = columns.last else { return nil }
    let blocks = table.texts(blockKey)
    var read = SurfaceRows(origin: table.origin)
    var isSound = true
    for row in 0..<table.rowCount {
      guard let response = responses[row] else {
        read.unmeasured += 1
        continue
      }
      for (name, column) in zip(factors, columns) where column[row] == nil {
        isSound = false
        table.report(name, row: row, expected: "a value of the factor")
      }
      read.rows.append(
        ResponseSurfaceAnalysis.Row(
          values: columns.dropLast().compactMap { $0[row] }, response: response,
          block: blocks[row]))
      read.places.append(.row(row, of: table))
    }
    return isSound ? read : nil
  }

  /// Whether the rows can tell the coefficients apart as far as their numbers say.
  fileprivate func checkLevels(
    _ rows: [ResponseSurfaceAnalysis.Row], _ factors: [Quantity],
    _ order: ResponseSurfaceAnalysis.Order
  ) -> Bool {
    let needed = order == .linear ? 2 : 3
    for (index, factor) in factors.enumerated() {
      let levels = Set(rows.map { $0.values[index] }).count
      guard levels >= needed else {
        report(
          found: "\(levels) values of the factor \(quoted(factor.name))",
          expected: "at least \(needed) for a \(order.rawValue) surface")
        return false
      }
    }
    let coefficients = order.coefficients(
      factors: factors.count, blocks: Set(rows.compactMap(\.block)).count)
    guard rows.count >= coefficients else {
      report(
        found: "\(rows.count) rows",
        expected: "at least one for each of \(coefficients) coefficients")
      return false
    }
    return true
  }
}
