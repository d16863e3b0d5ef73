import Glibc

/// The search for the best curve so steep that it jumps: between two doses, or with one dose on its flank
/// whose mean lies between the plateaus.
///
/// The valley of such a minimum is as narrow as the flank, narrower than any cell of a grid.
struct JumpSearch: Sendable {
  /// Where a descent starts, and the sum of squares there.
  struct Jump {
    let start: [Double]
    let sumOfSquares: Double
  }

  private let box: SearchBox
  private let design: SearchDesign
  private let shape: CurveShape
  private let slope: Int
  private let location: Int
  /// sign · slope at its upper bound.
  private let steepest: Double
  private let asymmetry: Double
  /// Whether low doses have the upper plateau's share.
  private let startsAtUpper: Bool

  /// `nil` for curves without two plateaus, or whose slope or location is fixed.
  init?(_ box: SearchBox, _ design: SearchDesign) {
    guard case .sigmoid(let sigmoid) = box.curve.form, sigmoid.composition == .plateaus,
      let parameter = sigmoid.slope, let slope = box.parameters.firstIndex(of: parameter),
      let location = box.parameters.firstIndex(of: sigmoid.location)
    else { return nil }
    self.box = box
    self.design = design
    self.slope = slope
    self.location = location
    shape = sigmoid.shape
    steepest = sigmoid.sign * box.natural(slope, box.upper[slope]).value
    asymmetry = sigmoid.isAsymmetric ? box.curve.fixedValues[.asymmetry] ?? 1 : 1
    startsAtUpper = shape.share(at: -steepest * .infinity, asymmetry: asymmetry).q == 1
  }

  /// The best jump for these means, a dose each.
  func best(_ means: [Double]) -> Jump? {
    func sides(_ doses: some Sequence<Int>) -> [Side] {
      doses.reduce(into: [Side()]) { sides, k in
        sides.append(sides[sides.count - 1].with(means[k], design.roots[k] * design.roots[k]))
      }
    }
    // The doses before each, and it with those beyond it.
    let below = sides(means.indices)
    let from = Array(sides(means.indices.reversed()).reversed())
    var best: Jump?
    for k in means.indices.dropFirst() where design.positions[k] > -.infinity {
      if let gap = jump(below[k], from[k]) {
        let last = design.positions[k - 1]
        let middle = last > -.infinity ? (last + design.positions[k]) / 2 : design.positions[k] - 1
        keep(gap.sum, at: middle, &best)
      }
      if k + 1 < means.count, let flank = jump(below[k], from[k + 1]) {
        let q = (means[k] - flank.lower) / (flank.upper - flank.lower)
        guard q > 0, q < 1 else { continue }
        let z = shape.argument(p: 1 - q, q: q, asymmetry: asymmetry)
        keep(flank.sum, at: design.positions[k] - z / steepest, &best)
      }
    }
    return best
  }

  private func keep(_ sum: Double, at place: Double, _ best: inout Jump?) {
    guard sum < best?.sumOfSquares ?? .infinity else { return }
    var start = zip(box.lower, box.upper).map { min(max(0, $0), $1) }
    start[slope] = box.upper[slope]
    start[location] = place
    best = Jump(start: start, sumOfSquares: sum)
  }

  /// The plateaus of a jump and its sum of squares; `nil` where it would have them exchanged.
  private func jump(_ below: Side, _ above: Side) -> (lower: Double, upper: Double, sum: Double)? {
    func plateau(_ index: Int, _ side: Side) -> Double {
      design.freeLinear.contains(index) ? side.mean : design.fixedLinear[index]
    }
    let (low, high) = startsAtUpper ? (above, below) : (below, above)
    let (lower, upper) = (plateau(0, low), plateau(1, high))
    guard !design.plateausAreOrdered || lower <= upper else { return nil }
    return (lower, upper, low.squares(from: lower) + high.squares(from: upper))
  }
}

/// The responses on one side of a jump.
private struct Side {
  var weight = 0.0
  var mean = 0.0
  /// Σ w (y − mean)².
  var spread = 0.0

  func squares(from plateau: Double) -> Double {
    spread + weight * (mean - plateau) * (mean - plateau)
  }

  func with(_ response: Double, _ more: Double) -> Side {
    let total = weight + more
    let difference = response - mean
    return Side(
      weight: total, mean: mean + difference * more / total,
      spread: spread + weight * more / total * difference * difference)
  }
}
