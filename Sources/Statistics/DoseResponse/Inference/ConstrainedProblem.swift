import Glibc
import Inference
import LinearAlgebra

/// The objective of a fit where a number that follows from the parameters is held at a value.
///
/// One coordinate is eliminated: it is what the value and the other coordinates make it, so that every
/// place the search looks at has the value. For doses it is the location, from which a dose is as far
/// as the rest of the curve says; otherwise a linear parameter of the curve.
struct ConstrainedProblem: ProfiledObjective {
  private(set) var problem: SetProblem
  let target: SetTarget
  private let scale: ProfileScale
  private var scan: PotencyScan?
  /// The coordinate that is eliminated.
  let eliminated: Int
  private let elimination: Elimination

  private enum Elimination {
    case own
    /// Dose or location as logarithms, or as they are.
    case location(curve: Int)
    case linear(DoseTarget, curve: Int)
  }

  /// `nil` where nothing can be eliminated: all that would be is fixed or shared.
  init?(
    _ problem: SetProblem, _ target: SetTarget, _ scale: ProfileScale, _ estimates: [Double]
  ) {
    scan = PotencyScan(problem, target, estimates)
    self.problem = problem
    self.target = target
    self.scale = scale
    let set = problem.set
    func place(_ parameter: CurveParameter, _ curve: Int) -> Int? {
      set.curve.parameters.firstIndex(of: parameter).map { set.places[curve][$0] }
    }
    switch target {
    case .parameter(let index): (eliminated, elimination) = (index, .own)
    case .potency(let curve, _):
      guard case .sigmoid(let sigmoid) = set.curve.form,
        let index = place(sigmoid.location, curve)
      else { return nil }
      (eliminated, elimination) = (index, .location(curve: curve))
    case .dose(let dose, let curve):
      if case .sigmoid(let sigmoid) = set.curve.form, !sigmoid.isHormesis {
        guard let index = place(sigmoid.location, curve) else { return nil }
        (eliminated, elimination) = (index, .location(curve: curve))
      } else {
        let last = set.curve.form.linear.reversed().first { place($0, curve) != nil }
        let isHormesis = set.curve.form.linear.contains(.hormesis)
        let chosen = isHormesis ? last : set.curve.form.linear.first { place($0, curve) != nil }
        guard let chosen, let index = place(chosen, curve) else { return nil }
        (eliminated, elimination) = (index, .linear(dose, curve: curve))
      }
    }
  }

  var candidates: [Double] { [] }

  func glance(at value: Double) -> Double { .infinity }

  func lowest(at value: Double, near: [[Double]]) -> Low? {
    let problem = problem(at: value)
    let ends = near.compactMap { problem.descended(from: $0, maximumIterations: 100) }
    guard let best = ends.min(by: { $0.sumOfSquares < $1.sumOfSquares }),
      let completed = completed(best.parameters, at: value)
    else { return nil }
    return (completed, best.sumOfSquares)
  }

  /// Also from where one of the curves is much steeper or shallower.
  mutating func lowestOfAll(at value: Double, near: [[Double]]) -> Low? {
    if let first = near.first,
      let best = scan?.best(at: value, problem.natural(first))
    {
      return lowest(at: value, near: near + [problem.problem.clipped(problem.coordinates(best))])
    }
    let starts = near.first.map { first in
      slopes.flatMap { j in
        [0.2, 5, 50].map { factor in
          var other = first
          other[j] = problem.isLogarithm[j] ? first[j] + log(factor) : first[j] * factor
          return other
        }
      }
    }
    return lowest(at: value, near: near + (starts ?? []))
  }

  /// The places of the slopes of the curves that the target belongs to.
  private var slopes: [Int] {
    let set = problem.set
    let curves: [Int] =
      switch target {
      case .parameter(let index): set.parameters[index].curve.map { [$0] } ?? []
      case .dose(_, let curve): [curve]
      case .potency(let curve, let reference): [curve, reference]
      }
    return set.parameters.indices.filter { j in
      let parameter = set.parameters[j]
      return j != eliminated && [.slope, .hill].contains(parameter.parameter)
        && (parameter.curve.map { curves.isEmpty || curves.contains($0) } ?? true)
    }
  }

  func widened(_ coordinates: [Double]) -> Self? {
    let ends = problem.searchEnds(coordinates).filter { $0 != eliminated }
    guard !ends.isEmpty else { return nil }
    var wider = self
    for j in ends { wider.problem.widen(j, by: Self.widening) }
    return wider
  }

  func stepSlope(_ coordinates: [Double]) -> Double? {
    let estimates = problem.natural(coordinates)
    return problem.searchEnds(coordinates).filter {
      [.slope, .hill].contains(problem.set.parameters[$0].parameter)
    }.map { abs(estimates[$0]) }.max()
  }

