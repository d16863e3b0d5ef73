import Probability

// Two-sided p-values of a count whose distribution has a single peak: what is as unlikely as the
// observed value is one tail on its own side and another on the opposite side.

extension DiscreteDistribution {
  /// Σ P(u) over the u with P(u) ≤ P(x); with `midP`, those with P(u) = P(x) count half.
  ///
  /// Freeman & Halton (1951), Biometrika 38:141.
  func minimumLikelihood(_ x: Int, midP: Bool) -> Double {
    let own = density(x)
    let opposite = opposite(x)
    let first = opposite.first { density($0) <= own * tied }
    let tail = ownTail(x) + opposite.tail(from: first)
    guard midP else { return min(1, tail) }
    let isTied = support.contains(first) && density(first) * tied >= own
    return min(1, tail) - (isTied ? own + density(first) : own) / 2
  }

  /// Twice the smaller tail; with `midP`, half of P(x) is taken from each.
  func central(_ x: Int, midP: Bool) -> Double {
    let half = midP ? density(x) / 2 : 0
    return min(1, 2 * (min(lowerTail(x), upperTail(x)) - half))
  }

  /// The smaller tail and the longest opposite tail that does not exceed it.
  ///
  /// Blaker (2000), Can. J. Stat. 28:783.
  func smallerTails(_ x: Int) -> Double {
    let (below, above) = (lowerTail(x), upperTail(x))
    let own = min(below, above)
    let opposite = Opposite(law: self, x: x, goesUp: below <= above)
    return min(
      1, own + opposite.tail(from: opposite.first { opposite.tail(from: $0) <= own * tied }))
  }

  private func ownTail(_ x: Int) -> Double {
    Double(x) <= mean ? lowerTail(x) : upperTail(x)
  }

  private func opposite(_ x: Int) -> Opposite<Self> {
    Opposite(law: self, x: x, goesUp: Double(x) <= mean)
  }
}

/// The values on the other side of the mean from x.
private struct Opposite<Law: DiscreteDistribution> {
  let law: Law
  let x: Int
  let goesUp: Bool

  /// The probability of `u` and what lies beyond it.
  func tail(from u: Int) -> Double { goesUp ? law.upperTail(u) : law.lowerTail(u) }

  /// The value nearest to the mean from which `holds` does; the first outside the support if none.
  ///
  /// Doubling steps from the mirror image of x enclose it, halving finds it.
  func first(where holds: (Int) -> Bool) -> Int {
    let sign = goesUp ? 1 : -1
    // In steps away from x, the nearest candidate is next to the mean, as the mode and median are.
    let nearest = max(1, sign * (Int(law.mean.rounded(goesUp ? .down : .up)) - x))
    let beyond = sign * ((goesUp ? law.support.upperBound : law.support.lowerBound) - x) + 1
    guard nearest < beyond else { return x + sign * beyond }
    func holdsAt(_ steps: Int) -> Bool { steps >= beyond || holds(x + sign * steps) }
    var outer = min(beyond, 2 * nearest)
    var inner = nearest - 1
    var stride = 1
    if holdsAt(outer) {
      while outer - stride > inner, holdsAt(outer - stride) {
        outer -= stride
        stride *= 2
      }
      inner = max(inner, outer - stride)
    } else {
      repeat {
        inner = outer
        outer = min(beyond, outer + stride)
        stride *= 2
      } while !holdsAt(outer)
    }
    while outer - inner > 1 {
      let middle = (inner + outer) / 2
      if holdsAt(middle) { outer = middle } else { inner = middle }
    }
    return x + sign * outer
  }
}

/// Probabilities and statistics whose ratio is below this count as equal.
let tied = 1 + 1e-7
