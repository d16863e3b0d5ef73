import Glibc
import Inference

// How numbers stand in sentences; in rows they are never rounded.

/// `value` with three significant digits, whole numbers in full.
func shown(_ value: Double) -> String {
  guard value != 0, value.isFinite else { return value == 0 ? "0" : value > 0 ? "∞" : "−∞" }
  let exponent = Int(log10(abs(value)).rounded(.down))
  guard (-6..<9).contains(exponent),
    let printed = PrintedNumber(
      rounding: abs(value), decimals: max(0, 2 - exponent), rule: .halfAway)
  else { return "\(value)" }
  var text = printed.description
  if text.contains(".") {
    while text.hasSuffix("0") { text.removeLast() }
    if text.hasSuffix(".") { text.removeLast() }
  }
  return (value < 0 ? "−" : "") + text
}

/// `p = 0.012`, `p < 0.0001`.
func shownP(_ p: Double) -> String {
  guard p >= 0.0001 else { return "p < 0.0001" }
  return "p = \(shown(min(p, 1)))"
}

/// `28.1 (25.9 to 30.4)`, or what of it there is.
func shown(_ estimate: Double, _ lower: Double?, _ upper: Double?) -> String {
  guard lower != nil || upper != nil else { return shown(estimate) }
  let ends =
    switch (lower, upper) {
    case (let lower?, let upper?): "\(shown(lower)) to \(shown(upper))"
    case (let lower?, nil): "at least \(shown(lower))"
    case (nil, let upper?): "at most \(shown(upper))"
    case (nil, nil): ""
    }
  return "\(shown(estimate)) (\(ends))"
}
