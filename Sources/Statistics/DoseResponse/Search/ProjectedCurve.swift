import Glibc

/// The sum of squares of curves on fixed doses, their linear parameters eliminated, for searches.
///
/// Each column of a form is φₖ = cₖ q + a constant of the dose, and only the share q depends on the
/// nonlinear parameters. The derivative of the projected residuals is Kaufman's (1975), BIT 15:49.
/// Nothing is allocated once a value exists, so that many searches on one design are quick.
struct ProjectedCurve {
  /// A dose by the shares of the plateaus that the curve has there.
  struct Anchor {
    let p: Double
    let q: Double
  }

  private(set) var box: SearchBox
  private var design: SearchDesign
  private let places: Places
  /// The dose that the location's coordinate stands for, where it is not the location.
  private let anchor: Anchor?

  /// √w y.
  private var responses: [Double]
  /// q and p of each dose.
  private var shares: [Double]
  private var complements: [Double]
  // Columns one after the other, an entry a dose: √w ∂q by each coordinate, √w φ, and the
  // orthonormal Q of the free columns.
  private var changes: [Double]
  private(set) var columns: [Double]
  private var basis: [Double]
  private var basisCount = 0
  /// Column by column the R of the free columns.
  private var upper: [Double]
  private var projections: [Double]

  /// √w (y − f) at the last place.
  private(set) var residuals: [Double]
  /// The values of all linear parameters at the last place.
  private(set) var linear: [Double]
  /// The derivative of the residuals, sign reversed, column by column.
  private(set) var jacobian: [Double]

  /// With an `anchor` the location's coordinate is that of the dose where the shares are so.
  init(_ box: SearchBox, _ design: SearchDesign, anchor: Anchor? = nil) {
    let count = design.doses.count
    let linearCount = box.curve.form.linear.count
    let zeros = [Double](repeating: 0, count: count)
    self.box = box
    self.design = design
    self.anchor = anchor
    places = Places(box)
    responses = zeros
    shares = zeros
    complements = zeros
    residuals = zeros
    changes = [Double](repeating: 0, count: count * box.parameters.count)
    jacobian = changes
    columns = [Double](repeating: 0, count: count * linearCount)
    basis = columns
    upper = [Double](repeating: 0, count: linearCount * linearCount)
    projections = [Double](repeating: 0, count: linearCount)
    linear = projections
  }

  /// Takes the means, a dose each, of other data on the same design.
  mutating func setMeans(_ means: [Double]) {
    for i in responses.indices { responses[i] = design.roots[i] * means[i] }
  }

  /// Holds a coordinate of the box.
  mutating func hold(coordinate: Int, at value: Double) {
    box.hold(coordinate, at: value)
  }

  /// Moves the bounds of a coordinate outwards.
  mutating func widen(coordinate: Int, by margin: Double) {
    box.widen(coordinate, by: margin)
  }

  /// Holds a linear parameter of the form.
  mutating func hold(linear index: Int, at value: Double) {
    design.hold(linear: index, at: value)
  }

  /// The least sum of squares at these coordinates, with its derivative; infinite where the bounds
  /// allow no curve.
  mutating func evaluate(_ coordinates: [Double]) -> Double {
    let sum = sumOfSquares(coordinates, isDifferentiated: true)
    guard sum.isFinite else { return .infinity }
    let count = residuals.count
    for j in box.parameters.indices {
      let start = j * count
      var before = 0.0
      for i in 0..<count {
        let change = amplitude(i) * changes[start + i]
        jacobian[start + i] = change
        before += change * change
      }
      remove(from: &jacobian, start)
      // What the linear parameters make up for leaves rounding, which is no direction.
      if product(jacobian, start, jacobian, start, count) <= 1e-24 * before {
        for i in 0..<count { jacobian[start + i] = 0 }
      }
    }
    return sum
  }

  /// The least sum of squares at these coordinates; infinite where the bounds allow no curve.
  mutating func sumOfSquares(_ coordinates: [Double], isDifferentiated: Bool = false) -> Double {
    fillColumns(coordinates, isDifferentiated: isDifferentiated)
    return solve()
  }

  /// The columns of the linear parameters at these coordinates.
  mutating func fillColumns(_ coordinates: [Double], isDifferentiated: Bool) {
    fillShares(coordinates, isDifferentiated)
    composeColumns()
  }

  /// Σ aₖ cₖ: what the response changes by with q.
  private func amplitude(_ i: Int) -> Double {
    switch design.composition {
    case .constant: 0
    case .rise: linear[1]
    case .plateaus: linear[1] - linear[0]
    case .hormesis: linear[1] - linear[0] + linear[2] * design.numerators[i]
    }
  }

