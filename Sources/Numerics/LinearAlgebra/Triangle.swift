/// How LAPACK is told which triangle of a symmetric or triangular matrix to read.
enum Triangle {
  static let lower = CChar(UInt8(ascii: "L"))
  static let upper = CChar(UInt8(ascii: "U"))
}

extension Matrix {
  /// Whether the diagonal and what is below it has neither NaN nor infinity.
  var hasFiniteLowerTriangle: Bool {
    (0..<columns).allSatisfy { j in
      elements[j + j * rows..<(j + 1) * rows].allSatisfy(\.isFinite)
    }
  }

  /// Copies what is below the diagonal to its mirror image above.
  mutating func mirrorLowerTriangle() {
    for j in 0..<columns {
      for i in j + 1..<max(rows, j + 1) { elements[j + i * rows] = elements[i + j * rows] }
    }
  }
}
