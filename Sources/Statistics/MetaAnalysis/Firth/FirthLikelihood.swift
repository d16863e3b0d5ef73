import Comparison
import Glibc
import Incidence
import Inference

/// The penalised likelihood of study intercepts α and one log odds ratio β, and its maximum.
///
/// With w = np(1 − p) in the arms, the information is an arrow: |I| = Π Aᵢ · D, where Aᵢ = w₁ + w₂
/// and D = Σ w₁w₂/Aᵢ, so that all is done in a time that grows with the number of studies.
struct FirthLikelihood: Sendable {
  private let treatment: [Arm]
  private let reference: [Arm]
  /// The logits of the shares of both groups with ½ added.
  let start: [Double]
  /// What ℓ* may fall by in rounding.
  private let rounding: Double

  init(_ tables: [TwoByTwoTable]) {
    treatment = tables.map { Arm($0.treatment) }
    reference = tables.map { Arm($0.reference) }
    start = tables.map { log((Double($0.events) + 0.5) / (Double($0.nonEvents) + 0.5)) }
    rounding = 1e-15 * tables.reduce(0) { $0 + Double($1.events) + Double($1.nonEvents) }
  }

  private struct Arm: Sendable {
    let kernel: BinomialKernel

    init(_ count: BinomialCount) {
      kernel = BinomialKernel(count)
    }

    /// ℓ, x − np, w, and dw/dη = w (1 − 2p).
    func terms(
      _ eta: Double
    ) -> (value: Double, residual: Double, weight: Double, change: Double) {
      let curve = kernel.curve(eta)
      return (curve.value, curve.slope, -curve.curvature, curve.curvature * tanh(eta / 2))
    }
  }

  /// ℓ* with its derivatives, and the parts of the information.
  struct Score {
    var value = 0.0
    /// ∂ℓ*/∂β.
    var effect = 0.0
    /// ∂ℓ*/∂αᵢ.
    var intercepts: [Double]
    /// Aᵢ.
    var informations: [Double]
    /// w₁ of each study.
    var mixed: [Double]
    /// D: that of β when the intercepts are estimated too.
    var effectInformation = 0.0
  }

  struct Maximum {
    let effect: Double
    let intercepts: [Double]
    let score: Score
    let gradientNorm: Double
    let iterations: Int
  }

  /// The maximum over the intercepts, and over β where `isEffectFree`, by Fisher's scoring.
  func maximum(
    from start: [Double], effect: Double, isEffectFree: Bool
  ) throws(NotEstimable) -> Maximum {
    var (intercepts, effect) = (start, effect)
    var current = score(intercepts, effect)
    var previous = Double.infinity
    var damping = 1.0
    for iteration in 0..<1000 {
      let step = step(current, isEffectFree)
      let norm = max(
        0,
        zip(step.intercepts, current.intercepts).reduce(step.effect * current.effect) {
          $0 + $1.0 * $1.1
        }
      ).squareRoot()
      if norm <= 1e-13 || (norm <= 1e-8 && norm >= previous) {
        return Maximum(
          effect: effect, intercepts: intercepts, score: current, gradientNorm: norm,
          iterations: iteration)
      }
      // The curvature of ℓ* is up to twice the information, in studies of one subject a group, where
      // whole steps would go to and fro; two thirds come nearer by a factor of 3.
      if norm < 0.1, norm > previous / 3 { damping = 2.0 / 3 }
      var fraction = min(
        damping, 3 / step.intercepts.reduce(abs(step.effect)) { max($0, abs($1)) })
      while true {
        let moved = zip(intercepts, step.intercepts).map { $0 + fraction * $1 }
        let next = score(moved, effect + fraction * step.effect)
        // So close to the maximum every step ascends, by less than the rounding of ℓ*.
        if next.value > current.value - rounding || norm <= 1e-4 {
          (intercepts, effect, current) = (moved, effect + fraction * step.effect, next)
          break
        }
        fraction /= 2
        guard fraction > 1e-12 else { throw NotEstimable("the penalised likelihood did not rise") }
      }
      previous = norm
    }
    throw NotEstimable("the penalised likelihood did not converge")
  }

  /// I⁻¹ U, by elimination of the intercepts; the step of β is 0 unless it is free.
  private func step(
    _ score: Score, _ isEffectFree: Bool
  ) -> (effect: Double, intercepts: [Double]) {
    var effect = 0.0
    if isEffectFree {
      let eliminated = score.intercepts.indices.reduce(0) {
        $0 + score.mixed[$1] / score.informations[$1] * score.intercepts[$1]
      }
      effect = (score.effect - eliminated) / score.effectInformation
    }
    return (
      effect,
      score.intercepts.indices.map {
        (score.intercepts[$0] - score.mixed[$0] * effect) / score.informations[$0]
      }
    )
  }

  private func score(_ intercepts: [Double], _ effect: Double) -> Score {
    let zeros = [Double](repeating: 0, count: intercepts.count)
    var score = Score(intercepts: zeros, informations: zeros, mixed: zeros)
    // ∂D by αᵢ and by β.
    var changes = zeros
    var effectChange = 0.0
    for (i, intercept) in intercepts.enumerated() {
      let one = treatment[i].terms(intercept + effect)
      let other = reference[i].terms(intercept)
      let sum = one.weight + other.weight
      let (part, otherPart) = (one.weight / sum, other.weight / sum)
      score.value += one.value + other.value + log(sum) / 2
      score.effect += one.residual + one.change / sum / 2
      score.intercepts[i] = one.residual + other.residual + (one.change + other.change) / sum / 2
      score.informations[i] = sum
      score.mixed[i] = one.weight
      score.effectInformation += one.weight * otherPart
      changes[i] = otherPart * otherPart * one.change + part * part * other.change
      effectChange += otherPart * otherPart * one.change
    }
    score.value += log(score.effectInformation) / 2
    score.effect += effectChange / score.effectInformation / 2
    for i in changes.indices { score.intercepts[i] += changes[i] / score.effectInformation / 2 }
    return score
  }
}
