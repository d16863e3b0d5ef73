import Glibc

/// The double nearest to a decimal number; `nil` for anything else, and for what is out of range.
///
/// The whole of `text` is a sign or none, digits with or without a point among or beside them, and
/// an exponent or none. A number too small for a double is 0.
package func decimal(_ text: ArraySlice<UInt8>) -> Double? {
  text.withUnsafeBufferPointer { bytes in
    guard let start = bytes.baseAddress else { return nil }
    var scanner = DecimalScanner(start, start + bytes.count)
    guard let value = scanner.scan(), scanner.position == scanner.end else { return nil }
    return value
  }
}

/// Reads the decimal number at the beginning of a text, correctly rounded.
struct DecimalScanner {
  private(set) var position: UnsafePointer<UInt8>
  let end: UnsafePointer<UInt8>

  private var significand: UInt64 = 0
  /// At least as many digits as the significand has.
  private var digits = 0

  init(_ start: UnsafePointer<UInt8>, _ end: UnsafePointer<UInt8>) {
    position = start
    self.end = end
  }

  /// The number, behind which `position` stands; `nil` where there is none, or beyond the range.
  @inline(__always)
  mutating func scan() -> Double? {
    let start = position
    var isNegative = false
    if position < end, position[0] == minus || position[0] == plus {
      isNegative = position[0] == minus
      position += 1
    }
    let whole = scanDigits()
    var exponent = 0
    var isNumber = whole > 0
    if position < end, position[0] == point {
      position += 1
      let fraction = scanDigits()
      exponent = -fraction
      isNumber = isNumber || fraction > 0
    }
    guard isNumber else { return nil }
    if position < end, position[0] | 0x20 == UInt8(ascii: "e") {
      guard let power = scanExponent() else { return nil }
      exponent += power
    }
    guard digits <= 19, let magnitude = nearestDouble(significand, exponent) else {
      return parsed(from: start)
    }
    return isNegative ? -magnitude : magnitude
  }

  /// Appends digits to the significand, which holds 19 at most without overflow, and counts them.
  @inline(__always)
  private mutating func scanDigits() -> Int {
    let start = position
    while end - position >= 8, digits <= 11 {
      let word = UnsafeRawPointer(position).loadUnaligned(as: UInt64.self)
      guard let eight = eightDigits(word) else { break }
      significand = 100_000_000 &* significand &+ eight
      if significand != 0 { digits += 8 }
      position += 8
    }
    while position < end, case let digit = position[0] &- zero, digit < 10 {
      significand = 10 &* significand &+ UInt64(digit)
      if digits > 0 || digit > 0 { digits += 1 }
      position += 1
    }
    return position - start
  }

  private mutating func scanExponent() -> Int? {
    position += 1
    var isNegative = false
    if position < end, position[0] == minus || position[0] == plus {
      isNegative = position[0] == minus
      position += 1
    }
    let start = position
    var scanned = 0
    while position < end, case let digit = position[0] &- zero, digit < 10 {
      scanned = min(10 * scanned + Int(digit), 100_000)  // far beyond any double
      position += 1
    }
    guard position > start else { return nil }
    return isNegative ? -scanned : scanned
  }

  /// The number by the system's library, for what is long or far from 1.
  private func parsed(from start: UnsafePointer<UInt8>) -> Double? {
    let count = position - start
    let value = withUnsafeTemporaryAllocation(of: CChar.self, capacity: count + 1) { text in
      memcpy(text.baseAddress!, start, count)
      text[count] = 0
      return strtod(text.baseAddress!, nil)
    }
    return value.isFinite ? value : nil
  }
}

private let minus = UInt8(ascii: "-")
private let plus = UInt8(ascii: "+")
private let point = UInt8(ascii: ".")
private let zero = UInt8(ascii: "0")

