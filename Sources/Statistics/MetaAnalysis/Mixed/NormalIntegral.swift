import Glibc
import Optimization

/// An integrand exp ℓ(u) φ(u) with a concave ℓ, φ the standard normal density.
protocol NormalIntegrand {
  associatedtype Moments: IntegralMoments
  /// The change of log odds or log rates with u.
  var spread: Double { get }
  /// ℓ with its derivatives by u.
  func curve(_ u: Double) throws(UnresolvedIntegral) -> Curve
  /// Adds the node `u`, whose rule has given it `weight`.
  func add(_ u: Double, _ weight: Double, to moments: inout Moments) throws(UnresolvedIntegral)
}

/// Sums over the nodes of a quadrature, all of terms divided by exp `scale`.
protocol IntegralMoments {
  init(scale: Double)
  var scale: Double { get set }
  /// Σ of the integrand.
  var total: Double { get }
}

extension IntegralMoments {
  var logIntegral: Double { scale + log(total) }

  /// exp(`logDensity` − scale); `nil` where nothing comes of the node.
  func share(_ weight: Double, _ logDensity: Double) -> Double? {
    let share = weight * exp(logDensity - scale)
    return share > 1e-60 ? share : nil
  }
}

/// No number of nodes that was tried gave the integral over the random effects.
struct UnresolvedIntegral: Error {}

extension NormalIntegrand {
  /// The moments over as many nodes as are needed for two successive counts to agree.
  ///
  /// The nodes are centred at the mode of the integrand and scaled by its curvature there, w: Pinheiro
  /// & Bates (1995), J. Comput. Graph. Stat. 4:12. A likelihood of counts has its singularities at
  /// distances of π on the scale of logarithms, and grows beyond π/2, so that Gauss and Hermite's
  /// rule needs about 50 (τw)² nodes. Where that is many, the trapezoidal rule needs fewer.
  func integral(
    agreement: Double
  ) throws(UnresolvedIntegral) -> (moments: Moments, nodes: Int) {
    let mode = try mode()
    let peak = try curve(mode)
    let scale = peak.value - mode * mode / 2
    let width = 1 / (1 - peak.curvature).squareRoot()
    let stretch = width * 2.0.squareRoot()
    let needed = 5 + 50 * (spread * width) * (spread * width)
    var previous = Double.nan
    for rule in gaussHermiteRules where Double(rule.nodes.count) >= needed {
      var moments = Moments(scale: scale)
      for index in rule.nodes.indices {
        try add(mode + stretch * rule.nodes[index], rule.weights[index], to: &moments)
      }
      moments.scale += log(stretch * standardDensity)
      if abs(moments.logIntegral - previous) <= agreement { return (moments, rule.nodes.count) }
      previous = moments.logIntegral
    }
    return try trapezoids(around: mode, scale: scale, width: width, agreement)
  }

  /// The trapezoidal rule between the points beyond which nothing is left.
  ///
  /// For an analytic function that vanishes at both ends it converges exponentially, too:
  /// Trefethen & Weideman (2014), SIAM Rev. 56:385.
  private func trapezoids(
    around mode: Double, scale: Double, width: Double, _ agreement: Double
  ) throws(UnresolvedIntegral) -> (moments: Moments, nodes: Int) {
    func end(_ direction: Double) throws(UnresolvedIntegral) -> Double {
      var distance = 6 * width
      while distance.isFinite {
        let u = mode + direction * distance
        if try curve(u).value - u * u / 2 - scale < -42 { return u }
        distance *= 1.3
      }
      throw UnresolvedIntegral()
    }
    let (lower, upper) = (try end(-1), try end(1))
    // Half the step squares the error: what is left is far less than the difference.
    var count = 16
    while (upper - lower) / Double(count) > min(0.9 * width, 0.5 / spread) {
      guard count <= 1 << 14 else { throw UnresolvedIntegral() }
      count *= 2
    }
    var step = (upper - lower) / Double(count)
    var moments = Moments(scale: scale)
    for j in 1..<count { try add(lower + Double(j) * step, 1, to: &moments) }
    var value = log(moments.total * step)
    while count <= 1 << 14 {
      // The points in between.
      for j in 0..<count { try add(lower + (Double(j) + 0.5) * step, 1, to: &moments) }
      count *= 2
      step /= 2
      let refined = log(moments.total * step)
      if abs(refined - value) <= 100 * agreement {
        moments.scale += log(step * standardDensity)
        return (moments, count - 1)
      }
      value = refined
    }
    throw UnresolvedIntegral()
  }

  /// The u with ℓ′(u) = u.
  ///
  /// ℓ′(u) − u falls with a slope of −1 or steeper, so that the root lies between 0 and ℓ′(0).
  private func mode() throws(UnresolvedIntegral) -> Double {
    let reach = min(1e8, max(-1e8, try curve(0).slope))
    return try fallingRoot(
      from: 0, in: min(0, reach)...max(0, reach), tolerance: 1e-7
    ) { u throws(UnresolvedIntegral) in
      let curve = try curve(u)
      return (curve.slope - u, curve.curvature - 1)
    }
  }
}

/// Rules of more and more nodes, to be tried in this order.
private let gaussHermiteRules = [7, 11, 15, 21, 29, 41].map(GaussHermite.init(count:))

/// 1/√(2π).
private let standardDensity = 0.398_942_280_401_432_7

/// The root in `range` of a falling function, given with its slope, by Newton's method.
///
/// Steps that leave the part of the range where the root must be are replaced by halving it.
func fallingRoot<Failure>(
  from start: Double, in range: ClosedRange<Double>, tolerance: Double,
  of function: (Double) throws(Failure) -> (value: Double, slope: Double)
) throws(Failure) -> Double {
  var (lower, upper) = (range.lowerBound, range.upperBound)
  var x = start
  for _ in 0..<200 {
    let (value, slope) = try function(x)
    if value == 0 { return x }
    if value > 0 { lower = x } else { upper = x }
    var next = x - value / slope
    if !(next >= lower && next <= upper) { next = (lower + upper) / 2 }
    if abs(next - x) <= tolerance * (1 + abs(x)) { return next }
    x = next
  }
  return x
}
