/// How a number half-way between two printable ones is rounded.
public enum RoundingRule: String, CaseIterable, Sendable {
  /// Away from zero: 0.25 prints as 0.3. What SAS and nearly all published tables do.
  case halfAway = "half-away"
  /// To the even digit: 0.25 prints as 0.2. What R does.
  case halfEven = "half-even"
}

/// A decimal number as a publication prints it, whose decimals count: "1.70" is not "1.7".
public struct PrintedNumber: Hashable, Sendable, CustomStringConvertible {
  /// The number without its decimal point.
  public let unscaled: Int
  /// The number of digits behind the decimal point.
  public let decimals: Int

  /// Reads `-?digits(.digits)?` of at most eighteen digits; `nil` for anything else.
  public init?(_ text: some StringProtocol) {
    let digits = text.hasPrefix("-") ? text.dropFirst() : text[...]
    let parts = digits.split(separator: ".", omittingEmptySubsequences: false)
    guard (1...2).contains(parts.count), digits.utf8.count <= 19,
      parts.allSatisfy({ !$0.isEmpty && $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let magnitude = Int(parts.joined())
    else { return nil }
    unscaled = text.hasPrefix("-") ? -magnitude : magnitude
    decimals = parts.count == 2 ? parts[1].utf8.count : 0
  }

  /// `value`, rounded to `decimals` digits behind the point.
  ///
  /// The shortest decimal of the double is what is rounded, so that 0.15, whose double lies just
  /// below it, rounds as 0.15 does. For a percentage 100·k/n computed in doubles this equals
  /// rounding the fraction itself as long as n·10^decimals stays below 10¹³: a fraction that is
  /// not half-way is further from it than the double's error.
  ///
  /// `nil` where the result has more than eighteen digits or `value` is not finite.
  public init?(rounding value: Double, decimals: Int, rule: RoundingRule) {
    self.init(rounding: value, timesTenTo: 0, decimals: decimals, rule: rule)
  }

  /// `value`·10^`power`, exactly scaled before it is rounded.
  public init?(rounding value: Double, timesTenTo power: Int, decimals: Int, rule: RoundingRule) {
    precondition(decimals >= 0, "\(decimals) decimals")
    guard value.isFinite, let shortest = ShortestDecimal(abs(value)) else { return nil }
    // |value| = significand · 10^exponent; what remains is to shift it by `shift` digits.
    let shift = shortest.exponent + power + decimals
    guard let magnitude = shortest.significand.shifted(byDigits: shift, rule: rule) else {
      return nil
    }
    unscaled = value < 0 ? -magnitude : magnitude
    self.decimals = decimals
  }

  /// The nearest double.
  public var value: Double {
    guard let value = Double(description) else { preconditionFailure("no number: \(description)") }
    return value
  }

  public var description: String {
    let digits = String(unscaled.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = unscaled < 0 ? "-" : ""
    guard decimals > 0 else { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}

/// The shortest decimal significand · 10^exponent that reads back as a given double.
private struct ShortestDecimal {
  let significand: Int
  let exponent: Int

  init?(_ value: Double) {
    let parts = value.description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".")
    let fraction = mantissa.count == 2 && mantissa[1] != "0" ? mantissa[1] : ""
    guard let significand = Int(mantissa[0] + fraction) else { return nil }
    self.significand = significand
    exponent = (parts.count == 2 ? Int(parts[1]) ?? 0 : 0) - fraction.count
  }
}

extension Int {
  /// This number · 10^`digits`, rounded by `rule`; `nil` beyond eighteen digits.
  fileprivate func shifted(byDigits digits: Int, rule: RoundingRule) -> Int? {
    guard self != 0 else { return 0 }
    guard digits < 0 else {
      guard digits < 18 else { return nil }
      let (product, overflow) = multipliedReportingOverflow(by: powerOfTen(digits))
      return overflow || product >= powerOfTen(18) ? nil : product
    }
    // Beyond its own digits the number is below one half of the last place.
    guard digits > -19 else { return 0 }
    let divisor = powerOfTen(-digits)
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    let rest = divisor - remainder
    let up =
      switch rule {
      case .halfAway: remainder >= rest
      case .halfEven: remainder > rest || (remainder == rest && quotient % 2 == 1)
      }
    return quotient + (up ? 1 : 0)
  }
}

private func powerOfTen(_ exponent: Int) -> Int {
  (0..<exponent).reduce(1) { power, _ in power * 10 }
}
