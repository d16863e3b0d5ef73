/// An axis from 0 with round ticks.
package struct Axis {
  package let maximum: Double
  package let ticks: [Double]
  /// The decimals of the tick labels.
  package let decimals: Int

  /// The shortest such axis that shows `value`, without going beyond `limit`.
  package init(reaching value: Double, limit: Double) {
    let reach = value > 1e-9 ? min(value, limit) : 1
    var power = 1.0
    var decimals = 0
    while power * 10 <= reach / 5 { power *= 10 }
    while power > reach / 5 {
      power /= 10
      decimals += 1
    }
    // power ≤ reach / 5 < 10 · power: one of these makes five to ten steps at most.
    let step = [1.0, 2, 5, 10].map { $0 * power }.first { reach / $0 <= 8 } ?? power * 10
    let count = Int((reach / step).rounded(.up))
    ticks = (0...count).map { Double($0) * step }.filter { $0 <= limit }
    maximum = ticks.last ?? reach
    self.decimals = step >= 1 ? 0 : (step == power * 10 ? decimals - 1 : decimals)
  }
}
