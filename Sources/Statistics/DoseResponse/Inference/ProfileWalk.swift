import Glibc

/// The search for both ends of a profile, outwards from the estimate.
struct ProfileWalk {
  struct Domain {
    let lower: Double
    let upper: Double
    /// Whether an end of the domain that is not rejected leaves the interval open there.
    var endsAreOpen = true
  }

  private let constrained: ConstrainedProblem
  private let allowed: Double
  private let scale: Double
  private let domain: Domain
  private var start: [Double]
  private var sum: Double
  private var centre: Double
  /// A lower objective met on the way.
  private var better: (coordinates: [Double], sum: Double, centre: Double)?

  private(set) var lower = -Double.infinity
  private(set) var upper = Double.infinity
  private(set) var isHull = false

  init(
    _ constrained: ConstrainedProblem, start: [Double], sum: Double, centre: Double,
    allowed: Double, scale: Double, domain: Domain
  ) {
    self.constrained = constrained
    self.allowed = allowed
    self.scale = scale
    self.domain = domain
    self.start = start
    self.sum = sum
    self.centre = centre
  }

  /// A value with the objective there beyond what is allowed, and the coordinates that reach it.
  private struct Place {
    let value: Double
    /// √((S − S_min)/allowed) − 1: nearly linear in the value, above 0 where it is rejected.
    let excess: Double
    let coordinates: [Double]
  }

  /// Finds both ends; false where a better minimum was met.
  mutating func run() -> Bool {
    isHull = false
    guard let low = end(-1), let high = end(1) else { return false }
    (lower, upper) = (low, high)
    return true
  }

  /// Begins again from the better minimum.
  mutating func restart() {
    guard let better else { return }
    (start, sum, centre) = (better.coordinates, better.sum, better.centre)
    self.better = nil
  }

  private mutating func place(_ value: Double, near: [[Double]]) -> Place? {
    let problem = constrained.problem(at: value)
    let ends = near.compactMap { problem.descended(from: $0, maximumIterations: 100) }
    guard let best = ends.min(by: { $0.sumOfSquares < $1.sumOfSquares }),
      let completed = constrained.completed(best.parameters, at: value)
    else { return nil }
    let rise = best.sumOfSquares - sum
    if rise < -1e-6 * allowed { better = (completed, best.sumOfSquares, value) }
    return Place(
      value: value, excess: (max(0, rise) / allowed).squareRoot() - 1, coordinates: completed)
  }

  /// The end on one side; `nil` where a better minimum was met.
  private mutating func end(_ direction: Double) -> Double? {
    let bound = direction < 0 ? domain.lower : domain.upper
    var inside = Place(value: centre, excess: -1, coordinates: start)
    guard centre != bound else { return domain.endsAreOpen ? direction * .infinity : bound }
    var step = scale
    for _ in 0..<40 {
      var next = inside.value + direction * step
      let isLast = direction < 0 ? next <= bound : next >= bound
      if isLast { next = bound }
      let ahead = extrapolated(inside, to: next)
      // Where no curve has the value it is as good as rejected.
      let outside = place(next, near: ahead)
      guard better == nil else { return nil }
      if outside?.excess ?? .infinity > 0 {
        let limit = crossing(inside, next, outside)
        guard better == nil else { return nil }
        return limit.flatMap { isRejectedFar($0, direction, outside, bound) }
      }
      guard let outside else { break }
      if isLast { return domain.endsAreOpen ? direction * .infinity : bound }
      inside = outside
      // Far out a curve no longer changes.
      if abs(inside.value - centre) > reach { break }
      step *= 2
    }
    return direction * .infinity
  }

  /// How far is far: e³⁰ for logarithms, 10⁹ standard errors.
  private var reach: Double { constrained.isLogarithmic ? 30 : 1e9 * scale }

  private func extrapolated(_ from: Place, to value: Double) -> [[Double]] {
    guard from.value != centre else { return [from.coordinates] }
    let factor = (value - from.value) / (from.value - centre)
    let line = zip(from.coordinates, start).map { $0 + min(1, abs(factor)) * ($0 - $1) }
    return [from.coordinates, line]
  }

  /// Where the excess is 0 between `inside` and `value`, by false position with Illinois' halving.
  private mutating func crossing(_ inside: Place, _ value: Double, _ outside: Place?) -> Double? {
    var (a, b) = (inside, outside ?? Place(value: value, excess: .infinity, coordinates: []))
    var (left, right) = (a.excess, b.excess)
    var lastMoved = 0
    for _ in 0..<100 where abs(b.value - a.value) > 1e-12 * abs(b.value - centre) {
      let share = right.isFinite ? left / (left - right) : 0.5
      let next = a.value + min(max(share, 1e-9), 1 - 1e-9) * (b.value - a.value)
      guard next != a.value, next != b.value else { break }
      let found = place(next, near: [a.coordinates, b.coordinates].filter { !$0.isEmpty })
      guard better == nil else { return nil }
      // An end that stays twice counts half.
      if let found, found.excess <= 0 {
        if found.excess >= -1e-13 { return next }
        (a, left) = (found, found.excess)
        if lastMoved == -1 { right /= 2 }
        lastMoved = -1
      } else {
        b = found ?? Place(value: next, excess: .infinity, coordinates: [])
        if b.excess <= 1e-13 { return next }
        right = b.excess
        if lastMoved == 1 { left /= 2 }
        lastMoved = 1
      }
    }
    return abs(a.excess) < abs(b.excess) ? a.value : b.value
  }

  /// `limit`, unless far beyond it values are accepted again: then the interval is open and a hull.
  private mutating func isRejectedFar(
    _ limit: Double, _ direction: Double, _ outside: Place?, _ bound: Double
  ) -> Double? {
    guard let outside, constrained.isLogarithmic else { return limit }
    let far = direction < 0 ? max(bound, centre - reach) : min(bound, centre + reach)
    guard let place = place(far, near: [outside.coordinates]) else { return limit }
    guard better == nil else { return nil }
    guard place.excess <= 0 else { return limit }
    isHull = true
    return direction * .infinity
  }
}
