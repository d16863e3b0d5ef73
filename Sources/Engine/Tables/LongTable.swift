import Glibc

/// A long table of curves, one point a row, read from the bytes of a mapped file.
///
/// Comma-separated values whose header has the columns `curve`, `dose`, `response` and, if there are
/// weights, `weight`, in any order. A response that is empty, `NaN` or `NA` is missing. The rows of a
/// curve need not stand together, though they are read fastest where they do. Quotes, ends of lines and
/// the byte order mark as in ``CSVTable``; empty lines are passed over.
///
/// The file is gone through once to find where the rows of each curve stand; the numbers are read
/// later, curve by curve, by as many threads as one likes.
public struct LongTable: Sendable {
  let file: MappedFile
  let columns: [LongColumn]
  let index: LongIndex
  private let hasNegativeDoses: Bool

  /// Finds the curves of `file`, whose doses may be negative, such as logarithms, or may not.
  ///
  /// - Throws: ``LongTableFault`` where the header or the name of a curve is not as expected.
  public init(
    _ file: MappedFile, hasNegativeDoses: Bool = false
  ) throws(LongTableFault) {
    let header = try LongHeader(file)
    self.file = file
    self.hasNegativeDoses = hasNegativeDoses
    columns = header.columns
    do {
      let nameColumn = columns.firstIndex(of: .curve)!
      index = try LongIndex(file.bytes, from: header.end, nameColumn: nameColumn)
    } catch {
      throw LongTableFault(error, in: file)
    }
  }

  /// How many curves there are; they are counted from 0 in the order of their first rows.
  public var curveCount: Int { index.curves.count }

  public var hasWeights: Bool { columns.contains(.weight) }

  /// How many rows `curve` has.
  public func rowCount(of curve: Int) -> Int { index.curves[curve].rowCount }

  /// The name of `curve` as it stands in a field, in quotes where it needs them.
  public func appendField(of curve: Int, to bytes: inout [UInt8]) {
    let name = index.curves[curve].name
    let text = UnsafeRawBufferPointer(rebasing: file.bytes[name])
    // What stood in quotes has its own quotes doubled already.
    let needsQuotes = text.contains { $0 == comma || $0 == quote || $0 == lineFeed || $0 == 13 }
    if needsQuotes { bytes.append(quote) }
    bytes.append(contentsOf: text)
    if needsQuotes { bytes.append(quote) }
  }

  /// Reads the rows of `curves`, one curve after the other and each in the order of the file.
  ///
  /// - Throws: ``LongTableFault`` with the first of their fields that is not as expected.
  public func read(_ curves: Range<Int>, into rows: LongRows) throws(LongTableFault) {
    rows.removeAll(reserving: curves.reduce(0) { $0 + rowCount(of: $1) })
    for curve in curves {
      let nameLength = index.curves[curve].name.count
      do {
        try index.forEachSegment(of: curve) { extent throws(FaultyField) in
          var reader = LongReader(
            file.bytes, extent, columns, nameLength: nameLength, hasNegativeDoses: hasNegativeDoses)
          try reader.read(into: rows)
        }
      } catch {
        throw LongTableFault(error, in: file)
      }
      rows.endCurve()
    }
  }
}

/// A column of a long table.
enum LongColumn: String, CaseIterable, Sendable {
  case curve, dose, response, weight
}

let comma = UInt8(ascii: ",")
let quote = UInt8(ascii: "\"")
let lineFeed = UInt8(ascii: "\n")
let carriageReturn = UInt8(ascii: "\r")
