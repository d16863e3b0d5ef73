import Glibc

/// The place s of a nuisance risk between the ends of its range, with its complement 1 − s.
struct NuisancePlace {
  let s: Double
  let rest: Double

  /// At s = sin² φ/2 for 0 ≤ φ ≤ π.
  init(angle: Double) {
    let (sine, cosine) = (sin(angle / 2), cos(angle / 2))
    (s, rest) = (sine * sine, cosine * cosine)
  }
}

/// The supremum, over a nuisance risk, of the probability of a set of outcomes.
///
/// Branch and bound. Two bounds of the second derivative hold for the probability g of any set when
/// two binomial counts of n₁ and n₂ have risks that are linear in s, with N = n₁ + n₂:
/// - |g″| ≤ √(2v) N + min(N/2, √(vN) |cot φ|) in φ, where s = sin² φ/2 and v = g(1 − g);
/// - |g″| ≤ (N² + N/2) g in log s/(1 − s), since |d log f| ≤ N and |d² log f| ≤ N/2 there.
///
/// For the first, g″ = E[f″/f; set], and f″/f = Σ sᵢsⱼ + Σ eᵢ with sᵢ = fᵢ′/fᵢ and eᵢ = fᵢ″/fᵢ of the
/// single trials, i ≠ j. A sum Y of mean 0 has |E[Y; set]| ≤ √(v E Y²) and ≤ ½ E|Y|. Here
/// E sᵢ² ≤ 1, so that E(Σ sᵢsⱼ)² ≤ 2N²; E eᵢ² ≤ cot² φ and E|eᵢ| ≤ 1.
///
/// The second one keeps small probabilities relatively exact.
struct NuisanceSupremum {
  /// N, the subjects of both groups.
  let subjects: Int

  /// The number of sets whose probabilities on different lines are added up in g.
  var sets = 1

  /// The supremum, to a relative 1e-12; or any value found above `threshold`; or, where there is
  /// none, a value at most `threshold`.
  func value(above threshold: Double = 0, of probability: (NuisancePlace) -> Double) -> Double {
    func point(_ angle: Double) -> Point {
      let place = NuisancePlace(angle: angle)
      return Point(
        angle: angle, cotangent: abs(1 / tan(angle)), logit: log(place.s / place.rest),
        value: probability(place))
    }
    let cells = max(16, Int(Double(subjects).squareRoot()))
    let points = (0...cells).map { point(Double.pi * Double($0) / Double(cells)) }
    var best = points.reduce(0) { max($0, $1.value) }
    var open = zip(points, points.dropFirst()).map { ($0, $1) }
    open.sort { max($0.0.value, $0.1.value) < max($1.0.value, $1.1.value) }
    while let (left, right) = open.popLast() {
      if threshold > 0, best > threshold { return best }
      let width = right.angle - left.angle
      guard bound(left, right) > max(threshold, best * (1 + 1e-12)), width > 1e-12 else { continue }
      let middle = point((left.angle + right.angle) / 2)
      best = max(best, middle.value)
      // The half with the greater end is searched first.
      if left.value > right.value {
        open.append((middle, right))
        open.append((left, middle))
      } else {
        open.append((left, middle))
        open.append((middle, right))
      }
    }
    return best
  }

  private struct Point {
    let angle: Double
    /// |cot φ|.
    let cotangent: Double
    let logit: Double
    let value: Double
  }

  /// What the probability cannot exceed between two points.
  ///
  /// Bounds of g and of 1 − g bound the curvature, which gives smaller bounds.
  private func bound(_ left: Point, _ right: Point) -> Double {
    let (n, sets) = (Double(subjects), Double(sets))
    let (greater, lesser) = (max(left.value, right.value), min(left.value, right.value))
    let middle = (left.value + right.value) / 2
    let width = right.angle - left.angle
    let rise = greater - lesser
    var bound = greater
    var variance = sets / 4
    for _ in 0..<3 {
      let spread = (sets * variance).squareRoot()
      let curvature =
        spread * 2.0.squareRoot() * n
        + min(sets * n / 2, spread * n.squareRoot() * max(left.cotangent, right.cotangent))
      let sag = curvature * width * width / 2
      let swing = sag / 4 + rise * rise / (4 * sag)
      bound = rise >= sag ? greater : middle + swing
      variance = min(variance, bound)
      if sets == 1 { variance = min(variance, 1e-15 + 1 - (rise >= sag ? lesser : middle - swing)) }
    }
    let logits = right.logit - left.logit
    let fall = (n * n + n / 2) * logits * logits / 8
    return fall < 1 ? min(bound, greater / (1 - fall)) : bound
  }
}
