import Glibc

/// The sum of squares of one curve of two plateaus, a slope and a location, with an effective dose held:
/// a function of the slope alone.
///
/// Coordinates are the logarithm of the slope's size and the place of the dose.
struct SlopeProfile: ProfiledObjective {
  private var curve: HeldDoseCurve
  private let box: SearchBox
  private let slopeIndex: Int
  private var range: ClosedRange<Double>
  private var sums: [Double] = []

  /// The coordinates that `values`, of the curve's own parameters, have.
  let start: [Double]

  /// `nil` for other curves and numbers, and where parameters have bounds.
  init?(_ set: CurveSet, curve index: Int, _ target: SetTarget, _ values: [Double]) {
    let (curve, data) = (set.curve, set.samples[index])
    guard case .sigmoid(let sigmoid) = curve.form, Self.knows(sigmoid), set.bounds.isEmpty,
      let slope = sigmoid.slope.flatMap({ curve.parameters.firstIndex(of: $0) }),
      let location = curve.parameters.firstIndex(of: sigmoid.location)
    else { return nil }
    let (argument, dose): (Double, Double)
    switch target {
    case .parameter(let place) where set.parameters[place].parameter == sigmoid.location:
      (argument, dose) = (0, values[location])
    case .dose(.relative(let percent), _):
      guard let found = try? curve.effectiveDose(percent: percent, parameters: values) else {
        return nil
      }
      let startsAtQ = sigmoid.startsAtUpperShare(curve.split(values).nonlinear)
      let (gone, left) = (percent / 100, 1 - percent / 100)
      argument = sigmoid.shape.argument(
        p: startsAtQ ? gone : left, q: startsAtQ ? left : gone, asymmetry: 1)
      dose = found.dose
    default: return nil
    }
    let sign = values[slope] < 0 ? -1.0 : 1
    let doses = data.means.map(\.dose)
    guard
      let box = SearchBox.boxes(curve, doses: doses, bounds: [:]).first(where: { $0.sign == sign }),
      box.parameters.count == 2, let own = box.parameters.firstIndex(of: sigmoid.location)
    else { return nil }
    self.box = box
    slopeIndex = 1 - own
    range = box.lower[1 - own]...box.upper[1 - own]
    start = [box.coordinate(1 - own, of: values[slope]), box.coordinate(own, of: dose)]
    let (lower, upper) = (curve.fixedValues[.lower], curve.fixedValues[.upper])
    let plateaus: HeldDoseCurve.Plateaus =
      switch (lower, upper) {
      case (nil, nil): .both
      case (let lower?, nil): .upper(fixedLower: lower)
      case (nil, let upper?): .lower(fixedUpper: upper)
      case (let lower?, let upper?): .none(lower: lower, upper: upper)
      }
    self.curve = HeldDoseCurve(
      sigmoid.shape, sign: sigmoid.sign * sign, plateaus, isOrdered: lower == nil && upper == nil,
      argument: argument, positions: sigmoid.isLogDose ? doses.map { log($0) } : doses,
      weights: data.means.map(\.weight), means: data.means.map(\.mean))
  }

  /// Whether curves of this form are such, where their slope is free.
  static func knows(_ sigmoid: Sigmoid) -> Bool {
    sigmoid.composition == .plateaus && !sigmoid.isAsymmetric
  }

  /// As far as locations are searched, and to the start.
  var domain: ProfileDomain {
    let index = 1 - slopeIndex
    return ProfileDomain(
      lower: min(start[1], box.lower[index]), upper: max(start[1], box.upper[index]))
  }

  var candidates: [Double] { box.lookouts }

  mutating func glance(at value: Double) -> Double {
    scan(value, spacing: 0.5)
    return sums.min() ?? .infinity
  }

  mutating func lowest(at value: Double, near: [[Double]]) -> Low? {
    curve.place = value
    var best: Low?
    var before = Double.nan
    for start in near where start[0] != before {
      let end = curve.descend(from: start[0], within: range)
      if end.sum < best?.sum ?? .infinity { best = ([end.logarithm, value], end.sum) }
      before = start[0]
    }
    return best
  }

  mutating func lowestOfAll(at value: Double, near: [[Double]]) -> Low? {
    let spacing = 0.25
    let first = scan(value, spacing: spacing)
    let valleys = sums.indices.filter { j in
      (j == 0 || sums[j] <= sums[j - 1]) && (j + 1 == sums.count || sums[j] <= sums[j + 1])
    }
    var ends = near.compactMap { lowest(at: value, near: [$0]) }
    for j in valleys.sorted(by: { sums[$0] < sums[$1] }).prefix(3) {
      let start = first + spacing * Double(j)
      // A valley that a descent has ended in is not descended again.
      guard !ends.contains(where: { abs($0.coordinates[0] - start) < spacing }) else { continue }
      if let end = lowest(at: value, near: [[start, value]]) { ends.append(end) }
    }
    return ends.min { $0.sum < $1.sum }
  }

  /// The sums of squares with slopes from nearly straight curves to steps between the dose and the
  /// nearest one tested; the first of these slopes as a logarithm.
  @discardableResult private mutating func scan(_ value: Double, spacing: Double) -> Double {
    curve.place = value
    let starts = box.starts[slopeIndex]
    let steepest = min(
      range.upperBound, max(starts[starts.count - 1], log(10 / box.distance(to: value))))
    sums.removeAll(keepingCapacity: true)
    for s in stride(from: starts[0], through: steepest, by: spacing) { sums.append(curve.sum(s)) }
    return starts[0]
  }

  func widened(_ coordinates: [Double]) -> Self? {
    guard coordinates[0] <= range.lowerBound || coordinates[0] >= range.upperBound else {
      return nil
    }
    var wider = self
    wider.range = (range.lowerBound - Self.widening)...(range.upperBound + Self.widening)
    return wider
  }

  func stepSlope(_ coordinates: [Double]) -> Double? {
    coordinates[0] >= range.upperBound ? exp(coordinates[0]) : nil
  }
}
