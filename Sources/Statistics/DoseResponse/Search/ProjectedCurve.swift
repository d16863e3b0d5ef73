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

  /// That the response at a dose, the first of those added to the design, is
  /// `constant` + `control` times that at dose 0, the second, + Σ `weights`ₖ aₖ.
  struct Condition {
    let constant: Double
    let control: Double
    let weights: [Double]
  }

  private(set) var box: SearchBox
  private var design: SearchDesign
  private let places: Places
  /// The dose that the location's coordinate stands for, where it is not the location.
  private let anchor: Anchor?
  private let condition: Condition?
  /// The condition: Σ cₖ aₖ = constant.
  private var coefficients: [Double]
  /// The linear parameter that the condition eliminates, with the largest coefficient; −1 for none.
  private var eliminated = -1

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
  init(
    _ box: SearchBox, _ design: SearchDesign, anchor: Anchor? = nil, condition: Condition? = nil
  ) {
    var design = design
    if condition != nil { design.add([1, 0]) }
    let count = design.doses.count
    let linearCount = box.curve.form.linear.count
    let zeros = [Double](repeating: 0, count: count)
    self.box = box
    self.design = design
    self.anchor = anchor
    self.condition = condition
    coefficients = [Double](repeating: 0, count: linearCount)
    places = Places(box)
    responses = [Double](repeating: 0, count: design.count)
    residuals = responses
    shares = zeros
    complements = zeros
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

  /// Sets the dose of the condition.
  mutating func hold(dose: Double) {
    design.move(design.count, to: dose)
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
    let (rows, stride) = (residuals.count, shares.count)
    for j in box.parameters.indices {
      let start = j * stride
      let drift = drift(start)
      var before = 0.0
      for i in 0..<rows {
        var change = amplitude(i) * changes[start + i]
        if eliminated >= 0 { change += drift * columns[eliminated * stride + i] }
        jacobian[start + i] = change
        before += change * change
      }
      remove(basis, basisCount, stride, from: &jacobian, start, rows)
      // What the linear parameters make up for leaves rounding, which is no direction.
      if product(jacobian, start, jacobian, start, rows) <= 1e-24 * before {
        for i in 0..<rows { jacobian[start + i] = 0 }
      }
    }
    return sum
  }

  /// How the eliminated parameter changes with the coordinate whose changes begin at `start`.
  private func drift(_ start: Int) -> Double {
    guard let condition, eliminated >= 0 else { return 0 }
    let first = design.count
    let change =
      amplitude(first) * changes[start + first]
      - condition.control * amplitude(first + 1) * changes[start + first + 1]
    return -change / coefficients[eliminated]
  }

  /// The least sum of squares at these coordinates; infinite where the bounds allow no curve.
  mutating func sumOfSquares(_ coordinates: [Double], isDifferentiated: Bool = false) -> Double {
    fillColumns(coordinates, isDifferentiated: isDifferentiated)
    guard eliminate() else { return .infinity }
    return solve()
  }

  /// The columns of the linear parameters at these coordinates.
  mutating func fillColumns(_ coordinates: [Double], isDifferentiated: Bool) {
    fillShares(coordinates, isDifferentiated)
    composeColumns()
  }

  /// Takes the condition into the columns of the other free parameters; false where none meets it.
  private mutating func eliminate() -> Bool {
    guard let condition else { return true }
    let (first, stride) = (design.count, shares.count)
    eliminated = -1
    for k in linear.indices {
      let own = columns[k * stride + first]
      let start = condition.control == 0 ? 0 : condition.control * columns[k * stride + first + 1]
      coefficients[k] = own - start - condition.weights[k]
    }
    for k in design.freeLinear
    where coefficients[k] != 0
      && (eliminated < 0 || abs(coefficients[k]) > abs(coefficients[eliminated]))
    {
      eliminated = k
    }
    guard eliminated >= 0 else { return false }
    for k in design.freeLinear where k != eliminated {
      let share = coefficients[k] / coefficients[eliminated]
      for i in 0..<first { columns[k * stride + i] -= share * columns[eliminated * stride + i] }
    }
    return true
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
      let scale = places.slope.value(coordinates)
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
    let asymmetry = places.asymmetry.value(coordinates)
    let slope = sigmoid.sign * places.slope.value(coordinates)
    // As the doses are seen: the logarithm of a location is its coordinate.
    let origin = places.location.coordinate(coordinates)
    var (offset, drift) = (0.0, 0.0)
    if let anchor {
      offset = sigmoid.shape.argument(p: anchor.p, q: anchor.q, asymmetry: asymmetry)
      // What keeps q where the asymmetry changes.
      let share = sigmoid.shape.share(at: offset, asymmetry: asymmetry)
      drift = -sigmoid.shape.byAsymmetry(at: offset, share: share.q) / share.byArgument
    }
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
    let level =
      condition.map { $0.constant / (coefficients[0] + coefficients[1]) } ?? design.level(responses)
    guard let level, level.isFinite else { return .infinity }
    (linear[0], linear[1]) = (level, level)
    basisCount = 0
    for i in residuals.indices { residuals[i] = responses[i] - level * design.roots[i] }
    return product(residuals, 0, residuals, 0, residuals.count)
  }

  /// With each free parameter inside (0), at its lower (1) or upper bound (2), as ternary digits.
  private mutating func solve(_ choice: Int) -> Double {
    for k in linear.indices { linear[k] = design.fixedLinear[k] }
    if eliminated >= 0 { linear[eliminated] = remainder() }
    var rest = choice
    for index in design.freeLinear where index != eliminated {
      let place = rest % 3
      rest /= 3
      linear[index] =
        place == 0 ? 0 : place == 1 ? design.lower[index] : design.upper[index]
      guard linear[index].isFinite else { return .infinity }
    }
    let (rows, stride) = (residuals.count, shares.count)
    for i in 0..<rows { residuals[i] = responses[i] }
    for k in linear.indices where linear[k] != 0 {
      for i in 0..<rows { residuals[i] -= linear[k] * columns[k * stride + i] }
    }
    rest = choice
    var inside = 0
    basisCount = 0
    for index in design.freeLinear where index != eliminated {
      if rest % 3 == 0 {
        orthonormalise(index)
        inside |= 1 << index
      }
      rest /= 3
    }
    for k in 0..<basisCount { projections[k] = product(basis, k * stride, residuals, 0, rows) }
    remove(basis, basisCount, stride, from: &residuals, 0, rows)
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
    if eliminated >= 0 {
      linear[eliminated] = 0
      linear[eliminated] = remainder()
      guard linear[eliminated] >= design.lower[eliminated],
        linear[eliminated] <= design.upper[eliminated]
      else { return .infinity }
    }
    return product(residuals, 0, residuals, 0, rows)
  }

  /// What the condition makes the eliminated parameter, itself 0, beside the others.
  private func remainder() -> Double {
    var value = condition?.constant ?? 0
    for k in linear.indices where linear[k] != 0 { value -= coefficients[k] * linear[k] }
    return value / coefficients[eliminated]
  }

  /// Makes column `index` orthonormal to the basis, twice, and one of it.
  private mutating func orthonormalise(_ index: Int) {
    let (rows, stride) = (residuals.count, shares.count)
    let start = basisCount * stride
    for i in 0..<rows { basis[start + i] = columns[index * stride + i] }
    let length = product(basis, start, basis, start, rows).squareRoot()
    for k in 0..<basisCount { upper[basisCount * linear.count + k] = 0 }
    for _ in 0..<(basisCount == 0 ? 0 : 2) {
      for k in 0..<basisCount {
        let part = product(basis, k * stride, basis, start, rows)
        upper[basisCount * linear.count + k] += part
        for i in 0..<rows { basis[start + i] -= part * basis[k * stride + i] }
      }
    }
    let remaining = product(basis, start, basis, start, rows).squareRoot()
    let isDependent = !(remaining > 1e-13 * length)
    upper[basisCount * linear.count + basisCount] = isDependent ? 0 : remaining
    let factor = isDependent ? 0 : 1 / remaining
    for i in 0..<rows { basis[start + i] *= factor }
    basisCount += 1
  }
}

