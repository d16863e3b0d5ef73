import Glibc
import Incidence
import Probability

/// A logarithm of a likelihood ℓ(θ) with ℓ′ and ℓ″.
struct Curve {
  var value: Double
  var slope: Double
  var curvature: Double
}

/// The likelihood of one count, an exponential family whose only parameter is θ.
///
/// ℓ is written from the θ at which the count is expected, so that it is accurate however large
/// the counts are; all constants are in it.
protocol CountKernel: Sendable {
  func curve(_ theta: Double) -> Curve
}

/// `events` of `trials` with log odds θ + `offset`.
struct BinomialKernel: CountKernel {
  private let events: Double
  private let nonEvents: Double
  private let trials: Double
  private let offset: Double
  private let proportion: Double
  private let complement: Double
  /// logit p̂.
  private let centre: Double
  /// The largest ℓ, that at p̂.
  let peak: Double

  init(events: Int, trials: Int, offset: Double = 0) {
    self.events = Double(events)
    self.trials = Double(trials)
    nonEvents = Double(trials - events)
    self.offset = offset
    proportion = self.events / self.trials
    complement = nonEvents / self.trials
    centre = log(self.events / nonEvents)
    peak = log(Binomial(trials: trials, probability: proportion).density(events))
  }

  init(_ count: BinomialCount) {
    self.init(events: count.events, trials: count.total)
  }

  func curve(_ theta: Double) -> Curve {
    let eta = theta + offset
    if events == 0 { return withoutEvents(eta) }
    if nonEvents == 0 {
      let mirrored = withoutEvents(-eta)
      return Curve(
        value: mirrored.value, slope: -mirrored.slope, curvature: mirrored.curvature)
    }
    // ℓ − ℓ̂ = x δ − m log(1 + p̂ (e^δ − 1)), δ = η − logit p̂, and its mirror image for δ > 0.
    let delta = eta - centre
    let growth = expm1(-abs(delta))
    let (near, far, count) =
      delta < 0 ? (proportion, complement, events) : (complement, proportion, nonEvents)
    let divisor = 1 + near * growth
    let slope = trials * near * far * growth / divisor
    return Curve(
      value: peak - count * abs(delta) - trials * log1p(near * growth),
      slope: delta < 0 ? -slope : slope,
      curvature: -trials * near * (1 + growth) * far / (divisor * divisor))
  }

  private func withoutEvents(_ eta: Double) -> Curve {
    let small = exp(-abs(eta))
    let p = eta < 0 ? small / (1 + small) : 1 / (1 + small)
    return Curve(
      value: -trials * (max(eta, 0) + log1p(small)), slope: -trials * p,
      curvature: -trials * small / ((1 + small) * (1 + small)))
  }
}

/// `events` with mean exp(θ + `offset`).
struct PoissonKernel: CountKernel {
  private let events: Double
  private let offset: Double
  /// log x.
  private let centre: Double
  /// The largest ℓ, that at a mean of x.
  let peak: Double

  init(events: Int, offset: Double) {
    self.events = Double(events)
    self.offset = offset
    centre = log(self.events)
    peak = log(Poisson(mean: self.events).density(events))
  }

  init(_ count: PoissonCount) {
    self.init(events: count.events, offset: log(count.personYears))
  }

  func curve(_ theta: Double) -> Curve {
    // Beyond e^600 no likelihood is left, and its square would overflow.
    let eta = min(theta + offset, 600)
    if events == 0 {
      let mean = exp(eta)
      return Curve(value: -mean, slope: -mean, curvature: -mean)
    }
    let delta = eta - centre
    let growth = expm1(delta)
    return Curve(
      value: peak + events * (delta - growth), slope: -events * growth,
      curvature: -events * (1 + growth))
  }
}
