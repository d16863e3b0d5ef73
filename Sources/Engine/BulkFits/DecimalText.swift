extension [UInt8] {
  /// Appends a whole number.
  mutating func append(decimal number: Int) {
    append(contentsOf: number.description.utf8)
  }

  /// Appends the shortest decimal that reads back as the same double: nothing for NaN, `inf` where the
  /// number is unbounded.
  package mutating func append(decimal number: Double) {
    guard number.isFinite else {
      if !number.isNaN { append(contentsOf: (number < 0 ? "-inf" : "inf").utf8) }
      return
    }
    if let integer = Int(exactly: number), Swift.abs(integer) < 1 << 53 {
      if integer == 0, number.sign == .minus { append(UInt8(ascii: "-")) }
      return append(decimal: integer)
    }
    var text = number.description
    text.withUTF8 {
      append(contentsOf: $0.suffix(2).elementsEqual(".0".utf8) ? $0.dropLast(2) : $0[...])
    }
  }
}
