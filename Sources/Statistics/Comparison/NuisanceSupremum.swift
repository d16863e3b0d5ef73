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
/// - |g″| ≤ (1 + 1/√2) N in φ, where s = sin² φ/2, since |g″| ≤ ½ E|f″/f|, and neither the information
///   of one trial nor |d²p/dφ²|, times |d log f/dp| ≤ 2, exceeds 1;
/// - |g″| ≤ (N² + N/2) g in log s/(1 − s), since |d log f| ≤ N and |d² log f| ≤ N/2 there.
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
      return Point(angle: angle, logit: log(place.s / place.rest), value: probability(place))
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
    let logit: Double
    let value: Double
  }

  /// What the probability cannot exceed between two points.
  private func bound(_ left: Point, _ right: Point) -> Double {
    let n = Double(subjects)
    let greater = max(left.value, right.value)
    let width = right.angle - left.angle
    let curvature = (1 + 0.5.squareRoot()) * n * Double(sets)
    let rise = abs(right.value - left.value)
    let sag = curvature * width * width / 2
    let absolute =
      rise >= sag ? greater : (left.value + right.value) / 2 + sag / 4 + rise * rise / (4 * sag)
    let logits = right.logit - left.logit
    let fall = (n * n + n / 2) * logits * logits / 8
    return fall < 1 ? min(absolute, greater / (1 - fall)) : absolute
  }
}