  private mutating func fillShares(_ coordinates: [Double], _ isDifferentiated: Bool) {
    switch box.curve.form {
    case .sigmoid(let sigmoid): fillShares(sigmoid, coordinates, isDifferentiated)
    case .exponential:
      let scale = places.slope.value(box, coordinates)
      for i in shares.indices {
        let z = design.doses[i] / scale
        shares[i] = expm1(z)
        if isDifferentiated, !changes.isEmpty { changes[i] = -design.roots[i] * exp(z) * z }
      }
    case .polynomial: break
    }
  }

  private mutating func fillShares(
    _ sigmoid: Sigmoid, _ coordinates: [Double], _ isDifferentiated: Bool
  ) {
    let asymmetry = places.asymmetry.value(box, coordinates)
    let slope = sigmoid.sign * places.slope.value(box, coordinates)
    // As the doses are seen: the logarithm of a location is its coordinate.
    let origin = places.location.coordinate(coordinates)
    let start = anchor.map {
      sigmoid.shape.argument(p: $0.p, q: $0.q, asymmetry: asymmetry)
    }
    let offset = start ?? 0
    // What keeps q where the asymmetry changes.
    let drift =
      start.map { start in
        let share = sigmoid.shape.share(at: start, asymmetry: asymmetry)
        return -sigmoid.shape.byAsymmetry(at: start, share: share.q) / share.byArgument
      } ?? 0
    let count = shares.count
    for i in 0..<count {
      let z = slope == 0 ? 0 : offset + slope * (design.positions[i] - origin)
      let share = sigmoid.shape.share(at: z, asymmetry: asymmetry)
      shares[i] = share.q
      complements[i] = share.p
      guard isDifferentiated else { continue }
      let change = design.roots[i] * share.byArgument
      if let j = places.slope.index {
        changes[j * count + i] = change == 0 ? 0 : change * (z - offset)
      }
      if let j = places.location.index { changes[j * count + i] = -change * slope }
      if let j = places.asymmetry.index {
        let own = design.roots[i] * sigmoid.shape.byAsymmetry(at: z, share: share.q)
        changes[j * count + i] = asymmetry * (own + change * drift)
      }
    }
  }

  private mutating func composeColumns() {
    let count = shares.count
    for i in 0..<count {
      let root = design.roots[i]
      switch design.composition {
      case .constant:
        var power = root
        for k in linear.indices {
          columns[k * count + i] = power
          power *= design.doses[i]
        }
      case .rise:
        columns[i] = root
        columns[count + i] = root * shares[i]
      case .plateaus, .hormesis:
        columns[i] = root * complements[i]
        columns[count + i] = root * shares[i]
        if linear.count > 2 { columns[2 * count + i] = root * design.numerators[i] * shares[i] }
      }
    }
  }
}

// The linear parameters, within their bounds.
extension ProjectedCurve {
  /// Solves for the linear parameters; infinite where the bounds allow none.
  private mutating func solve() -> Double {
    var best = Double.infinity
    var bestChoice = -1
    let choices = design.choices
    for choice in 0..<choices {
      let sum = solve(choice)
      if sum < best { (best, bestChoice) = (sum, choice) }
      if choice == 0, sum.isFinite { break }
    }
    guard bestChoice >= 0 else { return .infinity }
    if bestChoice != 0 { best = solve(bestChoice) }
    // Rounding does not turn a flat curve.
    guard design.plateausAreOrdered, linear[0] - linear[1] > 1e-9 * abs(linear[0]) else {
      return best
    }
    return solveFlat()
  }

  /// Of curves with lower ≤ upper the best where the best of all is the other way round.
  private mutating func solveFlat() -> Double {
    let level = design.level(responses)
    guard let level else { return .infinity }
    (linear[0], linear[1]) = (level, level)
    basisCount = 0
    for i in residuals.indices { residuals[i] = responses[i] - level * design.roots[i] }
    return product(residuals, 0, residuals, 0, residuals.count)
  }

