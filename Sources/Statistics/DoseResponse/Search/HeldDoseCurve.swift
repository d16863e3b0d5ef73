import Glibc

/// The sum of squares of one curve by its slope alone, an effective dose held.
///
/// y ≈ m + a x(z), z = z_p + b (u − u_p), b = ± exp(s), u the dose as the curve sees it. x is the share
/// of one plateau, and what is free of the level m and the span a takes its best values.
struct HeldDoseCurve {
  /// Which plateaus are free; with one of them x is its own share, and m is what is fixed.
  enum Plateaus {
    case both
    case upper(fixedLower: Double)
    case lower(fixedUpper: Double)
    case none(lower: Double, upper: Double)
  }

  /// A sum of squares and its derivatives by s.
  struct Value {
    var sum: Double
    var gradient = 0.0
    var curvature = 0.0
  }

  private let shape: CurveShape
  /// −1 or 1, that of b.
  private let sign: Double
  private let plateaus: Plateaus
  /// Whether `upper` is not to be less than `lower`.
  private let isOrdered: Bool
  /// z at the effective dose.
  private let argument: Double
  private let totalWeight: Double
  private var doses: [Dose]
  /// u_p.
  var place = 0.0
  /// a, and Σ w x².
  private var (span, square) = (0.0, 0.0)

  /// One dose, and the curve there at the last slope.
  private struct Dose {
    let position: Double
    let weight: Double
    /// Less what is fixed, or less the mean of all.
    let response: Double
    /// z.
    var argument = 0.0
    /// The shares of the upper and of the lower plateau; then x, less its mean where the level is free.
    var share = 0.0
    var complement = 0.0
    /// The first and second derivative of x by z.
    var slope = 0.0
    var bend = 0.0
    var residual = 0.0
  }

  init(
    _ shape: CurveShape, sign: Double, _ plateaus: Plateaus, isOrdered: Bool, argument: Double,
    positions: [Double], weights: [Double], means: [Double]
  ) {
    self.shape = shape
    self.sign = sign
    self.plateaus = plateaus
    self.isOrdered = isOrdered
    self.argument = argument
    let total = weights.reduce(0, +)
    totalWeight = total
    let level =
      switch plateaus {
      case .both: zip(weights, means).reduce(0) { $0 + $1.0 * $1.1 } / total
      case .upper(let fixed), .lower(let fixed), .none(let fixed, _): fixed
      }
    doses = positions.indices.map {
      Dose(position: positions[$0], weight: weights[$0], response: means[$0] - level)
    }
  }

  /// The least sum of squares at a slope's logarithm.
  mutating func sum(_ logarithm: Double) -> Double {
    fillShares(sign * exp(logarithm), isDifferentiated: false)
    return solve()
  }

  /// The same with its derivatives.
  ///
  /// With F(s, m, a) = Σ w r², S′ = F_s and S″ = F_ss − F_sm²/F_mm − F_sa²/F_aa.
  mutating func evaluate(_ logarithm: Double) -> Value {
    let slope = sign * exp(logarithm)
    fillShares(slope, isDifferentiated: true)
    var value = Value(sum: solve())
    guard span != 0 else { return value }
    var (gradient, bend, squares, drift, change) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for dose in doses where dose.slope != 0 {
      // z changes by z − z_p, and that by itself.
      let way = slope * (dose.position - place)
      let bySlope = dose.slope * way
      let residual = dose.weight * dose.residual
      gradient += residual * bySlope
      bend += residual * (dose.bend * way * way + bySlope)
      squares += dose.weight * bySlope * bySlope
      drift += dose.weight * bySlope
      change += span * dose.weight * bySlope * dose.share
    }
    value.gradient = -2 * span * gradient
    value.curvature = 2 * span * (span * squares - bend)
    if case .none = plateaus { return value }
    if case .both = plateaus { value.curvature -= 2 * span * span * drift * drift / totalWeight }
    value.curvature -= 2 * (change - gradient) * (change - gradient) / square
    return value
  }

  /// x: q or −p, of the two the smaller, which has the digits.
  private mutating func fillShares(_ slope: Double, isDifferentiated: Bool) {
    var (least, most) = (Double.infinity, -Double.infinity)
    for i in doses.indices {
      let z = argument + slope * (doses[i].position - place)
      doses[i].argument = z
      least = z < least ? z : least
      most = z > most ? z : most
    }
    let shift = shape == .logistic ? shift(least, most) : 0
    var (upper, lower) = (0.0, 0.0)
    for i in doses.indices {
      let z = doses[i].argument + shift
      let share = shape.symmetricShare(at: z)
      doses[i].share = share.q
      doses[i].complement = share.p
      doses[i].slope = share.byArgument
      if isDifferentiated { doses[i].bend = shape.curvature(at: z, share) }
      upper = share.q > upper ? share.q : upper
      lower = share.p > lower ? share.p : lower
    }
    let isLower =
      switch plateaus {
      case .both: lower < upper
      case .lower: true
      case .upper, .none: false
      }
    if isLower { for i in doses.indices { doses[i].share = -doses[i].complement } }
  }

  /// What is added to every z: far from a plateau its share is e^∓z, and where the span is free another
  /// origin of z is as good.
  private func shift(_ least: Double, _ most: Double) -> Double {
    let far = 40.0
    switch plateaus {
    case .both: return least > far ? far - least : most < -far ? -far - most : 0
    case .upper: return least > far ? far - least : 0
    case .lower: return most < -far ? -far - most : 0
    case .none: return 0
    }
  }

  /// Solves for what is free of the plateaus; the sum of squares.
  private mutating func solve() -> Double {
    var (product, length, mean) = (0.0, 0.0, 0.0)
    for dose in doses {
      length += dose.weight * dose.share * dose.share
      mean += dose.weight * dose.share
    }
    if case .both = plateaus { mean /= totalWeight } else { mean = 0 }
    square = 0
    for i in doses.indices {
      let share = doses[i].share - mean
      doses[i].share = share
      square += doses[i].weight * share * share
      product += doses[i].weight * share * doses[i].response
    }
    switch plateaus {
    case .none(let lower, let upper): span = upper - lower
    // What is less than rounding leaves of the shares is no curve.
    case .both, .upper, .lower: span = square > 1e-26 * length ? product / square : 0
    }
    if isOrdered, span < 0 { span = 0 }
    var sum = 0.0
    for i in doses.indices {
      let residual = doses[i].response - span * doses[i].share
      doses[i].residual = residual
      sum += doses[i].weight * residual * residual
    }
    return sum
  }
}

extension HeldDoseCurve {
  /// Where a search for the best slope ends that begins at `start`, s and the sum of squares.
  ///
  /// Newton's steps, at most as long as one that did well before; uphill is never gone.
  mutating func descend(
    from start: Double, within range: ClosedRange<Double>
  ) -> (logarithm: Double, sum: Double) {
    var s = min(max(start, range.lowerBound), range.upperBound)
    var here = evaluate(s)
    var radius = 1.0
    for _ in 0..<200 {
      let newton = here.curvature > 0 ? -here.gradient / here.curvature : .infinity
      let step = min(abs(newton), radius) * (here.gradient < 0 ? 1 : -1)
      let next = min(max(s + step, range.lowerBound), range.upperBound)
      // What the step promises at most.
      guard next != s, abs(here.gradient * (next - s)) > 1e-16 * here.sum else { break }
      let there = evaluate(next)
      if there.sum < here.sum {
        if abs(next - s) == radius { radius *= 2 }
        (s, here) = (next, there)
      } else {
        radius = abs(next - s) / 4
      }
    }
    return (s, here.sum)
  }
}
