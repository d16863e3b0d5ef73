import Glibc
import Inference

/// The sum of squares of one curve with a number held, linear parameters eliminated.
///
/// A nonlinear parameter is a coordinate of the search and a linear one a fixed value. An effective
/// dose takes the place of the location: z = z_p + slope (log x − log ED_p).
struct ProjectedProfile: ProfiledObjective {
  private enum Held {
    case coordinate(Int)
    case linear(Int)
  }

  private var projected: ProjectedCurve
  private let held: Held
  private let slope: Int?
  private let bounds: [CurveParameter: ClosedRange<Double>]

  /// The coordinates that `values`, of the curve's own parameters, have.
  let start: [Double]

  /// `nil` for a number that is none of these.
  init?(
    _ set: CurveSet, curve index: Int, _ target: SetTarget, _ values: [Double]
  ) {
    let (curve, data) = (set.curve, set.samples[index])
    let doses = data.means.map(\.dose)
    let slope = curve.parameters.firstIndex {
      curve.form.coordinate(of: $0) == .signedLogarithm
    }
    let sign = slope.map { values[$0] < 0 ? -1.0 : 1 }
    guard
      let box = SearchBox.boxes(curve, doses: doses, bounds: set.bounds).first(where: {
        sign == nil || $0.sign == sign
      })
    else { return nil }
    var anchor: ProjectedCurve.Anchor?
    var ownDose: Double?
    switch target {
    case .parameter(let place):
      let parameter = set.parameters[place].parameter
      if let coordinate = box.parameters.firstIndex(of: parameter) {
        held = .coordinate(coordinate)
      } else {
        held = .linear(curve.form.linear.firstIndex(of: parameter)!)
      }
    case .dose(.relative(let percent), _):
      guard case .sigmoid(let sigmoid) = curve.form, !sigmoid.isHormesis,
        set.bounds[sigmoid.location] == nil,
        let coordinate = box.parameters.firstIndex(of: sigmoid.location),
        let dose = try? curve.effectiveDose(percent: percent, parameters: values).dose
      else { return nil }
      held = .coordinate(coordinate)
      ownDose = dose
      let (gone, left) = (percent / 100, (100 - percent) / 100)
      anchor =
        sigmoid.startsAtUpperShare(curve.split(values).nonlinear)
        ? ProjectedCurve.Anchor(p: gone, q: left) : ProjectedCurve.Anchor(p: left, q: gone)
    case .dose, .potency: return nil
    }
    let design = SearchDesign(
      curve, doses: doses, weights: data.means.map(\.weight), bounds: set.bounds)
    projected = ProjectedCurve(box, design, anchor: anchor)
    projected.setMeans(data.means.map(\.mean))
    bounds = set.bounds
    self.slope = box.parameters.firstIndex { [.slope, .hill].contains($0) }
    let named = Dictionary(uniqueKeysWithValues: zip(curve.parameters, values))
    var start = box.parameters.indices.map { box.coordinate($0, of: named[box.parameters[$0]]!) }
    if let ownDose, case .coordinate(let index) = held {
      start[index] = box.coordinate(index, of: ownDose)
    }
    self.start = start
  }

  mutating func lowest(at value: Double, near: [[Double]]) -> Low? {
    hold(value)
    let ends = near.compactMap {
      projected.descend(from: $0, tolerance: 1e-16, maximumIterations: 200)
    }
    return ends.min { $0.sumOfSquares < $1.sumOfSquares }.map { ($0.coordinates, $0.sumOfSquares) }
  }

  mutating func lowestOfAll(at value: Double, near: [[Double]]) -> Low? {
    hold(value)
    let grid = CoordinateGrid(axes(value))
    let sums = grid.cells.map { projected.sumOfSquares($0) }
    return lowest(at: value, near: near + grid.lowest(sums, limit: 3))
  }

  /// The places along each coordinate that are looked at: where there are two or more, half as many.
  private func axes(_ value: Double) -> [[Double]] {
    var axes = projected.box.starts
    if case .coordinate(let index) = held { axes[index] = [value] }
    let isWide = axes.reduce(1) { $0 * $1.count } > 200
    return axes.map { axis in
      isWide && axis.count > 5
        ? axis.indices.filter { $0 % 2 == 0 }.map { axis[$0] } : axis
    }
  }

  private mutating func hold(_ value: Double) {
    switch held {
    case .coordinate(let index): projected.hold(coordinate: index, at: value)
    case .linear(let index): projected.hold(linear: index, at: value)
    }
  }

  /// The coordinates that the search alone bounds and that are at a bound.
  private func ends(_ coordinates: [Double]) -> [Int] {
    coordinates.indices.filter { j in
      if case .coordinate(j) = held { return false }
      let box = projected.box
      guard coordinates[j] <= box.lower[j] || coordinates[j] >= box.upper[j] else { return false }
      return bounds[box.parameters[j]]?.hasEnd(box.natural(j, coordinates[j]).value) != true
    }
  }

  func widened(_ coordinates: [Double]) -> Self? {
    let ends = ends(coordinates)
    guard !ends.isEmpty else { return nil }
    var wider = self
    for j in ends { wider.projected.widen(coordinate: j, by: Self.widening) }
    return wider
  }

  func stepSlope(_ coordinates: [Double]) -> Double? {
    guard let slope, ends(coordinates).contains(slope),
      coordinates[slope] >= projected.box.upper[slope]
    else { return nil }
    return exp(coordinates[slope])
  }
}
