import Glibc
import Inference

/// The sum of squares of one curve with a number held, linear parameters eliminated.
///
/// A nonlinear parameter is a coordinate of the search and a linear one a fixed value. An effective
/// dose takes the place of the location: z = z_p + slope (log x − log ED_p). A dose at which the
/// response is given, or of hormesis, is a linear condition on the linear parameters.
struct ProjectedProfile: ProfiledObjective {
  private enum Held {
    case coordinate(Int)
    case linear(Int)
    case dose(ProfileScale)
  }

  private var projected: ProjectedCurve
  private let held: Held
  private let slope: Int?
  private let location: Int?
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
    var condition: ProjectedCurve.Condition?
    var ownDose: Double?
    switch target {
    case .parameter(let place):
      let parameter = set.parameters[place].parameter
      if let coordinate = box.parameters.firstIndex(of: parameter) {
        held = .coordinate(coordinate)
      } else {
        held = .linear(curve.form.linear.firstIndex(of: parameter)!)
      }
    case .dose(let dose, _):
      if case .sigmoid(let sigmoid) = curve.form, !sigmoid.isHormesis,
        case .relative(let percent) = dose
      {
        guard set.bounds[sigmoid.location] == nil,
          let coordinate = box.parameters.firstIndex(of: sigmoid.location),
          let found = try? curve.effectiveDose(percent: percent, parameters: values)
        else { return nil }
        held = .coordinate(coordinate)
        ownDose = found.dose
        anchor = ProjectedCurve.Anchor(
          percent, startsAtQ: sigmoid.startsAtUpperShare(curve.split(values).nonlinear))
      } else {
        held = .dose(set.profileScale(target, 0))
        condition = ProjectedCurve.Condition(dose, linearCount: curve.form.linear.count)
      }
    case .potency: return nil
    }
    let design = SearchDesign(
      curve, doses: doses, weights: data.means.map(\.weight), bounds: set.bounds)
    projected = ProjectedCurve(box, design, anchor: anchor, condition: condition)
    projected.setMeans(data.means.map(\.mean))
    bounds = set.bounds
    self.slope = box.parameters.firstIndex { [.slope, .hill].contains($0) }
    location =
      if case .sigmoid(let sigmoid) = curve.form {
        box.parameters.firstIndex(of: sigmoid.location)
      } else {
        nil
      }
    let named = Dictionary(uniqueKeysWithValues: zip(curve.parameters, values))
    var start = box.parameters.indices.map { box.coordinate($0, of: named[box.parameters[$0]]!) }
    if let ownDose, case .coordinate(let index) = held {
      start[index] = box.coordinate(index, of: ownDose)
    }
    self.start = start
  }

  /// For a place along the doses the middles between them, next to them and some beyond, for a slope
  /// its range.
  var candidates: [Double] {
    if let heldIndex, heldIndex == slope { return projected.box.starts[heldIndex] }
    return place(0) == nil ? [] : projected.box.lookouts
  }

  mutating func lowest(at value: Double, near: [[Double]]) -> Low? {
    hold(value)
    let ends = near.compactMap {
      projected.descend(from: $0, tolerance: 1e-16, maximumIterations: 200)
    }
    return ends.min { $0.sumOfSquares < $1.sumOfSquares }.map { ($0.coordinates, $0.sumOfSquares) }
  }

  mutating func lowestOfAll(at value: Double, near: [[Double]]) -> Low? {
    let (grid, sums) = scan(value)
    return lowest(at: value, near: near + grid.lowest(sums, limit: 3))
  }

  mutating func glance(at value: Double) -> Double { scan(value).sums.min() ?? .infinity }

  /// The parameters of the best curve that a look finds with the ED50, held, at `value`.
  mutating func curve(at value: Double, _ curve: ResponseCurve) -> [Double]? {
    guard let low = lowestOfAll(at: value, near: []), case .sigmoid(let sigmoid) = curve.form else {
      return nil
    }
    _ = projected.sumOfSquares(low.coordinates)
    let (box, linear) = (projected.box, projected.linear)
    var values = curve.parameters.map { parameter in
      curve.form.linear.firstIndex(of: parameter).map { linear[$0] }
        ?? box.value(of: parameter, low.coordinates)!
    }
    guard let index = curve.parameters.firstIndex(of: sigmoid.location),
      let ed50 = try? curve.effectiveDose(percent: 50, parameters: values).dose
    else { return nil }
    // The location's coordinate is the ED50, from which the location is as far as it from another.
    let location = values[index]
    values[index] = sigmoid.isLogDose ? location * (location / ed50) : 2 * location - ed50
    return values
  }

  private mutating func scan(_ value: Double) -> (grid: CoordinateGrid, sums: [Double]) {
    hold(value)
    let grid = CoordinateGrid(axes(value))
    return (grid, grid.cells.map { projected.sumOfSquares($0) })
  }

  /// The places along each coordinate that are looked at: of many every second or third, and slopes
  /// that bend the curve between the number's dose and the nearest one tested.
  private func axes(_ value: Double) -> [[Double]] {
    let box = projected.box
    var axes = box.starts
    if axes.reduce(1, { $0 * $1.count }) > 200 * (heldIndex == nil ? 1 : axes[heldIndex!].count) {
      axes = axes.map { axis in
        let stride = axis.count > 30 ? 3 : axis.count > 5 ? 2 : 1
        return axis.indices.filter { $0 % stride == 0 }.map { axis[$0] }
      }
    }
    if let heldIndex { axes[heldIndex] = [value] }
    guard let place = place(value), let slope, slope != heldIndex else { return axes }
    if case .dose = held, let location { axes[location].append(place) }
    let distance = box.distance(to: place)
    let steepest = [1, 3].map { log($0 / distance) }
    axes[slope] += steepest.filter { $0 > axes[slope].last! && $0 < box.upper[slope] }
    return axes
  }

  /// The place of the number along the doses.
  private func place(_ value: Double) -> Double? {
    switch held {
    case .linear: nil
    case .dose: value
    case .coordinate(let index): index == location ? value : nil
    }
  }

  private var heldIndex: Int? {
    if case .coordinate(let index) = held { index } else { nil }
  }

  private mutating func hold(_ value: Double) {
    switch held {
    case .coordinate(let index): projected.hold(coordinate: index, at: value)
    case .linear(let index): projected.hold(linear: index, at: value)
    case .dose(let scale): projected.hold(dose: scale.value(value))
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

extension ProjectedCurve.Anchor {
  /// Where the curve has gone `percent` of its way.
  fileprivate init(_ percent: Double, startsAtQ: Bool) {
    let (gone, left) = (percent / 100, (100 - percent) / 100)
    self = startsAtQ ? Self(p: gone, q: left) : Self(p: left, q: gone)
  }
}

extension ProjectedCurve.Condition {
  /// That a dose is `target`; relative for hormesis: from upper, at dose 0, to lower.
  fileprivate init(_ target: DoseTarget, linearCount: Int) {
    switch target {
    case .relative(let percent):
      self.init(constant: 0, control: 0, weights: [percent / 100, (100 - percent) / 100, 0])
    case .response(let constant, let control):
      self.init(
        constant: constant, control: control,
        weights: [Double](repeating: 0, count: linearCount))
    }
  }
}
