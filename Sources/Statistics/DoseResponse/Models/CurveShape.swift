import Glibc
import Probability

/// How a sigmoid passes from one plateau to the other as z runs from −∞ to ∞.
///
/// q is the share of `upper`, p = 1 − q that of `lower`; each is computed as it stands.
enum CurveShape: Hashable, Sendable {
  /// q = (1 + eᶻ)^(−f), f the asymmetry.
  case logistic
  /// q = Φ(z).
  case normal
  /// q = exp(−eᶻ).
  case gumbel
  /// q = 1 − exp(−eᶻ).
  case complementaryGumbel

  /// Whether the way is half gone at z = 0, but for asymmetry.
  var isSymmetric: Bool { self == .logistic || self == .normal }

  /// The shares at one z and how q changes.
  struct Share {
    let p: Double
    let q: Double
    /// ∂q/∂z.
    let byArgument: Double
  }

  /// The shares at `z`, which may be infinite.
  func share(at z: Double, asymmetry f: Double) -> Share {
    switch self {
    case .logistic: f == 1 ? logistic(z) : asymmetricLogistic(z, f)
    case .normal: normal(z)
    case .gumbel: gumbel(z)
    case .complementaryGumbel: gumbel(z).exchanged
    }
  }

  /// The same without asymmetry.
  @inline(__always) func symmetricShare(at z: Double) -> Share {
    self == .logistic ? logistic(z) : share(at: z, asymmetry: 1)
  }

  @inline(__always) private func logistic(_ z: Double) -> Share {
    // What underflows does so slowly.
    let small = abs(z) > 746 ? 0 : exp(-abs(z))
    let (tail, rest) = (small / (1 + small), 1 / (1 + small))
    return Share(p: z > 0 ? rest : tail, q: z > 0 ? tail : rest, byArgument: -tail * rest)
  }

  private func normal(_ z: Double) -> Share {
    let tail = erfc(abs(z) * 0.5.squareRoot()) / 2
    let density = exp(-z * z / 2) / (2 * Double.pi).squareRoot()
    return Share(p: z > 0 ? tail : 1 - tail, q: z > 0 ? 1 - tail : tail, byArgument: density)
  }

  private func asymmetricLogistic(_ z: Double, _ f: Double) -> Share {
    guard z < .infinity else { return Share(p: 1, q: 0, byArgument: 0) }
    let q = exp(-f * softplus(z))
    return Share(p: -expm1(-f * softplus(z)), q: q, byArgument: -f * q * logistic(z).p)
  }

  /// ∂²q/∂z² of a curve that is not asymmetric, with `share` at `z`.
  func curvature(at z: Double, _ share: Share) -> Double {
    guard share.byArgument != 0 else { return 0 }
    return switch self {
    case .logistic: share.byArgument * (share.q - share.p)
    case .normal: -z * share.byArgument
    case .gumbel, .complementaryGumbel: (1 - exp(z)) * share.byArgument
    }
  }

  /// ∂q/∂f of a logistic curve with share `q` at `z`.
  func byAsymmetry(at z: Double, share q: Double) -> Double {
    z == .infinity ? 0 : -softplus(z) * q
  }

  /// log(1 + eᶻ).
  private func softplus(_ z: Double) -> Double { max(z, 0) + log1p(exp(-abs(z))) }

  private func gumbel(_ z: Double) -> Share {
    let hazard = exp(z)
    let q = exp(-hazard)
    return Share(p: -expm1(-hazard), q: q, byArgument: q == 0 ? 0 : -hazard * q)
  }

  /// The z at which the shares are `p` and `q`, both positive.
  func argument(p: Double, q: Double, asymmetry f: Double) -> Double {
    switch self {
    case .logistic: f == 1 ? log(p / q) : log(expm1(-logarithm(of: q, complement: p) / f))
    case .normal:
      p < q ? Normal.standard.quantile(upperTail: p) : Normal.standard.quantile(lowerTail: q)
    case .gumbel: log(-logarithm(of: q, complement: p))
    case .complementaryGumbel: log(-logarithm(of: p, complement: q))
    }
  }

  /// log s, where `complement` = 1 − s has the digits when s is near 1.
  private func logarithm(of s: Double, complement: Double) -> Double {
    complement < s ? log1p(-complement) : log(s)
  }
}

extension CurveShape.Share {
  /// The shares of the curve upside down.
  fileprivate var exchanged: Self { Self(p: q, q: p, byArgument: -byArgument) }
}
