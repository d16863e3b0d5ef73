import Glibc

/// The form of the models that pass from one plateau to another.
///
/// z = sign · slope · (u − location), u the logarithm of the dose or the dose itself, and q(z) by the
/// shape.
struct Sigmoid: Hashable, Sendable {
  /// What is made of the share q.
  enum Composition: Hashable, Sendable {
    /// `lower` p + `upper` q.
    case plateaus
    /// `lower` p + (`upper` + `hormesis` x) q.
    case brainCousens
    /// `lower` p + (`upper` + `hormesis` exp(−1/x^α)) q.
    case cedergreen(alpha: Double)
    /// `e0` + `emax` q.
    case rise
  }

  let shape: CurveShape
  var isLogDose = true
  /// `nil` where the slope is 1.
  var slope: CurveParameter? = .slope
  /// −1 where a positive slope goes against the shape.
  var sign = 1.0
  let location: CurveParameter
  var isAsymmetric = false
  var composition = Composition.plateaus

  var isHormesis: Bool {
    switch composition {
    case .brainCousens, .cedergreen: true
    case .plateaus, .rise: false
    }
  }

  var linear: [CurveParameter] {
    if composition == .rise { return [.e0, .emax] }
    return isHormesis ? [.lower, .upper, .hormesis] : [.lower, .upper]
  }

  var nonlinear: [CurveParameter] {
    [slope, location, isAsymmetric ? .asymmetry : nil].compactMap(\.self)
  }

  /// sign · slope; the slope is the first of the nonlinear parameters.
  func signedSlope(_ nonlinear: [Double]) -> Double { slope == nil ? sign : sign * nonlinear[0] }

  func location(_ nonlinear: [Double]) -> Double { nonlinear[slope == nil ? 0 : 1] }

  func asymmetry(_ nonlinear: [Double]) -> Double { isAsymmetric ? nonlinear[2] : 1 }

  /// u − location.
  func distance(_ x: Double, _ location: Double) -> Double {
    guard isLogDose else { return x - location }
    let ratio = x / location
    // The quotient keeps the digits that a difference of logarithms loses, but may leave the range.
    return ratio.isNormal ? log(ratio) : log(x) - log(location)
  }

  func columns(_ x: Double, _ nonlinear: [Double]) -> CurveForm.Columns {
    let distance = distance(x, location(nonlinear))
    let asymmetry = asymmetry(nonlinear)
    // A slope of 0 makes no way, not even from dose 0.
    let z = signedSlope(nonlinear) == 0 ? 0 : signedSlope(nonlinear) * distance
    let share = shape.share(at: z, asymmetry: asymmetry)
    let location = location(nonlinear)
    let slope = signedSlope(nonlinear)
    let byLocation = -share.byArgument * slope / (isLogDose ? location : 1)
    // In the limit q no longer changes, however far away.
    let bySlope =
      share.byArgument == 0 || distance.isInfinite ? 0 : sign * share.byArgument * distance
    var changes = self.slope == nil ? [byLocation] : [bySlope, byLocation]
    if isAsymmetric { changes.append(shape.byAsymmetry(at: z, share: share.q)) }
    let byDose = share.byArgument == 0 ? 0 : share.byArgument * slope / (isLogDose ? x : 1)
    let extra = numerator(x)
    return CurveForm.Columns(
      values: composed(share.q, share.p, extra.value),
      byNonlinear: changes.map { changed($0, extra.value) },
      byDose: zip(changed(byDose, extra.value), [0, 0, share.q * extra.slope]).map { $0 + $1 })
  }

  private func composed(_ q: Double, _ p: Double, _ extra: Double) -> [Double] {
    if composition == .rise { return [1, q] }
    return isHormesis ? [p, q, extra * q] : [p, q]
  }

  private func changed(_ q: Double, _ extra: Double) -> [Double] {
    if composition == .rise { return [0, q] }
    return isHormesis ? [-q, q, extra * q] : [-q, q]
  }

  /// What `hormesis` multiplies, and its derivative.
  func numerator(_ x: Double) -> (value: Double, slope: Double) {
    switch composition {
    case .plateaus, .rise: return (0, 0)
    case .brainCousens: return (x, 1)
    case .cedergreen(let alpha):
      guard x > 0 else { return (0, 0) }
      let power = exp(-alpha * log(x))
      let value = exp(-power)
      return (value, value == 0 ? 0 : value * alpha * power / x)
    }
  }
}
