import Glibc

/// How far a response is from its mean, as a residual whose squares sum to the objective of a fit.
///
/// Σ r² is the sum of squares, the deviance of counts, or twice a robust loss times its squared scale,
/// so that one solver of least squares serves all.
enum Deviation: Hashable, Sendable {
  /// r = √w (y − μ).
  case normal
  /// y the share of `w` subjects: r² = 2w (y log(y/μ) + (1 − y) log((1 − y)/(1 − μ))).
  case binomial
  /// y the mean of counts with exposure `w`: r² = 2w (y log(y/μ) − (y − μ)).
  case poisson
  /// r² = 2s² ρ(√w (y − μ)/s).
  case robust(RobustLoss, scale: Double)

  init(_ kind: ResponseKind) {
    self =
      switch kind {
      case .continuous: .normal
      case .binomial: .binomial
      case .poisson: .poisson
      }
  }

  /// r and ∂r/∂μ; `nil` where the response cannot be.
  func residual(_ y: Double, mean: Double, weight: Double) -> (value: Double, slope: Double)? {
    switch self {
    case .normal:
      let root = weight.squareRoot()
      return (root * (y - mean), -root)
    case .binomial:
      guard mean >= 0, mean <= 1, y == 0 || mean > 0, y == 1 || mean < 1 else { return nil }
      let half = entropyDistance(y, mean) + entropyDistance(1 - y, 1 - mean)
      return signedRoot(half, y, mean, weight, variance: mean * (1 - mean))
    case .poisson:
      guard mean >= 0, y == 0 || mean > 0 else { return nil }
      return signedRoot(entropyDistance(y, mean), y, mean, weight, variance: mean)
    case .robust(let loss, let scale):
      let root = weight.squareRoot()
      let u = root * (y - mean) / scale
      guard u != 0 else { return (0, -root) }
      let size = (2 * loss.rho(u)).squareRoot()
      return ((u < 0 ? -scale : scale) * size, -root * abs(loss.psi(u)) / size)
    }
  }

  /// w/V(μ), the information of a response about its mean but for σ².
  func information(mean: Double, weight: Double) -> Double {
    switch self {
    case .normal, .robust: weight
    case .binomial: weight / (mean * (1 - mean))
    case .poisson: weight / mean
    }
  }

  private func signedRoot(
    _ half: Double, _ y: Double, _ mean: Double, _ weight: Double, variance: Double
  ) -> (value: Double, slope: Double)? {
    let difference = y - mean
    let size = (2 * weight * half).squareRoot()
    // Where y = μ the ratio is a limit; at the ends of the range of μ, 0/0.
    guard size > 0 else {
      return (0, variance > 0 ? -(weight / variance).squareRoot() : 0)
    }
    let value = difference < 0 ? -size : size
    return (value, -weight * (difference / max(variance, 1e-200)) / value)
  }
}

/// y log(y/μ) − (y − μ) ≥ 0, with all its digits where y is near μ.
///
/// Loader (2000), Fast and accurate computation of binomial probabilities.
private func entropyDistance(_ y: Double, _ mean: Double) -> Double {
  guard y > 0 else { return mean }
  guard abs(y - mean) < 0.1 * (y + mean) else { return y * log(y / mean) + mean - y }
  let v = (y - mean) / (y + mean)
  var sum = (y - mean) * v
  var term = 2 * y * v
  for k in 1..<1000 {
    term *= v * v
    let next = sum + term / Double(2 * k + 1)
    if next == sum { break }
    sum = next
  }
  return sum
}

/// A loss that grows more slowly than the square.
enum RobustLoss: Hashable, Sendable {
  /// u²/2, beyond 1.345 linear. Huber (1964), Ann. Math. Stat. 35:73.
  case huber
  /// Constant beyond 4.685. Beaton & Tukey (1974), Technometrics 16:147.
  case tukey
  /// c²/2 log(1 + (u/c)²), c = 2.385. Holland & Welsch (1977), Commun. Stat. A 6:813.
  case cauchy

  func rho(_ u: Double) -> Double {
    switch self {
    case .huber:
      let k = 1.345
      return abs(u) <= k ? u * u / 2 : k * (abs(u) - k / 2)
    case .tukey:
      let c = 4.685
      guard abs(u) < c else { return c * c / 6 }
      // (c²/6)(1 − (1 − t)³) without its difference, t = (u/c)².
      let t = u / c * (u / c)
      return u * u / 2 * (1 - t + t * t / 3)
    case .cauchy:
      let c = 2.385
      return c * c / 2 * log1p(u / c * (u / c))
    }
  }

  /// ρ′.
  func psi(_ u: Double) -> Double {
    switch self {
    case .huber: return max(-1.345, min(1.345, u))
    case .tukey:
      let rest = 1 - u / 4.685 * (u / 4.685)
      return rest > 0 ? u * rest * rest : 0
    case .cauchy: return u / (1 + u / 2.385 * (u / 2.385))
    }
  }

  /// ρ″.
  func psiSlope(_ u: Double) -> Double {
    switch self {
    case .huber: return abs(u) <= 1.345 ? 1 : 0
    case .tukey:
      let t = u / 4.685 * (u / 4.685)
      return t < 1 ? (1 - t) * (1 - 5 * t) : 0
    case .cauchy:
      let t = u / 2.385 * (u / 2.385)
      return (1 - t) / ((1 + t) * (1 + t))
    }
  }
}