  /// The problem with the target at `value`.
  private func problem(at value: Double) -> LeastSquaresProblem {
    let full = problem.problem
    var (lower, upper) = (full.lower, full.upper)
    (lower[eliminated], upper[eliminated]) = (0, 0)
    return LeastSquaresProblem(
      lower: lower, upper: upper, responseNorm: full.responseNorm
    ) { coordinates in
      guard let solved = solve(coordinates, value) else { return nil }
      var place = coordinates
      place[eliminated] = solved.value
      guard isAllowed(solved.value), let point = problem.linearization(place) else { return nil }
      let column = point.jacobian.column(eliminated)
      var jacobian = point.jacobian
      for j in coordinates.indices where j != eliminated && solved.gradient[j] != 0 {
        for i in column.indices { jacobian[i, j] += column[i] * solved.gradient[j] }
      }
      for i in column.indices { jacobian[i, eliminated] = 0 }
      let result = Linearization(residuals: point.residuals, jacobian: jacobian)
      return result.isFinite ? result : nil
    }
  }

  /// Whether what the eliminated coordinate has to be is within the bounds asked for.
  private func isAllowed(_ coordinate: Double) -> Bool {
    problem.set.bounds[problem.set.parameters[eliminated].parameter] == nil
      || (coordinate >= problem.lower[eliminated] && coordinate <= problem.upper[eliminated])
  }

  /// All coordinates, the eliminated one filled in; `nil` where there is none.
  private func completed(_ coordinates: [Double], at value: Double) -> [Double]? {
    guard let solved = solve(coordinates, value) else { return nil }
    var place = coordinates
    place[eliminated] = solved.value
    return place
  }

  private func solve(
    _ coordinates: [Double], _ value: Double
  ) -> (value: Double, gradient: [Double])? {
    switch elimination {
    case .own:
      let own = problem.isLogarithm[eliminated] ? value : scale.value(value)
      return (own, coordinates.map { _ in 0 })
    case .location: return location(coordinates, value)
    case .linear(let dose, let curve): return linear(dose, curve, coordinates, value)
    }
  }

  /// A dose moves with the location, one for one as logarithms or as they are, a potency against it.
  private func location(
    _ coordinates: [Double], _ value: Double
  ) -> (value: Double, gradient: [Double])? {
    var place = coordinates
    let isPositive = scale.isLogarithmic
    // Where the location stands does not matter; here nothing overflows.
    place[eliminated] = reference(coordinates)
    let estimates = problem.natural(place)
    guard let found = try? problem.set.evaluate(target, estimates), !isPositive || found.value > 0
    else { return nil }
    let size = isPositive ? log(found.value) : found.value
    let direction: Double = if case .potency = target { -1 } else { 1 }
    var gradient = coordinates.indices.map { j -> Double in
      let byCoordinate =
        found.gradient[j] * (problem.isLogarithm[j] ? estimates[j] : 1)
        / (isPositive ? found.value : 1)
      return -direction * byCoordinate
    }
    gradient[eliminated] = 0
    let solved = place[eliminated] + direction * (value - size)
    return solved.isFinite && gradient.allSatisfy(\.isFinite) ? (solved, gradient) : nil
  }

  /// For a potency the location of the curve it is relative to.
  private func reference(_ coordinates: [Double]) -> Double {
    let bounds = (problem.lower[eliminated], problem.upper[eliminated])
    return bounds.0.isFinite && bounds.1.isFinite ? (bounds.0 + bounds.1) / 2 : 0
  }

  /// Σ aₖ φₖ(x) = constant + control Σ aₖ φₖ(0), or a part of the way, solved for one aₖ.
  private func linear(
    _ dose: DoseTarget, _ curve: Int, _ coordinates: [Double], _ value: Double
  ) -> (value: Double, gradient: [Double])? {
    let set = problem.set
    var place = coordinates
    place[eliminated] = 0
    let values = set.values(problem.natural(place), of: curve)
    let parts = set.curve.split(values)
    let x = scale.value(value)
    let form = set.curve.form
    var columns = form.columns(x, parts.nonlinear)
    var constant = 0.0
    switch dose {
    case .relative(let percent):
      // From upper, at dose 0, to lower.
      columns.values[0] -= percent / 100
      columns.values[1] -= 1 - percent / 100
    case .response(let level, let control):
      constant = level
      if control != 0 {
        let start = form.columns(0, parts.nonlinear)
        for k in columns.values.indices {
          columns.values[k] -= control * start.values[k]
          for j in columns.byNonlinear.indices {
            columns.byNonlinear[j][k] -= control * start.byNonlinear[j][k]
          }
        }
      }
    }
    guard let own = form.linear.firstIndex(of: set.parameters[eliminated].parameter),
      columns.values[own] != 0
    else { return nil }
    let solved = (constant - dot(parts.linear, columns.values)) / columns.values[own]
    var linear = parts.linear
    linear[own] = solved
    var gradient = coordinates.map { _ in 0.0 }
    let changes = set.curve.gradient(columns, linear)
    for (j, change) in zip(set.places[curve], changes) where j != eliminated {
      gradient[j] =
        -change / columns.values[own]
        * (problem.isLogarithm[j] ? exp(coordinates[j]) : 1)
    }
    return solved.isFinite && gradient.allSatisfy(\.isFinite) ? (solved, gradient) : nil
  }
}
