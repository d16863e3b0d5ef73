import Glibc

/// Where the nonlinear parameters of a curve are searched, in the coordinates of the solver.
///
/// Positive parameters and the size of a slope are searched by their logarithms, one sign of the
/// slope at a time. Beyond these bounds a curve on the given doses is, within rounding, a straight
/// line, a step or flat.
struct SearchBox {
  let curve: ResponseCurve
  /// −1 or 1.
  let sign: Double
  /// The nonlinear parameters that are free.
  let parameters: [CurveParameter]
  private(set) var lower: [Double]
  private(set) var upper: [Double]
  /// The values along each coordinate at which a search starts.
  let starts: [[Double]]
  /// The doses as a curve sees them.
  let positions: [Double]
  /// Between any two neighbouring doses their middle, next to each, and places beyond.
  let lookouts: [Double]

  /// One box for each sign that a slope may have.
  static func boxes(
    _ curve: ResponseCurve, doses: [Double], bounds: [CurveParameter: ClosedRange<Double>]
  ) -> [SearchBox] {
    let free = curve.form.nonlinear.filter { curve.fixedValues[$0] == nil }
    let signs =
      free.contains { curve.form.coordinate(of: $0) == .signedLogarithm } ? [1.0, -1] : [1]
    return signs.compactMap { SearchBox(curve, sign: $0, free, doses, bounds) }
  }

  private init?(
    _ curve: ResponseCurve, sign: Double, _ free: [CurveParameter], _ doses: [Double],
    _ bounds: [CurveParameter: ClosedRange<Double>]
  ) {
    let scale = DoseScale(curve.form, doses)
    var (lower, upper, starts) = ([Double](), [Double](), [[Double]]())
    for parameter in free {
      let coordinate = curve.form.coordinate(of: parameter)
      let range = scale.range(parameter, coordinate)
      let limits = Self.limits(bounds[parameter], coordinate, sign)
      guard limits.lowerBound <= limits.upperBound else { return nil }
      lower.append(max(limits.lowerBound, min(limits.upperBound, range.lowerBound)))
      upper.append(min(limits.upperBound, max(limits.lowerBound, range.upperBound)))
      let (a, b) = (lower[lower.count - 1], upper[upper.count - 1])
      let inside = scale.starts(parameter).filter { $0 >= a && $0 <= b }
      starts.append(inside.isEmpty ? [a, (a + b) / 2, b] : inside)
    }
    positions = scale.positions
    lookouts = scale.lookouts
    self.curve = curve
    self.sign = sign
    parameters = free
    self.lower = lower
    self.upper = upper
    self.starts = starts
  }

  /// Bounds as those of a coordinate; empty, with the lower above the upper, for the other sign.
  private static func limits(
    _ bounds: ClosedRange<Double>?, _ coordinate: CurveForm.Coordinate, _ sign: Double
  ) -> (lowerBound: Double, upperBound: Double) {
    guard let bounds else { return (-.infinity, .infinity) }
    if coordinate == .identity { return (bounds.lowerBound, bounds.upperBound) }
    let ends = [sign * bounds.lowerBound, sign * bounds.upperBound].sorted()
    guard ends[1] > 0 else { return (.infinity, -.infinity) }
    return (ends[0] > 0 ? log(ends[0]) : -.infinity, log(ends[1]))
  }

  /// Holds a coordinate.
  mutating func hold(_ index: Int, at value: Double) {
    (lower[index], upper[index]) = (value, value)
  }

  /// Moves the bounds of a coordinate outwards.
  mutating func widen(_ index: Int, by margin: Double) {
    lower[index] -= margin
    upper[index] += margin
  }

  /// The distance to the nearest dose.
  func distance(to place: Double) -> Double {
    positions.reduce(.infinity) { min($0, abs($1 - place)) }
  }

  /// The coordinate of a parameter's value.
  func coordinate(_ index: Int, of value: Double) -> Double {
    curve.form.coordinate(of: parameters[index]) == .identity ? value : log(abs(value))
  }

  /// The parameter at this value of its coordinate, and its derivative.
  func natural(_ index: Int, _ coordinate: Double) -> (value: Double, slope: Double) {
    switch curve.form.coordinate(of: parameters[index]) {
    case .identity: return (coordinate, 1)
    case .logarithm: return (exp(coordinate), exp(coordinate))
    case .signedLogarithm: return (sign * exp(coordinate), sign * exp(coordinate))
    }
  }

