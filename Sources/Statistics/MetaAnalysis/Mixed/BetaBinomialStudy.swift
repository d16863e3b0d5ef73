import Glibc
import Incidence
import Probability

/// Two beta-binomial arms: logit means a + μ and a, and a common intraclass correlation ρ.
///
/// With φ = ρ/(1 − ρ) the probability of x of n is C(n, x) times
/// Π (p + jφ) [j < x] · Π (q + jφ) [j < n − x] / Π (1 + jφ) [j < n],
/// which at φ = 0 is the binomial one. Kuss (2015), Stat. Med. 34:1097.
struct BetaBinomialStudy: StudyLikelihood {
  let treatment: BetaBinomialArm
  /// `nil` where it has no part in the likelihood.
  let reference: BetaBinomialArm?

  /// `parameters` are μ, a and √φ.
  func term(_ parameters: [Double], agreement: Double) -> StudyTerm {
    let root = parameters[2]
    let phi = root * root
    let one = treatment.curve(parameters[0] + parameters[1], phi)
    let other = reference?.curve(parameters[1], phi) ?? .zero
    let (slope, mixed) = (one.slope + other.slope, one.mixed + other.mixed)
    let (byPhi, byPhiTwice) = (one.phi + other.phi, one.phiPhi + other.phiPhi)
    return StudyTerm(
      value: one.value + other.value,
      gradient: [one.slope, slope, 2 * root * byPhi],
      hessian: [
        one.curvature, one.curvature, 2 * root * one.mixed,
        one.curvature, one.curvature + other.curvature, 2 * root * mixed,
        2 * root * one.mixed, 2 * root * mixed, 2 * byPhi + 4 * phi * byPhiTwice,
      ],
      squares: [byPhi])
  }
}

/// A beta-binomial count.
struct BetaBinomialArm: Sendable {
  private let events: Int
  private let nonEvents: Int
  private let logCoefficient: Double

  init(_ count: BinomialCount) {
    events = count.events
    nonEvents = count.nonEvents
    // log C(n, x), from the probability at p̂.
    let (x, y, n) = (Double(events), Double(nonEvents), Double(count.total))
    logCoefficient =
      log(Binomial(trials: count.total, probability: count.proportion).density(events))
      - (x > 0 ? x * log(x / n) : 0) - (y > 0 ? y * log(y / n) : 0)
  }

  /// ℓ with its derivatives by η = logit p and by φ.
  struct Derivatives {
    var value: Double
    var slope: Double
    var curvature: Double
    var phi: Double
    var phiPhi: Double
    var mixed: Double

    static let zero = Derivatives(
      value: 0, slope: 0, curvature: 0, phi: 0, phiPhi: 0, mixed: 0)
  }

  func curve(_ eta: Double, _ phi: Double) -> Derivatives {
    let small = exp(-abs(eta))
    let (p, q) =
      eta < 0 ? (small / (1 + small), 1 / (1 + small)) : (1 / (1 + small), small / (1 + small))
    // By p and by φ.
    var value = logCoefficient
    var (byP, byPP, byPhi, byPhiPhi, mixed) = (0.0, 0.0, 0.0, 0.0, 0.0)
    for index in 0..<events {
      let j = Double(index)
      let late = Double(index + nonEvents)
      let (factor, divisor) = (p + j * phi, 1 + late * phi)
      value += log(factor / divisor)
      byP += 1 / factor
      byPP -= 1 / (factor * factor)
      byPhi += j / factor - late / divisor
      byPhiPhi -= j * j / (factor * factor) - late * late / (divisor * divisor)
      mixed -= j / (factor * factor)
    }
    for index in 0..<nonEvents {
      let j = Double(index)
      let (factor, divisor) = (q + j * phi, 1 + j * phi)
      value += log1p(-p / divisor)
      byP -= 1 / factor
      byPP -= 1 / (factor * factor)
      byPhi += j * p / (factor * divisor)
      byPhiPhi -= j * j * p * (factor + divisor) / (factor * factor * divisor * divisor)
      mixed += j / (factor * factor)
    }
    return Derivatives(
      value: value, slope: p * q * byP, curvature: p * q * (p * q * byPP + (q - p) * byP),
      phi: byPhi, phiPhi: byPhiPhi, mixed: p * q * mixed)
  }
}
