import DoseResponse

/// Results as comma-separated values: a header, then a row a curve in their order.
struct FitTable: RowOutput {
  private let text: TextOutput
  private let source: any CurveSource
  private let width: Int

  /// Goes to standard output where there is no path.
  init(_ path: String?, _ source: any CurveSource, columns: [String]) throws(UnwritableFile) {
    text = try TextOutput(path, header: "curve," + columns.joined(separator: ",") + "\n")
    self.source = source
    width = columns.count
  }

  func write(_ results: UnsafeMutableBufferPointer<Double>, of chunk: Chunk) throws {
    var bytes = text.buffer()
    for (row, curve) in chunk.curves.enumerated() {
      source.appendField(of: curve, to: &bytes)
      bytes.append(UInt8(ascii: ","))
      bytes.append(contentsOf: statusNames[Int(results[row * width])].utf8)
      for column in 1..<width {
        bytes.append(UInt8(ascii: ","))
        bytes.append(decimal: results[row * width + column])
      }
      bytes.append(UInt8(ascii: "\n"))
    }
    try text.write(bytes, of: chunk.index)
  }

  func stop() { text.stop() }

  func complete() throws { try text.complete() }

  func discard() { text.discard() }
}

/// The names of the statuses by their codes.
let statusNames: [String] = FitVerdict.allCases.sorted { $0.code < $1.code }.map(\.rawValue)
