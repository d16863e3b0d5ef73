import Incidence

/// Where `excess` falls from above 0 to below it, within `range`, searched from `start`.
///
/// Steps from `start` grow until the sign changes; where it never does, the answer is that end of the
/// range.
func crossing(
  of excess: (Double) -> Double, within range: ParameterRange, from start: Double, step: Double
) -> Double {
  let goesUp = excess(start) > 0
  var near = start
  for far in SteppedValues(range: range, start: start, step: step, goesUp: goesUp) {
    let value = excess(far)
    if value == 0 { return far }
    if (value > 0) != goesUp { return root(of: excess, near, far) }
    near = far
  }
  return goesUp ? range.upper : range.lower
}

/// Values further and further from a start, each step four times the last, up to the end of a range.
///
/// The steps of a ratio are factors.
private struct SteppedValues: Sequence, IteratorProtocol {
  let range: ParameterRange
  let goesUp: Bool
  private var step: Double
  private var value: Double
  private var isAtEnd = false

  init(range: ParameterRange, start: Double, step: Double, goesUp: Bool) {
    self.range = range
    self.goesUp = goesUp
    self.step = step
    value = start
  }

  mutating func next() -> Double? {
    guard !isAtEnd else { return nil }
    switch range {
    case .difference(let lower, let upper):
      value += goesUp ? step : -step
      isAtEnd = goesUp ? value >= upper : value <= lower
      value = Swift.min(upper, Swift.max(lower, value))
    case .ratio:
      value = goesUp ? value * (1 + step) : value / (1 + step)
    }
    step *= 4
    // Beyond any difference or ratio of numbers of subjects or of person-years.
    let possible = range == .ratio ? 1e-100...1e100 : -1e100...1e100
    return possible.contains(value) ? value : nil
  }
}
