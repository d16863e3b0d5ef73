import JSON

/// The first line of a long table.
struct LongHeader {
  let columns: [LongColumn]
  /// Where the rows begin.
  let end: Int

  init(_ file: MappedFile) throws(LongTableFault) {
    do {
      self = try Self(file.bytes)
    } catch {
      throw LongTableFault(error, in: file)
    }
  }

  private init(_ bytes: UnsafeRawBufferPointer) throws(FaultyField) {
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    let lineEnd = bytes[start...].firstIndex(of: lineFeed) ?? bytes.count
    end = min(lineEnd + 1, bytes.count)
    var columns: [LongColumn] = []
    var place = start
    for field in bytes[start..<lineEnd].split(separator: comma, omittingEmptySubsequences: false) {
      let isLast = field.endIndex == lineEnd
      let name = Self.name(isLast && field.last == carriageReturn ? field.dropLast() : field)
      guard let column = LongColumn(rawValue: name), !columns.contains(column) else {
        throw Self.fault(at: place, name, columns)
      }
      columns.append(column)
      place = field.endIndex + 1
    }
    for column in [LongColumn.curve, .dose, .response] where !columns.contains(column) {
      throw FaultyField(
        at: start, found: "no column \"\(column.rawValue)\" in the header",
        expected: "curve,dose,response or curve,dose,response,weight, in any order")
    }
    self.columns = columns
  }

  /// The name in a field, with or without quotes around it.
  private static func name(_ field: Slice<UnsafeRawBufferPointer>) -> String {
    let isQuoted = field.count >= 2 && field.first == quote && field.last == quote
    return String(decoding: isQuoted ? field.dropFirst().dropLast() : field, as: UTF8.self)
  }

  private static func fault(at place: Int, _ name: String, _ columns: [LongColumn]) -> FaultyField {
    let spellings = LongColumn.allCases.map(\.rawValue)
    let isSecond = columns.contains { $0.rawValue == name }
    let nearest = isSecond ? nil : nearestSpelling(to: name, among: spellings)
    return FaultyField(
      at: place,
      found: name.isEmpty
        ? "a column without a name"
        : isSecond ? "the column \"\(name)\" again" : "the column \"\(String(name.prefix(60)))\"",
      expected: "a header of curve, dose, response and perhaps weight, in any order"
        + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""))
  }
}
