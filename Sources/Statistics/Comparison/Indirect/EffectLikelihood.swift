import Glibc
import Incidence
import Inference

/// The profile likelihood of the effect g₁ − g₂ − (g₃ − g₄) of four arms.
///
/// Each log-likelihood is concave in its g, and the effect is linear in them, so that the largest
/// likelihood at a given effect is where the four slopes are the same but for their signs: the
/// Lagrange multiplier. As that grows from 0, the effect moves away from its estimate and the
/// likelihood falls, both without turning back.
struct EffectLikelihood {
  private let upwards: EffectPath
  private let downwards: EffectPath
  private let range: ParameterRange
  /// `nil` where the effect is not identified.
  private let estimate: Double?

  /// `positive` are the arms that raise the effect as their own parameter rises.
  init<Count>(
    positive: [Count], negative: [Count], arm: (Count, Bool) -> ProfiledArm, range: ParameterRange,
    estimate: Double?
  ) {
    upwards = EffectPath(
      rising: positive.map { arm($0, true) }, falling: negative.map { arm($0, false) })
    downwards = EffectPath(
      rising: negative.map { arm($0, true) }, falling: positive.map { arm($0, false) })
    self.range = range
    self.estimate = estimate
  }

  /// The effects whose likelihood is within e^(−z²/2) of the maximum.
  func limits(_ z: Double) -> Limits {
    let (below, above) = (-downwards.limit(z * z / 2), upwards.limit(z * z / 2))
    return Limits(
      range == .ratio ? exp(below) : below, range == .ratio ? exp(above) : above, swapped: z < 0)
  }

  /// The likelihood ratio of the effect `null`, χ² on one degree of freedom.
  func test(_ null: Double) -> TestResult {
    guard let estimate, estimate != null else { return oneDegree(0) }
    let value = range == .ratio ? log(null) : null
    let half =
      null > estimate ? upwards.halfDeviance(at: value) : downwards.halfDeviance(at: -value)
    return oneDegree((2 * half).squareRoot())
  }
}

/// The largest likelihood at each effect on one side of the estimate.
///
/// On its way the sum of the rising arms less that of the falling ones grows.
private struct EffectPath {
  let rising: [ProfiledArm]
  let falling: [ProfiledArm]

  /// The slope at which the first arm gives way; 0 where the effect is unbounded from the start.
  private var reach: Double { (rising + falling).map(\.reach).min() ?? .infinity }

  /// The effect at which `loss` of the log-likelihood is given up.
  func limit(_ loss: Double) -> Double {
    guard reach > 0 else { return .infinity }
    let step = crossing { loss - point($0).halfDeviance }
    guard step == .infinity else { return point(step).effect }
    // Beyond its reach an arm costs the same for every unit: a rate without events as it rises, a
    // risk with events only as its logarithm falls.
    let end = point(step)
    return reach == .infinity ? .infinity : end.effect + (loss - end.halfDeviance) / reach
  }

  /// The log-likelihood that is given up at `effect`.
  func halfDeviance(at effect: Double) -> Double {
    let step = crossing { effect - point($0).effect }
    guard step == .infinity else { return point(step).halfDeviance }
    let end = point(step)
    return reach == .infinity ? .infinity : end.halfDeviance + (effect - end.effect) * reach
  }

  /// The effect and what it costs, `step` from 0 at the estimate to ∞ at the reach.
  ///
  /// What is left of the reach is not computed as a difference, so that it may become small.
  private func point(_ step: Double) -> (effect: Double, halfDeviance: Double) {
    let reach = reach
    let left = reach / (1 + step)
    let slope = reach == .infinity ? step : step == .infinity ? reach : left * step
    func fit(_ arm: ProfiledArm) -> ArmFit {
      arm.fit(slope, arm.reach == .infinity ? .infinity : arm.reach - reach + left)
    }
    let (up, down) = (rising.map(fit), falling.map(fit))
    return (
      up.reduce(0) { $0 + $1.parameter } - down.reduce(0) { $0 + $1.parameter },
      (up + down).reduce(0) { $0 + $1.halfDeviance }
    )
  }

  private func crossing(of excess: (Double) -> Double) -> Double {
    Comparison.crossing(of: excess, within: .ratio, from: 1, step: 1)
  }
}