  /// With each free parameter inside (0), at its lower (1) or upper bound (2), as ternary digits.
  private mutating func solve(_ choice: Int) -> Double {
    for k in linear.indices { linear[k] = design.fixedLinear[k] }
    var rest = choice
    for index in design.freeLinear {
      let place = rest % 3
      rest /= 3
      linear[index] =
        place == 0 ? 0 : place == 1 ? design.lower[index] : design.upper[index]
      guard linear[index].isFinite else { return .infinity }
    }
    let rows = residuals.count
    for i in 0..<rows { residuals[i] = responses[i] }
    for k in linear.indices where linear[k] != 0 {
      for i in 0..<rows { residuals[i] -= linear[k] * columns[k * rows + i] }
    }
    rest = choice
    var inside = 0
    basisCount = 0
    for index in design.freeLinear {
      if rest % 3 == 0 {
        orthonormalise(index)
        inside |= 1 << index
      }
      rest /= 3
    }
    for k in 0..<basisCount { projections[k] = product(basis, k * rows, residuals, 0, rows) }
    remove(from: &residuals, 0)
    // Back substitution through R.
    var k = basisCount - 1
    for index in design.freeLinear.reversed() where inside & (1 << index) != 0 {
      var value = projections[k]
      var later = k + 1
      for other in design.freeLinear where other > index && inside & (1 << other) != 0 {
        value -= upper[later * linear.count + k] * linear[other]
        later += 1
      }
      let pivot = upper[k * linear.count + k]
      linear[index] = pivot == 0 ? 0 : value / pivot
      guard linear[index] >= design.lower[index], linear[index] <= design.upper[index] else {
        return .infinity
      }
      k -= 1
    }
    return product(residuals, 0, residuals, 0, rows)
  }

  /// Makes column `index` orthonormal to the basis, twice, and one of it.
  private mutating func orthonormalise(_ index: Int) {
    let rows = residuals.count
    let start = basisCount * rows
    for i in 0..<rows { basis[start + i] = columns[index * rows + i] }
    let length = product(basis, start, basis, start, rows).squareRoot()
    for k in 0..<basisCount { upper[basisCount * linear.count + k] = 0 }
    for _ in 0..<(basisCount == 0 ? 0 : 2) {
      for k in 0..<basisCount {
        let part = product(basis, k * rows, basis, start, rows)
        upper[basisCount * linear.count + k] += part
        for i in 0..<rows { basis[start + i] -= part * basis[k * rows + i] }
      }
    }
    let remaining = product(basis, start, basis, start, rows).squareRoot()
    let isDependent = !(remaining > 1e-13 * length)
    upper[basisCount * linear.count + basisCount] = isDependent ? 0 : remaining
    let factor = isDependent ? 0 : 1 / remaining
    for i in 0..<rows { basis[start + i] *= factor }
    basisCount += 1
  }

  /// Takes from the column that begins at `start` what lies in the basis, twice.
  private func remove(from vector: inout [Double], _ start: Int) {
    let rows = residuals.count
    for _ in 0..<2 {
      for k in 0..<basisCount {
        let part = product(basis, k * rows, vector, start, rows)
        for i in 0..<rows { vector[start + i] -= part * basis[k * rows + i] }
      }
    }
  }
}

/// Where the nonlinear parameters of a sigmoid, or the scale of an exponential, are among the
/// coordinates.
private struct Places {
  struct Place {
    let index: Int?
    /// Where it is fixed: the parameter, and its coordinate.
    let fixed: Double
    let fixedCoordinate: Double

    func value(_ box: SearchBox, _ coordinates: [Double]) -> Double {
      index.map { box.natural($0, coordinates[$0]).value } ?? fixed
    }

    func coordinate(_ coordinates: [Double]) -> Double {
      index.map { coordinates[$0] } ?? fixedCoordinate
    }
  }

  let slope: Place
  let location: Place
  let asymmetry: Place

  init(_ box: SearchBox) {
    func place(_ parameter: CurveParameter?) -> Place {
      let fixed = parameter.flatMap { box.curve.fixedValues[$0] } ?? 1
      let isLogarithm = parameter.map { box.curve.form.coordinate(of: $0) != .identity } ?? true
      return Place(
        index: parameter.flatMap { box.parameters.firstIndex(of: $0) }, fixed: fixed,
        fixedCoordinate: isLogarithm ? log(fixed) : fixed)
    }
    switch box.curve.form {
    case .sigmoid(let sigmoid):
      slope = place(sigmoid.slope)
      location = place(sigmoid.location)
      asymmetry = place(sigmoid.isAsymmetric ? .asymmetry : nil)
    case .exponential:
      (slope, location, asymmetry) = (place(.scale), place(nil), place(nil))
    case .polynomial: (slope, location, asymmetry) = (place(nil), place(nil), place(nil))
    }
  }
}

/// Σ aᵢ bᵢ of `count` entries from `i` and from `j` on.
private func product(_ a: [Double], _ i: Int, _ b: [Double], _ j: Int, _ count: Int) -> Double {
  var sum = 0.0
  for k in 0..<count { sum += a[i + k] * b[j + k] }
  return sum
}
