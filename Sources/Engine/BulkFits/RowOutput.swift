import Tables

/// Where rows of numbers go, a row a curve.
protocol RowOutput: Sendable {
  /// Takes the rows of `chunk`, one after the other; called from several threads, in any order.
  func write(_ rows: UnsafeMutableBufferPointer<Double>, of chunk: Chunk) throws

  /// Wakes all who wait to write, for the run has failed.
  func stop()

  /// Ends the output and moves it into place.
  func complete() throws

  /// Removes what was written.
  func discard()
}

/// Rows as an array of doubles, (curves, columns), each chunk written to its own place.
struct ArrayOutput: RowOutput {
  private let file: PartialFile
  private let width: Int
  private let start: Int

  init(_ path: String, curveCount: Int, width: Int) throws(UnwritableFile) {
    file = try PartialFile(path)
    self.width = width
    let header = npyHeader(shape: [curveCount, width])
    start = header.count
    do throws(UnwritableFile) {
      try file.write(header, at: 0)
    } catch {
      file.discard()
      throw error
    }
  }

  func write(_ rows: UnsafeMutableBufferPointer<Double>, of chunk: Chunk) throws {
    let size = MemoryLayout<Double>.size
    try file.write(
      UnsafeRawBufferPointer(rows), at: start + chunk.curves.lowerBound * width * size)
  }

  func stop() {}

  func complete() throws { try file.complete() }

  func discard() { file.discard() }
}
