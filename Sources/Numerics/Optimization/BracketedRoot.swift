/// A zero of a function, or the place where its sign changes.
public struct Root: Hashable, Sendable {
  /// The argument: of the two ends of the last bracket, that with the smaller |f|.
  public let value: Double

  /// f(`value`): 0, or what rounding leaves of it; at a jump or a pole it stays large.
  public let residual: Double

  /// The number of arguments tried after the two end points.
  public let iterations: Int
}

/// Why an interval cannot be searched for a root.
public enum RootError: Error, Hashable, Sendable {
  /// f has the same sign at both end points.
  case notBracketed(lower: Double, upper: Double, valueAtLower: Double, valueAtUpper: Double)

  /// The end point is not finite, or f is NaN at this argument.
  case notFinite(at: Double)
}

/// A root of f between `lower` and `upper`, where f has opposite signs.
///
/// The search stops when at most one double lies strictly between the last two arguments of
/// opposite sign, so the sign of the computed f changes within 2 ulp of the root at every scale,
/// 1e-300 as well as 1e300. An infinite value of f counts as its sign.
///
/// Inverse quadratic interpolation where the last three points make it safe, else bisection:
/// Chandrupatla (1997), Adv. Eng. Softw. 28:145. Three arguments in a row that fail to halve the
/// number of doubles in the bracket are followed by the middle one of these doubles, which bounds
/// the search by 4 × 64 arguments, also where the bracket spans many powers of ten.
///
/// - Throws: ``RootError``; an end point that is a root is returned without evaluating further.
public func bracketedRoot(
  of function: (Double) -> Double, lower: Double, upper: Double
) throws(RootError) -> Root {
  precondition(!(lower > upper), "not an interval: \(lower) to \(upper)")
  let first = try Point(lower, of: function)
  if first.value == 0 { return Root(value: lower, residual: 0, iterations: 0) }
  let last = try Point(upper, of: function)
  if last.value == 0 { return Root(value: upper, residual: 0, iterations: 0) }
  guard first.isPositive != last.isPositive else {
    throw .notBracketed(
      lower: lower, upper: upper, valueAtLower: first.value, valueAtUpper: last.value)
  }

  var bracket = Bracket(first, last)
  while bracket.doublesApart > 2 {
    let point = try Point(bracket.nextArgument, of: function)
    bracket.narrow(to: point)
    if point.value == 0 { break }
  }
  return Root(
    value: bracket.best.argument, residual: bracket.best.value, iterations: bracket.iterations)
}

/// A finite argument x with f(x), which is not NaN.
private struct Point {
  let argument: Double
  let value: Double

  init(_ argument: Double, of function: (Double) -> Double) throws(RootError) {
    guard argument.isFinite else { throw .notFinite(at: argument) }
    self.argument = argument
    value = function(argument)
    if value.isNaN { throw .notFinite(at: argument) }
  }

  var isPositive: Bool { value > 0 }
}

/// Two points of opposite sign, the third that was last given up, and the progress so far.
private struct Bracket {
  private var newest: Point
  private var opposite: Point
  private var retired: Point?
  private(set) var doublesApart: UInt64
  private(set) var iterations = 0
  private var doublesAtLastHalving: UInt64
  private var argumentsSinceHalving = 0

  init(_ first: Point, _ last: Point) {
    newest = last
    opposite = first
    doublesApart = spacing(first.argument, last.argument)
    doublesAtLastHalving = doublesApart
  }

  var best: Point { abs(newest.value) <= abs(opposite.value) ? newest : opposite }

  /// Replaces the end whose sign `point` has.
  mutating func narrow(to point: Point) {
    if point.isPositive == newest.isPositive {
      retired = newest
    } else {
      retired = opposite
      opposite = newest
    }
    newest = point
    iterations += 1
    doublesApart = spacing(newest.argument, opposite.argument)
    argumentsSinceHalving += 1
    if doublesApart <= doublesAtLastHalving / 2 + 1 {
      doublesAtLastHalving = doublesApart
      argumentsSinceHalving = 0
    }
  }

  /// An argument strictly inside the bracket.
  var nextArgument: Double {
    let a = newest.argument
    let b = opposite.argument
    guard argumentsSinceHalving < 3, (b - a).isFinite else { return middleDouble(a, b) }
    // One ulp at least from either end: the step that closes the bracket from its far side.
    let closest = best.argument.ulp / abs(b - a)
    let fraction = min(1 - closest, max(closest, interpolatedFraction ?? 0.5))
    let next = a + fraction * (b - a)
    return next == a || next == b ? middleDouble(a, b) : next
  }

  /// The fraction of the way from a to b at which x(f), the quadratic through the three points, has f = 0.
  ///
  /// With ξ = (a − b)/(c − b) and φ = (f(a) − f(b))/(f(c) − f(b)), the quadratic is monotone
  /// between a and b, and so safe, if φ² < ξ and (1 − φ)² < 1 − ξ.
  private var interpolatedFraction: Double? {
    guard let retired else { return nil }
    let (a, fa) = (newest.argument, newest.value)
    let (b, fb) = (opposite.argument, opposite.value)
    let (c, fc) = (retired.argument, retired.value)
    let xi = (a - b) / (c - b)
    let phi = (fa - fb) / (fc - fb)
    guard phi * phi < xi, (1 - phi) * (1 - phi) < 1 - xi else { return nil }
    let fraction =
      fa / (fb - fa) * fc / (fb - fc)
      + (c - a) / (b - a) * fa / (fc - fa) * fb / (fc - fb)
    return fraction.isFinite ? fraction : nil
  }
}

/// The number of steps from one double to the next between `a` and `b`.
private func spacing(_ a: Double, _ b: Double) -> UInt64 {
  UInt64(bitPattern: ordinal(max(a, b)) &- ordinal(min(a, b)))
}

/// The double with as many doubles between it and `a` as between it and `b`.
private func middleDouble(_ a: Double, _ b: Double) -> Double {
  let middle = ordinal(min(a, b)) &+ Int64(spacing(a, b) / 2)
  return Double(bitPattern: UInt64(bitPattern: middle >= 0 ? middle : Int64.min &- middle))
}

/// The place of `x` among the doubles in increasing order; both zeros are at 0.
private func ordinal(_ x: Double) -> Int64 {
  let bits = Int64(bitPattern: x.bitPattern)
  return bits >= 0 ? bits : Int64.min &- bits
}
