import Glibc

/// An integrand exp ℓ(u) φ(u) with a concave ℓ, φ the standard normal density.
protocol NormalIntegrand {
  associatedtype Moments: IntegralMoments
  /// ℓ with its derivatives by u.
  func curve(_ u: Double) -> Curve
  /// Adds the node `u`, whose rule has given it `weight`.
  func add(_ u: Double, _ weight: Double, to moments: inout Moments)
}

/// Sums over the nodes of a quadrature, all of terms divided by exp `scale`.
protocol IntegralMoments {
  init(scale: Double)
  var scale: Double { get }
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
  /// The moments over as many nodes as are needed, by adaptive Gauss–Hermite quadrature.
  ///
  /// The nodes are centred at the mode of the integrand and scaled by its curvature there; their
  /// number grows until two counts agree. Pinheiro & Bates (1995), J. Comput. Graph. Stat. 4:12.
  /// Where the likelihood has an edge, as without events under a wide distribution, the integrand
  /// is not much like a normal density; there the trapezoidal rule takes over.
  func integral() throws(UnresolvedIntegral) -> (moments: Moments, nodes: Int) {
    let mode = mode
    let peak = curve(mode)
    let scale = peak.value - mode * mode / 2
    let width = 1 / (1 - peak.curvature).squareRoot()
    let stretch = width * 2.0.squareRoot()
    var previous = Double.nan
    for rule in GaussHermite.rules {
      var moments = Moments(scale: scale)
      for index in rule.nodes.indices {
        add(
          mode + stretch * rule.nodes[index], stretch * rule.weights[index] * standardDensity,
          to: &moments)
      }
      if abs(moments.logIntegral - previous) <= agreement { return (moments, rule.nodes.count) }
      previous = moments.logIntegral
    }
    return try trapezoids(around: mode, scale: scale, width: width)
  }

  /// The trapezoidal rule between the points beyond which nothing is left.
  ///
  /// For an analytic function that vanishes at both ends it converges exponentially, too:
  /// Trefethen & Weideman (2014), SIAM Rev. 56:385.
  private func trapezoids(
    around mode: Double, scale: Double, width: Double
  ) throws(UnresolvedIntegral) -> (moments: Moments, nodes: Int) {
    func end(_ direction: Double) -> Double {
      var distance = width
      while true {
        let u = mode + direction * distance
        if curve(u).value - u * u / 2 - scale < -45 { return u }
        distance *= 1.5
      }
    }
    let (lower, upper) = (end(-1), end(1))
    var previous = Double.nan
    var count = 64
    while count <= 1 << 14 {
      var moments = Moments(scale: scale)
      let step = (upper - lower) / Double(count)
      for j in 1..<count {
        add(lower + Double(j) * step, step * standardDensity, to: &moments)
      }
      if abs(moments.logIntegral - previous) <= agreement { return (moments, count - 1) }
      previous = moments.logIntegral
      count *= 2
    }
    throw UnresolvedIntegral()
  }

  /// The u with ℓ′(u) = u.
  ///
  /// ℓ′(u) − u falls with a slope of −1 or steeper, so that the root lies between 0 and ℓ′(0).
  private var mode: Double {
    let reach = min(1e8, max(-1e8, curve(0).slope))
    return fallingRoot(from: 0, in: min(0, reach)...max(0, reach), tolerance: 1e-9) { u in
      let curve = curve(u)
      return (curve.slope - u, curve.curvature - 1)
    }
  }
}

/// 1/√(2π).
let standardDensity = 0.398_942_280_401_432_7

/// How closely the logarithms of two integrals have to agree.
private let agreement = 1e-12

/// The root in `range` of a falling function, given with its slope, by Newton's method.
///
/// Steps that leave the part of the range where the root must be are replaced by halving it.
func fallingRoot(
  from start: Double, in range: ClosedRange<Double>, tolerance: Double,
  of function: (Double) -> (value: Double, slope: Double)
) -> Double {
  var (lower, upper) = (range.lowerBound, range.upperBound)
  var x = start
  for _ in 0..<200 {
    let (value, slope) = function(x)
    if value == 0 { return x }
    if value > 0 { lower = x } else { upper = x }
    var next = x - value / slope
    if !(next >= lower && next <= upper) { next = (lower + upper) / 2 }
    if abs(next - x) <= tolerance * (1 + abs(x)) { return next }
    x = next
  }
  return x
}
