import Inference

/// Σw, Σwy/Σw and Σw(y − mean)² of some effects, with w = 1/(v + τ²).
struct WeightedMoments {
  let weight: Double
  let mean: Double
  let squares: Double

  static let none = WeightedMoments(weight: 0, mean: 0, squares: 0)

  private init(weight: Double, mean: Double, squares: Double) {
    self.weight = weight
    self.mean = mean
    self.squares = squares
  }

  init(_ effect: EffectSize, tau2: Double) {
    self.init(weight: 1 / (effect.variance + tau2), mean: effect.value, squares: 0)
  }

  /// Those of both together.
  ///
  /// Chan, Golub & LeVeque (1983), Am. Stat. 37:242.
  static func + (first: WeightedMoments, second: WeightedMoments) -> WeightedMoments {
    guard first.weight > 0 else { return second }
    let weight = first.weight + second.weight
    let share = second.weight / weight
    let apart = second.mean - first.mean
    return WeightedMoments(
      weight: weight, mean: first.mean + share * apart,
      squares: first.squares + second.squares + first.weight * share * apart * apart)
  }

  /// Of all `effects` but one, for each of them: nothing is subtracted from a sum.
  static func leavingOut(_ effects: [EffectSize], tau2: Double) -> [WeightedMoments] {
    var after = [WeightedMoments.none]
    after.reserveCapacity(effects.count)
    for effect in effects.dropFirst().reversed() {
      after.append(after[after.count - 1] + WeightedMoments(effect, tau2: tau2))
    }
    var before = WeightedMoments.none
    return zip(effects, after.reversed()).map { effect, after in
      let others = after.weight > 0 ? before + after : before
      before = before + WeightedMoments(effect, tau2: tau2)
      return others
    }
  }
}
