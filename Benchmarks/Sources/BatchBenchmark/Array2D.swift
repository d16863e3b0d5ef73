import Foundation

/// Doubles in rows, as NumPy's `.npy` files hold them in C order; a vector is one row.
struct Array2D {
  var rows: Int
  var columns: Int
  var values: [Double]

  var row: ArraySlice<Double> { values[..<columns] }

  init(rows: Int, columns: Int, values: [Double]) {
    self.rows = rows
    self.columns = columns
    self.values = values
  }

  /// Reads a file, at most `rows` rows of it.
  init(contentsOf path: String, rows limit: Int = .max) throws {
    guard let file = FileHandle(forReadingAtPath: path), let start = try file.read(upToCount: 10),
      start.count == 10, start.prefix(6) == Data([0x93]) + Data("NUMPY".utf8),
      let header = try file.read(upToCount: Int(start[8]) + 256 * Int(start[9])),
      let text = String(data: header, encoding: .ascii), text.contains("'<f8'"),
      let shape = text.firstMatch(of: #/\((\d+), ?(\d*)\)/#), let first = Int(shape.1)
    else { throw UsageError(message: "\(path) is not an array of doubles") }
    let second = Int(shape.2)
    rows = min(second == nil ? 1 : first, limit)
    columns = second ?? first
    let (count, size) = (rows * columns, rows * columns * MemoryLayout<Double>.stride)
    values = try [Double](unsafeUninitializedCapacity: count) { buffer, filled in
      let bytes = UnsafeMutableRawBufferPointer(buffer)
      while filled < size, let part = try file.read(upToCount: min(size - filled, 1 << 26)),
        !part.isEmpty
      {
        part.copyBytes(to: UnsafeMutableRawBufferPointer(rebasing: bytes[filled...]))
        filled += part.count
      }
      guard filled == size else { throw UsageError(message: "\(path) ends early") }
      filled = count
    }
  }

  func write(to path: String) throws {
    let shape = rows == 1 ? "(\(columns),)" : "(\(rows), \(columns))"
    let text = "{'descr': '<f8', 'fortran_order': False, 'shape': \(shape), }"
    let header = text.padding(toLength: 117, withPad: " ", startingAt: 0) + "\n"
    guard FileManager.default.createFile(atPath: path, contents: nil),
      let file = FileHandle(forWritingAtPath: path)
    else { throw UsageError(message: "\(path) cannot be written") }
    try file.write(contentsOf: Data([0x93]) + Data("NUMPY".utf8) + Data([1, 0, 118, 0]))
    try file.write(contentsOf: Data(header.utf8))
    try values.withUnsafeBytes { bytes in
      for start in stride(from: 0, to: bytes.count, by: 1 << 26) {
        let part = bytes[start..<min(start + 1 << 26, bytes.count)]
        try file.write(contentsOf: Data(part))
      }
    }
    try file.close()
  }
}
