import Glibc

/// An axis with round ticks.
package struct Axis {
  package let isLogarithmic: Bool
  package let minimum: Double
  package let maximum: Double
  package let ticks: [Double]
  /// The decimals of the tick labels of a linear axis.
  package let decimals: Int

  /// The shortest linear axis that shows 0, `lower` below it and `value`, up to `limit`.
  package init(from lower: Double = 0, reaching value: Double, limit: Double = .infinity) {
    let top = min(value, limit)
    let span = top - lower > 1e-9 ? top - lower : 1
    var power = 1.0
    var decimals = 0
    while power * 10 <= span / 5 { power *= 10 }
    while power > span / 5 {
      power /= 10
      decimals += 1
    }
    // power ≤ span / 5 < 10 · power: one of these makes five to ten steps at most.
    let step = [1.0, 2, 5, 10].map { $0 * power }.first { span / $0 <= 8 } ?? power * 10
    let first = Int((lower / step).rounded(.down))
    let last = Int(((lower + span) / step).rounded(.up))
    ticks = (first...last).map { Double($0) * step }.filter { $0 <= limit }
    minimum = ticks.first ?? lower
    maximum = ticks.last ?? top
    isLogarithmic = false
    self.decimals = step >= 1 ? 0 : (step == power * 10 ? decimals - 1 : decimals)
  }

  /// The shortest linear axis that shows `values`, and 0 unless all are far above it.
  init(near values: [Double]) {
    let (least, most) = (values.min() ?? 0, values.max() ?? 1)
    self.init(from: least > 0 && least < 0.6 * most ? 0 : least, reaching: most)
  }

  /// The shortest logarithmic axis that shows 1 and `ratios`, as far as they are neither 0 nor ∞.
  package init(ratios: [Double]) {
    let shown = ratios.filter { $0 > 0 && $0.isFinite }.map(log10)
    self.init(from: min(shown.min() ?? 0, -0.3), toPower: max(shown.max() ?? 0, 0.3))
  }

  /// The shortest logarithmic axis that shows `values`, as far as they are neither 0 nor ∞.
  init(positive values: [Double]) {
    let shown = values.filter { $0 > 0 && $0.isFinite }.map(log10)
    let lower = shown.min() ?? 0
    self.init(from: lower, toPower: max(shown.max() ?? 0, lower + 0.3))
  }

  /// The logarithmic axis between two powers of ten, and as far as its next ticks.
  private init(from lower: Double, toPower upper: Double) {
    // Few powers of ten have room for steps between them, very many not even for themselves.
    let every = max(1, Int(((upper - lower) / 6).rounded(.up)))
    let ends = [(lower, FloatingPointRoundingRule.down), (upper, .up)].map {
      Int(($0 / Double(every)).rounded($1)) * every
    }
    let steps = upper - lower <= 2.4 ? [1.0, 2, 5] : [1.0]
    let candidates = stride(from: ends[0], through: ends[1], by: every).flatMap { power in
      steps.map { $0 * pow(10, Double(power)) }
    }
    let slack = 1e-9
    let first = candidates.last { log10($0) <= lower + slack } ?? candidates[0]
    let last = candidates.first { log10($0) >= upper - slack } ?? candidates[candidates.count - 1]
    ticks = candidates.filter { $0 >= first && $0 <= last }
    minimum = first
    maximum = last
    isLogarithmic = true
    decimals = 0
  }

  /// Where a value stands between the ends, 0 to 1; what lies beyond an end stands there.
  func place(of value: Double) -> Double {
    let clipped = min(max(value, minimum), maximum)
    return isLogarithmic
      ? log10(clipped / minimum) / log10(maximum / minimum)
      : (clipped - minimum) / (maximum - minimum)
  }

  func shows(_ value: Double) -> Bool {
    (minimum...maximum).contains(value)
  }

  func label(of tick: Double, _ numbers: NumberText) -> String {
    if isLogarithmic, maximum > 1.1e5 || minimum < 0.9e-4 { return powerText(of: tick, numbers) }
    let decimals = isLogarithmic ? max(0, -Int((log10(tick) + 1e-9).rounded(.down))) : decimals
    return numbers.fixed(tick, decimals: decimals)
  }
}
