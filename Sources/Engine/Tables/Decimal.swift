/// The double nearest to a decimal number; `nil` for anything else, and for what is out of range.
///
/// The whole of `text` is a sign or none, digits with or without a point among or beside them, and
/// an exponent or none. A number too small for a double is 0.
func decimal(_ text: ArraySlice<UInt8>) -> Double? {
  var scanner = DecimalScanner(text)
  guard scanner.scan() else { return nil }
  if let exact = scanner.exactValue { return exact }
  guard let value = Double(String(decoding: text, as: UTF8.self)) else { return nil }
  return value.isFinite ? value : nil
}

private struct DecimalScanner {
  private let text: ArraySlice<UInt8>
  private var position: Int
  private var isNegative = false
  private var significand: UInt64 = 0
  private var significandIsExact = true
  private var exponent = 0

  init(_ text: ArraySlice<UInt8>) {
    self.text = text
    position = text.startIndex
  }

  /// Whether the whole text is a decimal number.
  mutating func scan() -> Bool {
    isNegative = skip("-")
    if !isNegative { _ = skip("+") }
    var digits = scanDigits()
    if skip(".") {
      let fraction = scanDigits()
      digits += fraction
      exponent = -fraction
    }
    guard digits > 0 else { return false }
    if skip("e") || skip("E") {
      guard scanExponent() else { return false }
    }
    return position == text.endIndex
  }

  /// The value if it is one rounding of two exact doubles: Clinger (1990), PLDI, section 3.
  var exactValue: Double? {
    guard significandIsExact, significand <= 1 << 53, abs(exponent) < powersOfTen.count else {
      return nil
    }
    let power = powersOfTen[abs(exponent)]
    let magnitude = exponent < 0 ? Double(significand) / power : Double(significand) * power
    return isNegative ? -magnitude : magnitude
  }

  private mutating func skip(_ character: Unicode.Scalar) -> Bool {
    guard position < text.endIndex, text[position] == UInt8(ascii: character) else { return false }
    position += 1
    return true
  }

  private mutating func nextDigit() -> UInt64? {
    guard position < text.endIndex, case let digit = text[position] &- UInt8(ascii: "0"), digit < 10
    else { return nil }
    position += 1
    return UInt64(digit)
  }

  /// Appends digits to the significand and counts them.
  private mutating func scanDigits() -> Int {
    let start = position
    while let digit = nextDigit() {
      if significand < 1 << 59 {
        significand = 10 * significand + digit
      } else {
        significandIsExact = false
      }
    }
    return position - start
  }

  private mutating func scanExponent() -> Bool {
    let isReciprocal = skip("-")
    if !isReciprocal { _ = skip("+") }
    let start = position
    var scanned = 0
    while let digit = nextDigit() {
      scanned = min(10 * scanned + Int(digit), 100_000)  // far beyond any double
    }
    exponent += isReciprocal ? -scanned : scanned
    return position > start
  }
}

/// 10⁰ to 10²², the powers of ten that are doubles.
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
  1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
]
