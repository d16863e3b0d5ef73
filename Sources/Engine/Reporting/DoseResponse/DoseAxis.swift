import Glibc

/// An axis of doses: logarithmic, with dose 0 set apart at its left, or linear.
struct DoseAxis {
  struct Tick {
    let dose: Double
    let label: String
  }

  private enum Scale {
    case linear(Axis)
    /// Between two powers of ten.
    case logarithmic(lower: Double, upper: Double)
  }

  /// Where dose 0 stands, the break, and the least other dose, as shares of the axis.
  private static let zero = 0.035
  static let gap = 0.07
  private static let start = 0.1

  let title: String
  /// Whether dose 0 stands apart, left of a break.
  let hasBreak: Bool
  let ticks: [Tick]
  /// Steps between powers of ten, without labels.
  let minorTicks: [Double]
  private let scale: Scale

  /// The axis of these doses, of which at least one must be a number above 0 to be logarithmic.
  init(title: String, doses: [Double], isLogarithmic: Bool, numbers: NumberText) {
    self.title = title
    let positive = doses.filter { $0 > 0 }
    guard isLogarithmic, let least = positive.min(), let most = positive.max() else {
      let axis = Axis(near: doses)
      scale = .linear(axis)
      hasBreak = false
      ticks = axis.ticks.map { Tick(dose: $0, label: axis.label(of: $0, numbers)) }
      minorTicks = []
      return
    }
    let margin = max(0.04 * (log10(most) - log10(least)), 0.06)
    let (lower, upper) = (log10(least) - margin, log10(most) + margin)
    scale = .logarithmic(lower: lower, upper: upper)
    hasBreak = positive.count < doses.count
    let marks = Self.marks(from: lower, to: upper)
    let usesPowers = (marks.labelled.min() ?? 1) < 0.9e-3 || (marks.labelled.max() ?? 1) > 1.1e5
    let labelled = marks.labelled.map { dose in
      Tick(dose: dose, label: usesPowers ? powerText(of: dose, numbers) : numbers.measured(dose))
    }
    ticks = (hasBreak ? [Tick(dose: 0, label: "0")] : []) + labelled
    minorTicks = marks.others
  }

  /// Powers of ten, and where these are few steps of 2 and 5 between them; then all other steps.
  private static func marks(
    from lower: Double, to upper: Double
  ) -> (labelled: [Double], others: [Double]) {
    let powers = Array(Int(lower.rounded(.down))...Int(upper.rounded(.up)))
    func steps(_ factors: [Double], every: Int = 1) -> [Double] {
      powers.filter { $0 % every == 0 }.flatMap { power in
        factors.map { $0 * pow(10, Double(power)) }
      }.filter { (lower...upper).contains(log10($0)) }
    }
    let every = max(1, (powers.count + 5) / 9)
    let decades = steps([1], every: every)
    let labelled = decades.count > 2 || upper - lower > 2.5 ? decades : steps([1, 2, 5])
    let others = powers.count > 7 ? steps([1]) : steps(Array(stride(from: 1.0, through: 9, by: 1)))
    return (labelled, others)
  }

  /// Where a dose stands, 0 to 1; what lies beyond an end stands there.
  func place(of dose: Double) -> Double {
    switch scale {
    case .linear(let axis): return axis.place(of: dose)
    case .logarithmic(let lower, let upper):
      let start = hasBreak ? Self.start : 0
      guard dose > 0 else { return hasBreak ? Self.zero : 0 }
      let share = (log10(dose) - lower) / (upper - lower)
      return start + (1 - start) * min(max(share, 0), 1)
    }
  }

  /// The least dose right of the break, and the largest.
  var ends: (least: Double, most: Double) {
    switch scale {
    case .linear(let axis): (axis.minimum, axis.maximum)
    case .logarithmic(let lower, let upper): (pow(10, lower), pow(10, upper))
    }
  }

  func shows(_ dose: Double) -> Bool {
    switch scale {
    case .linear(let axis): return axis.shows(dose)
    case .logarithmic(let lower, let upper):
      return dose > 0 ? (lower...upper).contains(log10(dose)) : dose == 0 && hasBreak
    }
  }
}

/// A power of ten as `10⁻⁶`, and any other number as it is.
func powerText(of dose: Double, _ numbers: NumberText) -> String {
  let exponent = log10(dose).rounded()
  guard abs(log10(dose) - exponent) < 1e-9 else { return numbers.measured(dose) }
  let raised: [Character: Character] = [
    "-": "⁻", "0": "⁰", "1": "¹", "2": "²", "3": "³", "4": "⁴", "5": "⁵", "6": "⁶", "7": "⁷",
    "8": "⁸", "9": "⁹",
  ]
  return "10" + String(String(Int(exponent)).compactMap { raised[$0] })
}
