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
  var design: SearchDesign
  private let places: SearchPlaces
  /// The dose that the location's coordinate stands for, where it is not the location.
  private let anchor: Anchor?
  let condition: Condition?
  /// The condition: Σ cₖ aₖ = constant.
  var coefficients: [Double]
  /// The linear parameter that the condition eliminates, with the largest coefficient; −1 for none.
  var eliminated = -1

  /// √w y.
  var responses: [Double]
  /// q and p of each dose.
  var shares: [Double]
  private var complements: [Double]
  // Columns one after the other, an entry a dose: √w ∂q by each coordinate, √w φ, and the
  // orthonormal Q of the free columns.
  private var changes: [Double]
  var columns: [Double]
  var basis: [Double]
  var basisCount = 0
  /// Column by column the R of the free columns.
  var upper: [Double]
  var projections: [Double]

  /// √w (y − f) at the last place.
  var residuals: [Double]
  /// The values of all linear parameters at the last place.
  var linear: [Double]
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
    places = SearchPlaces(box)
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
