import Glibc
import Inference
import Results

/// How numbers are printed: the one place where results are rounded.
struct NumberText {
  let rounding: Rounding

  /// A number with `decimals` decimals; with as many more as it takes not to print as zero.
  func fixed(_ value: Double, decimals: Int) -> String {
    shown(value, decimals: decimals, shift: 0)
  }

  /// A proportion as a percentage, without the sign.
  func percentage(ofProportion value: Double) -> String {
    percentage(ofProportion: value, decimals: rounding.decimals)
  }

  /// The same with `decimals` decimals.
  func percentage(ofProportion value: Double, decimals: Int) -> String {
    shown(value, decimals: decimals, shift: 2)
  }

  /// A number in percent, without the sign.
  func percent(_ value: Double) -> String { fixed(value, decimals: rounding.decimals) }

  /// A p-value with four decimals; `<0.0001` and `>0.9999` beyond what they can show.
  func pValue(_ value: Double) -> String {
    // A sum of probabilities may miss 1 by its last digits.
    if value > 0.9999, value < 1 - 1e-12 { return ">0.9999" }
    return value < 0.0001 ? "<0.0001" : fixed(value, decimals: 4)
  }

  /// A confidence level: `95%`, `97.5%`.
  func level(_ level: Double) -> String {
    withoutLastZeros(percentage(ofProportion: level, decimals: 6)) + "%"
  }

  /// The level of significance that belongs to a confidence level: `0.05`.
  func significance(_ level: Double) -> String {
    withoutLastZeros(fixed(1 - level, decimals: 6))
  }

  /// A number that is mostly a whole one or a half: `8`, `0.5`, with four decimals at most.
  func short(_ value: Double) -> String {
    value == value.rounded()
      ? fixed(value, decimals: 0) : withoutLastZeros(fixed(value, decimals: 4))
  }

  private func withoutLastZeros(_ text: String) -> String {
    var text = text
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
    return text
  }

  /// A number of unknown kind: whole numbers in full, others with four significant digits.
  func general(_ value: Double) -> String {
    if value == value.rounded(), abs(value) < 1e15 { return fixed(value, decimals: 0) }
    guard (1e-6..<1e15).contains(abs(value)) else { return scientific(value) }
    var decimals = 0
    var scaled = abs(value)
    while scaled < 1000, decimals < 9 {
      scaled *= 10
      decimals += 1
    }
    return fixed(value, decimals: decimals)
  }

  /// A measured number: four significant digits, and fewer where they say all of it.
  func measured(_ value: Double) -> String {
    let text = general(value)
    guard text.contains("."), !text.contains("e") else { return text }
    let short = withoutLastZeros(text)
    // A product of short numbers may miss them by its last digits.
    let difference = Double(short.replacing("−", with: "-")).map { abs($0 - value) } ?? .infinity
    return difference <= 1e-13 * abs(value) ? short : text
  }

  private func scientific(_ value: Double) -> String {
    let parts = value.description.split(separator: "e")
    guard parts.count == 2, let mantissa = Double(parts[0]) else { return value.description }
    return fixed(mantissa, decimals: 3) + "e" + parts[1]
  }

  /// `value` · 10^`shift`.
  private func shown(_ value: Double, decimals: Int, shift: Int) -> String {
    for decimals in [decimals, decimals + 1] {
      let rounded = PrintedNumber(rounding: value, decimals: decimals + shift, rule: rounding.rule)
      guard let rounded else { return scientific(value * (shift == 2 ? 100 : 1)) }
      if value == 0 || rounded.unscaled != 0 { return pointed(rounded.unscaled, decimals) }
    }
    return significant(value, shift: shift)
  }

  /// A rare thing, `value` · 10^`shift`, with two significant digits.
  private func significant(_ value: Double, shift: Int) -> String {
    // 0.00031 has its first digit at the fourth decimal, and so five are shown.
    let decimals = 1 - Int(log10(abs(value)).rounded(.down)) - shift
    guard decimals <= 12,
      let rounded = PrintedNumber(rounding: value, decimals: decimals + shift, rule: rounding.rule)
    else { return scientific(value * (shift == 2 ? 100 : 1)) }
    return pointed(rounded.unscaled, decimals)
  }

  /// `unscaled` · 10^−`decimals`, with all its decimals.
  private func pointed(_ unscaled: Int, _ decimals: Int) -> String {
    let digits = String(unscaled.magnitude)
    let padded = String(repeating: "0", count: max(0, decimals + 1 - digits.count)) + digits
    let sign = unscaled < 0 ? "−" : ""
    guard decimals > 0 else { return sign + padded }
    return sign + padded.dropLast(decimals) + "." + padded.suffix(decimals)
  }
}

extension ReportedValue {
  /// Its text, with finite numbers as `print` shows them.
  func text(_ print: (Double) -> String) -> String {
    switch self {
    case .number(let value): print(value)
    case .unbounded(.above): "∞"
    case .unbounded(.below): "−∞"
    case .censored(.above, let bound): "> " + print(bound)
    case .censored(.below, let bound): "< " + print(bound)
    case .notEstimable: "NE"
    case .verdict(let verdict): verdict.replacing("-", with: " ")
    }
  }

  /// Why there is no such number.
  var reason: String? {
    if case .notEstimable(let reason) = self { reason } else { nil }
  }
}