/// The number that eight digits are, the first in the lowest byte; `nil` if not all are digits.
///
/// Neighbours are put together to pairs, pairs to fours and fours to eight, each step one product.
@inline(__always)
private func eightDigits(_ word: UInt64) -> UInt64? {
  // A digit has 3 in its upper half, also after 6 is added to it.
  let upper: UInt64 = 0xF0F0_F0F0_F0F0_F0F0
  guard word & upper == 0x3030_3030_3030_3030,
    (word &+ 0x0606_0606_0606_0606) & upper == 0x3030_3030_3030_3030
  else { return nil }
  let ones = word & 0x0F0F_0F0F_0F0F_0F0F
  let pairs = (ones &* (10 << 8 | 1)) >> 8 & 0x00FF_00FF_00FF_00FF
  let fours = (pairs &* (100 << 16 | 1)) >> 16 & 0x0000_FFFF_0000_FFFF
  return (fours &* (10_000 << 32 | 1)) >> 32
}

/// The double nearest to `significand` · 10^`exponent`; `nil` where that takes more than 128 bits.
///
/// Of exact doubles one operation rounds once: Clinger (1990), PLDI, section 3. Otherwise
/// 10ᵏ = 2ᵏ 5ᵏ, and up to k = 27 the power of 5 is a whole number of 64 bits, so that the product or the
/// quotient is known exactly.
@inline(__always)
private func nearestDouble(_ significand: UInt64, _ exponent: Int) -> Double? {
  if significand <= 1 << 53, exponent >= -22, exponent <= 22 {
    let magnitude = Double(significand)
    return exponent < 0 ? magnitude / powersOfTen[-exponent] : magnitude * powersOfTen[exponent]
  }
  guard significand != 0 else { return 0 }
  guard exponent >= -27, exponent <= 27 else { return nil }
  return exponent < 0
    ? quotient(significand, powersOfFive[-exponent], exponent)
    : product(significand, powersOfFive[exponent], exponent)
}

/// `significand` / `power` · 2^`exponent`, rounded once.
@inline(__always)
private func quotient(_ significand: UInt64, _ power: UInt64, _ exponent: Int) -> Double {
  // Both with their highest bit set, the first halved to be the smaller: a quotient of 63 or 64 bits.
  let (shift, powerShift) = (significand.leadingZeroBitCount, power.leadingZeroBitCount)
  let dividend = significand &<< UInt64(shift)
  let (quotient, rest) = (power &<< UInt64(powerShift))
    .dividingFullWidth((dividend >> 1, dividend << 63))
  return scaled(quotient | (rest == 0 ? 0 : 1), exponent - shift + powerShift - 63)
}

/// `significand` · `power` · 2^`exponent`, rounded once.
@inline(__always)
private func product(_ significand: UInt64, _ power: UInt64, _ exponent: Int) -> Double {
  let (high, low) = significand.multipliedFullWidth(by: power)
  guard high > 0 else { return scaled(low, exponent) }
  let shift = UInt64(high.leadingZeroBitCount)
  let upper = high << shift | (shift == 0 ? 0 : low >> (64 - shift))
  return scaled(upper | (low << shift == 0 ? 0 : 1), exponent + 64 - Int(shift))
}

/// `bits` · 2^`exponent`, where the lowest of at least 55 bits also stands for all that follow it.
@inline(__always)
private func scaled(_ bits: UInt64, _ exponent: Int) -> Double {
  Double(bits) * Double(bitPattern: UInt64(1023 + exponent) << 52)
}

/// 10⁰ to 10²², the powers of ten that are doubles.
private let powersOfTen: [Double] = [
  1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17,
  1e18, 1e19, 1e20, 1e21, 1e22,
]

/// 5⁰ to 5²⁷, the powers of five that have 64 bits.
private let powersOfFive: [UInt64] = [
  1, 5, 25, 125, 625, 3125, 15_625, 78_125, 390_625, 1_953_125, 9_765_625, 48_828_125, 244_140_625,
  1_220_703_125, 6_103_515_625, 30_517_578_125, 152_587_890_625, 762_939_453_125,
  3_814_697_265_625, 19_073_486_328_125, 95_367_431_640_625, 476_837_158_203_125,
  2_384_185_791_015_625, 11_920_928_955_078_125, 59_604_644_775_390_625, 298_023_223_876_953_125,
  1_490_116_119_384_765_625, 7_450_580_596_923_828_125,
]
