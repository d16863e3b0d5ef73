import Glibc
public import Inference

extension PoissonCount {
  /// The confidence interval of the rate per person-year, never below 0.
  ///
  /// Whatever the method, the lower limit is 0 without events; a two-sided interval keeps α/2 in
  /// the upper tail there.
  ///
  /// - Returns: `nil` where the method gives no interval: Wald's on the logarithm at 0 events.
  public func confidenceInterval(
    method: RateIntervalMethod, level: ConfidenceLevel = .percent95, sides: Sides = .two
  ) -> ConfidenceInterval? {
    let z = level.normalCriticalValue(sides)
    let tail = level.tailProbability(sides)
    let x = Double(events)
    let expected: Limits? =
      switch method {
      case .exact: exact(tail)
      case .midP: midP(tail)
      case .score: score(z, shift: 0)
      case .wald: wald(z)
      case .waldLog: waldLog(z)
      case .jeffreys: jeffreys(tail)
      case .byar: Limits(byar(x, -z), byar(x + 1, z))
      case .byarHalf: Limits(byar(x + 0.5, -z), byar(x + 0.5, z))
      case .likelihoodRatio: likelihoodRatio(z)
      case .scas: score(z, shift: (z * z - 1) / 6)
      }
    return expected.map { expected in
      ConfidenceInterval(
        lower: events == 0 ? 0 : max(0, expected.lower) / personYears,
        upper: max(0, expected.upper) / personYears, level: level, sides: sides)
    }
  }

  // The limits below are those of the expected number of events μ. Below z = 0, at levels under
  // one half, they change places.

  /// The μ with |y − μ| = z √μ, y = x − `shift`: y + z²/2 ± z √(y + z²/4), with the product y².
  ///
  /// The score corrected for skewness has the shift (z² − 1)/6; where y is negative, it stays below
  /// z down to μ = 0.
  private func score(_ z: Double, shift: Double) -> Limits {
    let y = Double(events) - shift
    let larger = y + z * z / 2 + abs(z) * (y + z * z / 4).squareRoot()
    return Limits(y > 0 ? y * y / larger : 0, larger, swapped: z < 0)
  }

  /// x ± z √x, the smaller written as x (x − z²) over the larger.
  private func wald(_ z: Double) -> Limits {
    let x = Double(events)
    guard events > 0 else { return Limits(0, 0) }
    let larger = x + abs(z) * x.squareRoot()
    return Limits(x * x.addingProduct(-z, z) / larger, larger, swapped: z < 0)
  }

  /// x exp(±z / √x); none without events.
  private func waldLog(_ z: Double) -> Limits? {
    guard events > 0 else { return nil }
    let x = Double(events)
    return Limits(x * exp(-z / x.squareRoot()), x * exp(z / x.squareRoot()))
  }

  /// y (1 − 1/9y + z/3√y)³, the cube root of a χ² variable taken as normal; 0 at y = 0.
  private func byar(_ y: Double, _ z: Double) -> Double {
    guard y > 0 else { return 0 }
    let root = 1 - 1 / (9 * y) + z / (3 * y.squareRoot())
    return y * root * root * root
  }
}
