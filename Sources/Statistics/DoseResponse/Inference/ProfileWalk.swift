import Glibc

/// Between which places a target may lie.
struct ProfileDomain {
  var lower = -Double.infinity
  var upper = Double.infinity
  /// Whether an end that is not rejected is itself the limit, and not open.
  var lowerIsClosed = false
  var upperIsClosed = false
}

/// An end of a profile as a place, and the slope there where the curve is a step.
struct ProfileEnd {
  let value: Double
  var stepSlope: Double?
}

/// The search for both ends of a profile, outwards from the estimate.
struct ProfileWalk<Objective: ProfiledObjective> {
  private var objective: Objective
  private let isLogarithmic: Bool
  private let allowed: Double
  private let scale: Double
  private let domain: ProfileDomain
  private var start: [Double]
  private var sum: Double
  private var centre: Double
  /// A lower objective met on the way.
  private var better: (coordinates: [Double], sum: Double, centre: Double)?

  private(set) var lower = ProfileEnd(value: -.infinity)
  private(set) var upper = ProfileEnd(value: .infinity)
  private(set) var isHull = false

  /// From `start`, where the target is `centre`, in steps of about `scale`.
  init?(
    _ objective: Objective, start: [Double], centre: Double, isLogarithmic: Bool,
    allowed: Double, scale: Double, domain: ProfileDomain
  ) {
    self.objective = objective
    self.isLogarithmic = isLogarithmic
    self.centre = centre
    self.allowed = allowed
    self.scale = scale
    self.domain = domain
    guard let least = self.objective.lowest(at: centre, near: [start]) else { return nil }
    self.start = least.coordinates
    sum = least.sum
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

  private mutating func place(
    _ value: Double, near: [[Double]], isThorough: Bool = false
  ) -> Place? {
    let found =
      isThorough
      ? objective.lowestOfAll(at: value, near: near) : objective.lowest(at: value, near: near)
    guard let found else { return nil }
    let rise = found.sum - sum
    if rise < -1e-6 * allowed { better = (found.coordinates, found.sum, value) }
    return Place(
      value: value, excess: (max(0, rise) / allowed).squareRoot() - 1,
      coordinates: found.coordinates)
  }

  /// The end on one side; `nil` where a better minimum was met.
  private mutating func end(_ direction: Double) -> ProfileEnd? {
    let bound = direction < 0 ? domain.lower : domain.upper
    let isClosed = direction < 0 ? domain.lowerIsClosed : domain.upperIsClosed
    let open = ProfileEnd(value: direction * .infinity)
    var inside = Place(value: centre, excess: -1, coordinates: start)
    guard centre != bound else { return isClosed ? ProfileEnd(value: bound) : open }
    var step = scale
    for _ in 0..<80 {
      var next = inside.value + direction * step
      let isLast = direction < 0 ? next <= bound : next >= bound
      if isLast { next = bound }
      let ahead = extrapolated(inside, to: next)
      var outside = place(next, near: ahead)
      if outside?.excess ?? 1 > 0 { outside = place(next, near: ahead, isThorough: true) }
      guard better == nil else { return nil }
      if let accepted = outside, accepted.excess <= 0 {
        if isLast { return isClosed ? ProfileEnd(value: bound) : open }
        // The first step was to the end of an ellipse: what is left is short, or without end.
        step = inside.value == centre ? scale / 4 : step * 2
        inside = accepted
      } else {
        // Where no curve has the value it is as good as rejected.
        let rejected = outside ?? Place(value: next, excess: .infinity, coordinates: [])
        guard let limit = crossing(inside, rejected) else { return nil }
        let beyond = island(beyond: limit, direction, bound)
        guard better == nil else { return nil }
        guard let beyond else { return settled(limit, direction) }
        isHull = true
        (inside, step) = (beyond, scale)
      }
      if bound.isInfinite, abs(inside.value - centre) > reach { return open }
    }
    return open
  }

  /// How far a search without a bound goes: for logarithms from one end of a search to beyond the other,
  /// else 10⁹ first steps.
  private var reach: Double { isLogarithmic ? 150 : 1e9 * scale }

  private func extrapolated(_ from: Place, to value: Double) -> [[Double]] {
    guard from.value != centre else { return [from.coordinates] }
    let factor = (value - from.value) / (from.value - centre)
    let line = zip(from.coordinates, start).map { $0 + min(1, abs(factor)) * ($0 - $1) }
    return [from.coordinates, line]
  }

  /// Where the excess is 0 between `inside` and `outside`; `nil` where a better minimum was met.
  ///
  /// What is rejected there must be so from all over, else the search goes on from what is accepted.
  private mutating func crossing(_ inside: Place, _ outside: Place) -> Place? {
    var inside = inside
    for _ in 0..<8 {
      guard let found = root(inside, outside) else { return nil }
      let again = place(found.value, near: [found.coordinates], isThorough: true)
      guard better == nil else { return nil }
      guard let again, again.excess < -1e-9 else { return found }
      inside = again
    }
    return inside
  }

  /// By false position with Illinois' halving.
  private mutating func root(_ inside: Place, _ outside: Place) -> Place? {
    var (a, b) = (inside, outside)
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
        if found.excess >= -1e-13 { return found }
        (a, left) = (found, found.excess)
        if lastMoved == -1 { right /= 2 }
        lastMoved = -1
      } else {
        b = found ?? Place(value: next, excess: .infinity, coordinates: [])
        if b.excess <= 1e-13 { return b }
        right = b.excess
        if lastMoved == 1 { left /= 2 }
        lastMoved = 1
      }
    }
    return abs(a.excess) <= abs(b.excess) ? a : b
  }

  /// The farthest of the places worth a look beyond `limit` that is accepted again.
  private mutating func island(
    beyond limit: Place, _ direction: Double, _ bound: Double
  ) -> Place? {
    func isBeyond(_ value: Double) -> Bool {
      direction < 0 ? value < limit.value && value >= bound : value > limit.value && value <= bound
    }
    let far = bound.isFinite ? bound : limit.value + direction * reach
    // Where a glance sees the objective twice too high, a descent does not bring it down enough.
    let seen = objective.candidates.filter(isBeyond).filter {
      objective.glance(at: $0) - sum <= 2 * allowed
    }
    let candidates = seen + [far]
    for value in candidates.filter(isBeyond).sorted(by: { direction * $0 > direction * $1 }) {
      let found = place(value, near: [limit.coordinates], isThorough: true)
      if better != nil { return nil }
      if let found, found.excess <= 0 { return found }
    }
    return nil
  }

  /// The end at `limit`, open where only the search ends there.
  private func settled(_ limit: Place, _ direction: Double) -> ProfileEnd {
    if var wider = objective.widened(limit.coordinates) {
      let distance = isLogarithmic ? 1 : abs(limit.value - centre)
      let beyond = wider.lowest(at: limit.value + direction * distance, near: [limit.coordinates])
      if let beyond, beyond.sum - sum <= allowed { return ProfileEnd(value: direction * .infinity) }
    }
    return ProfileEnd(value: limit.value, stepSlope: objective.stepSlope(limit.coordinates))
  }
}