/// Where the nonlinear parameters of a sigmoid, or the scale of an exponential, are among the
/// coordinates.
private struct Places {
  struct Place {
    let index: Int?
    /// The parameter is sign · exp(coordinate), or the coordinate.
    let isLogarithm: Bool
    let sign: Double
    /// The coordinate of a fixed parameter.
    let fixed: Double

    func coordinate(_ coordinates: [Double]) -> Double {
      if let index { coordinates[index] } else { fixed }
    }

    func value(_ coordinates: [Double]) -> Double {
      isLogarithm ? sign * exp(coordinate(coordinates)) : coordinate(coordinates)
    }
  }

  let slope: Place
  let location: Place
  let asymmetry: Place

  init(_ box: SearchBox) {
    func place(_ parameter: CurveParameter?) -> Place {
      guard let parameter else { return Place(index: nil, isLogarithm: true, sign: 1, fixed: 0) }
      let coordinate = box.curve.form.coordinate(of: parameter)
      let value = box.curve.fixedValues[parameter]
      let sign = coordinate == .signedLogarithm ? value.map { $0 < 0 ? -1 : 1 } ?? box.sign : 1
      let isLogarithm = coordinate != .identity
      return Place(
        index: box.parameters.firstIndex(of: parameter), isLogarithm: isLogarithm, sign: sign,
        fixed: value.map { isLogarithm ? log(abs($0)) : $0 } ?? 0)
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

/// Takes from the column of `vector` that begins at `start` what lies in the first `count` columns
/// of Q, twice.
private func remove(
  _ basis: [Double], _ count: Int, _ stride: Int, from vector: inout [Double], _ start: Int,
  _ rows: Int
) {
  for _ in 0..<2 {
    for k in 0..<count {
      let part = product(basis, k * stride, vector, start, rows)
      for i in 0..<rows { vector[start + i] -= part * basis[k * stride + i] }
    }
  }
}

/// Σ aᵢ bᵢ of `count` entries from `i` and from `j` on.
@inline(__always) private func product(
  _ a: [Double], _ i: Int, _ b: [Double], _ j: Int, _ count: Int
) -> Double {
  var sum = 0.0
  for k in 0..<count { sum += a[i + k] * b[j + k] }
  return sum
}