  /// The value of a nonlinear parameter, free or fixed; `nil` for no parameter.
  func value(of parameter: CurveParameter?, _ coordinates: [Double]) -> Double? {
    guard let parameter else { return nil }
    if let index = parameters.firstIndex(of: parameter) {
      return natural(index, coordinates[index]).value
    }
    return curve.fixedValues[parameter]
  }

  /// The values of all nonlinear parameters of the form, the fixed ones among them.
  func nonlinear(_ coordinates: [Double]) -> [Double] {
    curve.form.nonlinear.map { value(of: $0, coordinates)! }
  }
}

/// The extent of the doses as a curve sees them, on a logarithmic scale or not.
private struct DoseScale {
  let positions: [Double]
  let isExponential: Bool
  let isLogDose: Bool

  init(_ form: CurveForm, _ doses: [Double]) {
    isExponential = form == .exponential
    if case .sigmoid(let sigmoid) = form { isLogDose = sigmoid.isLogDose } else { isLogDose = true }
    let logarithmic = isLogDose
    let seen = logarithmic ? doses.filter { $0 > 0 }.map { log($0) } : doses
    positions = seen.isEmpty ? [0] : seen
  }

  var first: Double { positions[0] }
  var last: Double { positions[positions.count - 1] }
  /// The distance between the extreme doses; where there is but one, what may serve for it.
  var width: Double {
    if last > first { return last - first }
    return isLogDose || last == 0 ? 1 : abs(last)
  }

  /// The least distance between neighbouring doses.
  private var narrowestGap: Double {
    zip(positions, positions.dropFirst()).reduce(width) { min($0, $1.1 - $1.0) }
  }

  func range(
    _ parameter: CurveParameter, _ coordinate: CurveForm.Coordinate
  ) -> ClosedRange<Double> {
    switch parameter {
    case .slope, .hill: return log(1e-2 / width)...log(1e5 / width)
    case .asymmetry: return log(1e-4)...log(1e4)
    case .scale where isExponential: return (last - log(300))...(last + 20)
    default:
      let margin = coordinate == .identity ? 10 * width : 50
      return (first - margin)...(last + margin)
    }
  }

  func starts(_ parameter: CurveParameter) -> [Double] {
    switch parameter {
    case .slope, .hill:
      // From nearly straight over all doses to a step between the two nearest.
      let steepest = max(
        10 * Double(min(positions.count, 64)) + 10, min(1e4, 8 * width / narrowestGap))
      let span = log(steepest / 0.3)
      let count = max(11, Int(1.7 * span))
      return (0...count).map { log(0.3 / width) + span * Double($0) / Double(count) }
    case .asymmetry: return [0.02, 0.15, 1, 7, 50].map { log($0) }
    case .scale where isExponential: return (-20...20).map { last + Double($0) / 4 }
    default: return locations
    }
  }

  /// Of many doses some.
  var lookouts: [Double] {
    let beside = 1e-3 * narrowestGap
    let stride = 1 + positions.count / 40
    let gaps = zip(positions, positions.dropFirst()).enumerated()
    let between = gaps.filter { $0.offset % stride == 0 }.flatMap { _, gap in
      [gap.0 + beside, (gap.0 + gap.1) / 2, gap.1 - beside]
    }
    return [first - 0.5 * width, first - 0.1 * width, first - beside] + between
      + [last + beside, last + 0.1 * width, last + 0.5 * width]
  }

  /// Places between the doses, at equal fractions of their ranks, and some beyond them.
  private var locations: [Double] {
    let gaps = positions.count - 1
    let count = min(4 * gaps, 96)
    let between = (0...max(1, count)).map { k in
      let rank = count == 0 ? 0 : Double(k) * Double(gaps) / Double(count)
      let index = min(Int(rank), max(0, gaps - 1))
      guard gaps > 0 else { return first }
      return positions[index] + (rank - Double(index)) * (positions[index + 1] - positions[index])
    }
    let beyond = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6].map { $0 * width }
    return beyond.reversed().map { first - $0 } + between + beyond.map { last + $0 }
  }
}
