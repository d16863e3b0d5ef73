import Glibc
import Inference

/// A look at how two curves that share nothing may lie where their ED50s have a given ratio.
///
/// S(ρ) is the least of S₁(e) + S₂(e/ρ) over e, each the least sum of squares of one curve with its
/// ED50 held.
struct PotencyScan {
  private var own: ProjectedProfile
  private var reference: ProjectedProfile
  private let set: CurveSet
  private let curves: (own: Int, reference: Int)

  /// `nil` unless both curves are of continuous responses and share nothing.
  init?(_ problem: SetProblem, _ target: SetTarget, _ estimates: [Double]) {
    guard case .potency(let curve, let other) = target, problem.deviation == .normal,
      problem.set.shared.isEmpty
    else { return nil }
    set = problem.set
    curves = (curve, other)
    let set = problem.set
    func profile(_ index: Int) -> ProjectedProfile? {
      ProjectedProfile(
        set, curve: index, set.asParameter(.dose(.relative(percent: 50), curve: index)),
        set.values(estimates, of: index))
    }
    guard let own = profile(curve), let reference = profile(other) else { return nil }
    (self.own, self.reference) = (own, reference)
  }

  /// The estimates with both curves where they do best of all places looked at, the logarithm of the
  /// potency at `value`.
  mutating func best(at value: Double, _ estimates: [Double]) -> [Double]? {
    let places = own.candidates + reference.candidates.map { $0 - value }
    let sums = places.map { own.glance(at: $0) + reference.glance(at: $0 + value) }
    guard let best = sums.indices.min(by: { sums[$0] < sums[$1] }),
      let first = own.curve(at: places[best], set.curve),
      let second = reference.curve(at: places[best] + value, set.curve)
    else { return nil }
    var values = set.samples.indices.map { set.values(estimates, of: $0) }
    (values[curves.own], values[curves.reference]) = (first, second)
    return set.joined(values)
  }
}
