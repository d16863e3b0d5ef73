/// A local minimum of a function on an interval.
///
/// A search that ran out of iterations is a result: its argument is the best one found.
public struct Minimum: Hashable, Sendable {
  /// Why the search stopped.
  public enum Termination: String, Codable, Sendable {
    /// The bracket is as narrow as the tolerance asks.
    case tolerance
    /// The search converged to an end of the interval, and f is no larger there.
    case endOfInterval = "end-of-interval"
    /// The tolerance was not met within `maximumIterations`.
    case iterationLimit = "iteration-limit"
    /// f was infinite or NaN wherever it was evaluated.
    case noFiniteValue = "no-finite-value"
  }

  /// The argument with the smallest value found.
  public let argument: Double

  /// f(`argument`); +∞ if no finite value was found.
  public let value: Double

  /// Steps taken; f was evaluated once more, and at an end of the interval that was approached.
  public let iterations: Int

  public let termination: Termination
}

/// A local minimum of f on [`lower`, `upper`]; the minimum if f has only one there.
///
/// Parabolas through the three best points, golden sections where these fail. The bracket shrinks
/// to 2 tol(x) on either side of x, with tol(x) = ε |x| + ε² (`upper` − `lower`) and
/// ε = `relativeTolerance`. Below √(2⁻⁵²) ≈ 1.5e-8 rounding of f usually hides any
/// gain in x. A NaN value of f counts as +∞.
/// Brent (1973), Algorithms for Minimization without Derivatives, ch. 5.
public func brentMinimum(
  of function: (Double) -> Double, lower: Double, upper: Double,
  relativeTolerance: Double = 1.5e-8, maximumIterations: Int = 200
) -> Minimum {
  precondition(
    lower <= upper && (upper - lower).isFinite, "not an interval: \(lower) to \(upper)")
  precondition(relativeTolerance > 0, "not a tolerance: \(relativeTolerance)")
  var search = MinimumSearch(function, lower, upper, relativeTolerance)
  while !search.hasConverged, search.iterations < maximumIterations {
    search.step(function)
  }
  return search.result(function, lower, upper)
}

/// The three best points and the bracket [a, b] around them, in Brent's letters.
private struct MinimumSearch {
  private typealias Point = (argument: Double, value: Double)

  private var a: Double
  private var b: Double
  private var x: Point  // the best
  private var w: Point  // the second best
  private var v: Point  // the previous w
  private var lastStep = 0.0
  private var stepBeforeLast = 0.0
  private let epsilon: Double
  private let absoluteTolerance: Double
  private(set) var iterations = 0

  /// (3 − √5) / 2, the smaller part of a golden section.
  private static let goldenSection = 0.381_966_011_250_105_15

  init(_ function: (Double) -> Double, _ lower: Double, _ upper: Double, _ epsilon: Double) {
    a = lower
    b = upper
    self.epsilon = epsilon
    absoluteTolerance = epsilon * epsilon * (upper - lower)
    let start = lower + Self.goldenSection * (upper - lower)
    x = (start, comparable(function(start)))
    w = x
    v = x
  }

  private var middle: Double { a + (b - a) / 2 }
  private var tolerance: Double { epsilon * abs(x.argument) + absoluteTolerance }

  var hasConverged: Bool { abs(x.argument - middle) <= 2 * tolerance - (b - a) / 2 }

  mutating func step(_ function: (Double) -> Double) {
    let step = parabolicStep ?? goldenStep
    // After a golden section any parabola within its part of the bracket may be tried.
    stepBeforeLast = step.isParabolic ? lastStep : step.length / Self.goldenSection
    lastStep = step.length
    // f is not evaluated closer to x than the tolerance.
    let length =
      abs(step.length) >= tolerance
      ? step.length : Double(signOf: step.length, magnitudeOf: tolerance)
    let argument = x.argument + length
    keep((argument, comparable(function(argument))))
    iterations += 1
  }

  /// The step to the vertex of the parabola through x, w and v.
  ///
  /// Refused outside the bracket, and when not shorter than half the step before the last.
  private var parabolicStep: (length: Double, isParabolic: Bool)? {
    guard abs(stepBeforeLast) > tolerance else { return nil }
    let r = (x.argument - w.argument) * (x.value - v.value)
    let s = (x.argument - v.argument) * (x.value - w.value)
    let numerator = (x.argument - v.argument) * s - (x.argument - w.argument) * r
    let length = -numerator / (2 * (s - r))
    let vertex = x.argument + length
    guard abs(length) < abs(stepBeforeLast) / 2, vertex > a, vertex < b else { return nil }
    if vertex - a < 2 * tolerance || b - vertex < 2 * tolerance {
      return (Double(signOf: middle - x.argument, magnitudeOf: tolerance), true)
    }
    return (length, true)
  }

  private var goldenStep: (length: Double, isParabolic: Bool) {
    let longer = (x.argument < middle ? b : a) - x.argument
    return (Self.goldenSection * longer, false)
  }

  private mutating func keep(_ point: Point) {
    if point.value <= x.value {
      if point.argument < x.argument { b = x.argument } else { a = x.argument }
      (v, w, x) = (w, x, point)
      return
    }
    if point.argument < x.argument { a = point.argument } else { b = point.argument }
    if point.value <= w.value || w.argument == x.argument {
      (v, w) = (w, point)
    } else if point.value <= v.value || v.argument == x.argument || v.argument == w.argument {
      v = point
    }
  }

  /// The best point, or the end of the interval if the search ran into it and f is no larger there.
  func result(
    _ function: (Double) -> Double, _ lower: Double, _ upper: Double
  ) -> Minimum {
    var best = x
    var termination = hasConverged ? Minimum.Termination.tolerance : .iterationLimit
    for end in [lower, upper] where hasConverged && abs(x.argument - end) <= 4 * tolerance {
      let value = comparable(function(end))
      if value <= best.value {
        best = (end, value)
        termination = .endOfInterval
      }
    }
    if best.value == .infinity { termination = .noFiniteValue }
    return Minimum(
      argument: best.argument, value: best.value, iterations: iterations,
      termination: termination)
  }
}

private func comparable(_ value: Double) -> Double { value.isNaN ? .infinity : value }
