import Glibc
import Incidence
import Inference

/// The treatment group's events of all strata together, given the margins of each stratum.
///
/// P(T = t) ∝ c(t) θᵗ, where θ is the odds ratio or the ratio of the rates and c the convolution of
/// the strata's own coefficients: C(n₁, u) C(n₂, m − u), or C(m, u) (T₁/T₂)ᵘ. Gart (1970),
/// Biometrika 57:471.
struct ConditionalSum {
  /// The ratio whose probabilities are kept; the others follow by powers of θ / `base`.
  let base: Double
  /// log P(T = t) − log P(T = observed) at `base`, from the smallest t possible; −∞ below 1e-300.
  private let logWeights: [Double]
  /// The place of the observed T.
  private let observed: Int

  /// - Throws: ``NotEstimable`` where the convolution is too long.
  init(_ strata: [some ConditionalStratum], base: Double) throws(NotEstimable) {
    try requireConvolution(strata)
    self.base = base
    var weights = [1.0]
    for stratum in strata {
      weights = convolution(weights, stratum.weights(at: base))
    }
    let observed = strata.reduce(0) { $0 + $1.observedOutcome }
    let scale = log(weights[observed])
    logWeights = weights.map { log($0) - scale }
    self.observed = observed
  }

  private var last: Int { logWeights.count - 1 }

  /// The conditional maximum-likelihood estimate: the θ under which the observed T is expected.
  ///
  /// - Throws: ``NotEstimable`` where only one T is possible.
  func estimate() throws(NotEstimable) -> Double {
    guard last > 0 else { throw .noInformativeStratum }
    if observed == 0 { return 0 }
    if observed == last { return .infinity }
    return crossing { theta in
      let weights = weights(at: theta)
      return weights.indices.reduce(0) { $0 + Double(observed - $1) * weights[$1] }
        / weights.reduce(0, +)
    }
  }

  /// The θ that leave `tail` beyond the observed T.
  func limits(_ tail: Double, _ share: ObservedShare) -> Limits {
    Limits(
      observed == 0 ? 0 : crossing { log(tail / upperTail(at: $0, share)) },
      observed == last ? .infinity : crossing { log(lowerTail(at: $0, share) / tail) })
  }

  /// P(T ≥ observed), or without half of P(T = observed).
  func upperTail(at theta: Double, _ share: ObservedShare) -> Double {
    tail(observed...last, at: theta, share)
  }

  /// P(T ≤ observed), or without half of P(T = observed).
  func lowerTail(at theta: Double, _ share: ObservedShare) -> Double {
    tail(0...observed, at: theta, share)
  }

  private func tail(_ part: ClosedRange<Int>, at theta: Double, _ share: ObservedShare) -> Double {
    let weights = weights(at: theta)
    let sum = weights[part].reduce(0, +) - (1 - share.fraction) * weights[observed]
    return sum / weights.reduce(0, +)
  }

  /// Proportional to P(T), the greatest 1.
  private func weights(at theta: Double) -> [Double] {
    let shift = log(theta / base)
    let logs = logWeights.indices.map { logWeights[$0] + Double($0 - observed) * shift }
    let greatest = logs.max() ?? 0
    return logs.map { exp($0 - greatest) }
  }

  private func crossing(of excess: (Double) -> Double) -> Double {
    Comparison.crossing(of: excess, within: .ratio, from: base, step: 1)
  }
}

/// How much of the probability of what was observed counts as part of a tail.
enum ObservedShare {
  case whole
  case half

  var fraction: Double { self == .whole ? 1 : 0.5 }
}

/// A stratum of which the treatment group's events are distributed given the margins.
protocol ConditionalStratum {
  /// The number of values that they can take.
  var outcomes: Int { get }

  /// The place of the observed one among them, from 0.
  var observedOutcome: Int { get }

  /// P(u + 1) / P(u) for the `outcome` u at ratio 1.
  func oddsOfNext(_ outcome: Int) -> Double
}

extension ConditionalStratum {
  /// Proportional to the probabilities of the outcomes at `ratio`, the greatest 1.
  func weights(at ratio: Double) -> [Double] {
    let steps = (0..<outcomes - 1).map { oddsOfNext($0) * ratio }
    let mode = steps.firstIndex { $0 < 1 } ?? steps.count
    var weights = [Double](repeating: 1, count: outcomes)
    for place in mode..<steps.count { weights[place + 1] = weights[place] * steps[place] }
    for place in (0..<mode).reversed() { weights[place] = weights[place + 1] / steps[place] }
    return weights
  }
}

extension TwoByTwoTable: ConditionalStratum {
  private var fewest: Int { max(0, events - reference.total) }

  var outcomes: Int { min(events, treatment.total) - fewest + 1 }

  var observedOutcome: Int { treatment.events - fewest }

  func oddsOfNext(_ outcome: Int) -> Double {
    let u = fewest + outcome
    return Double(treatment.total - u) / Double(u + 1) * Double(events - u)
      / Double(reference.total - events + u + 1)
  }
}

extension PersonTimeTable: ConditionalStratum {
  var outcomes: Int { events + 1 }

  var observedOutcome: Int { treatment.events }

  func oddsOfNext(_ outcome: Int) -> Double {
    Double(events - outcome) / Double(outcome + 1)
      * (treatment.personYears / reference.personYears)
  }
}

/// Stops at distributions of more than 100 000 outcomes or of more than 5 × 10⁸ products, about a
/// second: a hundred thousand events in one stratum, twenty thousand in each of two, or thirty
/// thousand in many together.
func requireConvolution(_ strata: [some ConditionalStratum]) throws(NotEstimable) {
  var (products, size) = (0, 1)
  for stratum in strata {
    guard stratum.outcomes <= 100_000, size <= 100_000 else { throw .tooManyEvents }
    products += size * stratum.outcomes
    size += stratum.outcomes - 1
  }
  guard size <= 100_000, products <= 500_000_000 else { throw .tooManyEvents }
}

extension NotEstimable {
  fileprivate static let tooManyEvents = NotEstimable(
    "too many events for the exact distribution")
}

/// The weights of the sum of two, the greatest 1.
private func convolution(_ first: [Double], _ second: [Double]) -> [Double] {
  var product = [Double](repeating: 0, count: first.count + second.count - 1)
  for (i, weight) in first.enumerated() where weight > 0 {
    for (j, other) in second.enumerated() { product[i + j] += weight * other }
  }
  let greatest = product.max() ?? 1
  return product.map { $0 / greatest }
}
