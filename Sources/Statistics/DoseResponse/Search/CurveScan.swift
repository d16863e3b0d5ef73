import LinearAlgebra

/// The search for all minima of the sum of squares of a curve on one design.
///
/// From each of the lowest cells of a grid a descent leads to a minimum.
struct CurveScan: Sendable {
  /// A minimum and the box of coordinates that it lies in.
  struct Minimum {
    let box: SearchBox
    let end: ProjectedCurve.End

    /// The curve's own free parameters there.
    var parameters: [Double] {
      let form = box.curve.form
      return box.curve.parameters.map { parameter in
        form.linear.firstIndex(of: parameter).map { end.linear[$0] }
          ?? box.value(of: parameter, end.coordinates)!
      }
    }
  }

  /// How thoroughly a scan searches.
  struct Effort {
    /// Descents from at most so many places, for each sign of the slope.
    let starts: Int
    let tolerance: Double
    let iterations: Int
    /// Whether a jump is looked for that is better than all that the grid leads to.
    var triesJumps = false

    static let full = Effort(starts: 12, tolerance: 1e-16, iterations: 400, triesJumps: true)
    /// For resampled responses, of which there are many.
    static let brisk = Effort(starts: 4, tolerance: 1e-12, iterations: 100)
    /// For simulated responses, of which the sum of squares alone is wanted.
    static let quick = Effort(starts: 3, tolerance: 1e-5, iterations: 30)
  }

  /// The search of one sign of the slope.
  private struct Part {
    let box: SearchBox
    let grid: StartGrid
    let projected: ProjectedCurve
    let jumps: JumpSearch?
  }

  private let parts: [Part]
  private let groups: DoseGroups

  init(
    _ curve: ResponseCurve, doses: [Double], weights: [Double],
    bounds: [CurveParameter: ClosedRange<Double>]
  ) {
    let design = SearchDesign(curve, doses: doses, weights: weights, bounds: bounds)
    let groups = DoseGroups(doses: doses, weights: weights)
    let grouped = SearchDesign(
      curve, doses: groups.doses, weights: groups.weights, bounds: bounds)
    self.groups = groups
    parts = SearchBox.boxes(curve, doses: doses, bounds: bounds).map { box in
      Part(
        box: box, grid: StartGrid(box, grouped), projected: ProjectedCurve(box, design),
        jumps: JumpSearch(box, design))
    }
  }

  /// The minima found for these means, a dose each; several descents may have ended in one.
  func minima(_ means: [Double], _ effort: Effort = .full) -> [Minimum] {
    let grouped = groups.responses(means)
    var found = parts.flatMap { part in
      descents(part, means, from: part.grid.starts(grouped, limit: effort.starts), effort)
    }
    guard effort.triesJumps else { return found }
    for part in parts {
      let least = found.map(\.end.sumOfSquares).min() ?? .infinity
      guard let jump = part.jumps?.best(means), jump.sumOfSquares < least * (1 - 1e-9) else {
        continue
      }
      found += descents(part, means, from: [jump.start], effort)
        .filter { $0.end.sumOfSquares < least }
    }
    return found
  }

  private func descents(
    _ part: Part, _ means: [Double], from starts: [[Double]], _ effort: Effort
  ) -> [Minimum] {
    var projected = part.projected
    projected.setMeans(means)
    return starts.compactMap { start in
      projected.descend(
        from: start, tolerance: effort.tolerance, maximumIterations: effort.iterations
      ).map { Minimum(box: part.box, end: $0) }
    }
  }
}

/// The doses that a grid looks at: all, or where there are many, those of equal groups of them.
struct DoseGroups: Sendable {
  private let groups: [Range<Int>]
  private let parts: [Double]
  let doses: [Double]
  let weights: [Double]

  init(doses: [Double], weights: [Double]) {
    let count = min(doses.count, 64)
    let groups = (0..<count).map { k in
      (k * doses.count / count)..<((k + 1) * doses.count / count)
    }
    self.groups = groups
    parts = weights
    // A group stands at its middle dose, which keeps doses of 0 apart from others.
    self.doses = groups.map { doses[$0.lowerBound + $0.count / 2] }
    self.weights = groups.map { group in group.reduce(0) { $0 + weights[$1] } }
  }

  /// √w of the group times its weighted mean.
  func responses(_ means: [Double]) -> [Double] {
    zip(groups, weights).map { group, weight in
      group.reduce(0) { $0 + parts[$1] * means[$1] } / weight.squareRoot()
    }
  }
}
