import Glibc

/// The sum of squares of curves on fixed doses, their linear parameters eliminated, for searches.
///
/// Each column of a form is φₖ = cₖ q + a constant of the dose, and only the share q depends on the
/// nonlinear parameters. The derivative of the projected residuals is Kaufman's (1975), BIT 15:49.
/// Nothing is allocated once a value exists, so that many searches on one design are quick.
struct ProjectedCurve {
  let box: SearchBox
  private let design: SearchDesign
  /// √w (y − what fixed linear parameters make of it).
  private var responses: [Double]
  /// √w q and √w ∂q by each coordinate.
  private var shares: [Double]
  private var complements: [Double]
  private var changes: [[Double]]
  private var columns: [[Double]]
  private var basis: [[Double]]
  private var basisCount = 0
  /// Column k of R, where the free columns are Q R.
  private var upper: [[Double]]
  private var projections: [Double]

  /// √w (y − f) at the last place.
  private(set) var residuals: [Double]
  /// The values of all linear parameters at the last place.
  private(set) var linear: [Double]
  /// Columns of the derivative of the residuals, sign reversed.
  private(set) var jacobian: [[Double]]

  init(_ box: SearchBox, _ design: SearchDesign) {
    let count = design.doses.count
    let linearCount = box.curve.form.linear.count
    let zeros = [Double](repeating: 0, count: count)
    self.box = box
    self.design = design
    responses = zeros
    shares = zeros
    complements = zeros
    residuals = zeros
    changes = [[Double]](repeating: zeros, count: box.parameters.count)
    jacobian = changes
    columns = [[Double]](repeating: zeros, count: linearCount)
    basis = columns
    upper = [[Double]](
      repeating: [Double](repeating: 0, count: linearCount), count: linearCount)
    projections = [Double](repeating: 0, count: linearCount)
    linear = [Double](repeating: 0, count: linearCount)
  }

  /// Takes the means, a dose each, of other data on the same design.
  mutating func setMeans(_ means: [Double]) {
    for i in responses.indices { responses[i] = design.roots[i] * means[i] }
  }

  /// The least sum of squares at these coordinates; infinite where the bounds allow no curve.
  mutating func evaluate(_ coordinates: [Double]) -> Double {
    fillShares(coordinates)
    fillColumns()
    let sum = solve()
    guard sum.isFinite else { return .infinity }
    for j in changes.indices {
      for i in residuals.indices { jacobian[j][i] = amplitude(i) * changes[j][i] }
      let before = product(jacobian[j], jacobian[j])
      remove(basis, basisCount, from: &jacobian[j])
      // What the linear parameters make up for leaves rounding, which is no direction.
      if product(jacobian[j], jacobian[j]) <= 1e-24 * before {
        for i in residuals.indices { jacobian[j][i] = 0 }
      }
    }
    return sum
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

  private mutating func fillShares(_ coordinates: [Double]) {
    guard design.composition != .constant else { return }
    if case .sigmoid(let sigmoid) = box.curve.form {
      let slope = box.value(of: sigmoid.slope, coordinates) ?? 1
      let location = box.value(of: sigmoid.location, coordinates) ?? 0
      let asymmetry = box.value(of: sigmoid.isAsymmetric ? .asymmetry : nil, coordinates) ?? 1
      let origin = sigmoid.isLogDose ? log(location) : location
      let signed = sigmoid.sign * slope
      for i in shares.indices {
        let z = slope == 0 ? 0 : signed * (design.positions[i] - origin)
        let share = sigmoid.shape.share(at: z, asymmetry: asymmetry)
        shares[i] = share.q
        complements[i] = share.p
        for (j, parameter) in box.parameters.enumerated() {
          let change: Double =
            switch parameter {
            case .asymmetry: share.byAsymmetry * asymmetry
            case sigmoid.location: -share.byArgument * signed
            default: share.byArgument == 0 || z.isInfinite ? 0 : share.byArgument * z
            }
          changes[j][i] = design.roots[i] * change
        }
      }
    } else {
      let scale = box.value(of: .scale, coordinates) ?? 1
      for i in shares.indices {
        let z = design.doses[i] / scale
        shares[i] = expm1(z)
        complements[i] = 0
        for j in changes.indices { changes[j][i] = -design.roots[i] * exp(z) * z }
      }
    }
  }

  private mutating func fillColumns() {
    for i in shares.indices {
      let root = design.roots[i]
      switch design.composition {
      case .constant:
        var power = root
        for k in columns.indices {
          columns[k][i] = power
          power *= design.doses[i]
        }
      case .rise:
        columns[0][i] = root
        columns[1][i] = root * shares[i]
      case .plateaus, .hormesis:
        columns[0][i] = root * complements[i]
        columns[1][i] = root * shares[i]
        if columns.count > 2 { columns[2][i] = root * design.numerators[i] * shares[i] }
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
    if bestChoice != 0 || choices > 1 { best = solve(bestChoice) }
    // Rounding does not turn a flat curve.
    let isReversed = linear.count > 1 && linear[0] - linear[1] > 1e-9 * abs(linear[0])
    return design.plateausAreOrdered && isReversed ? .infinity : best
  }

  /// With each free parameter inside (0), at its lower (1) or upper bound (2), as ternary digits.
  private mutating func solve(_ choice: Int) -> Double {
    for k in linear.indices { linear[k] = design.fixedLinear[k] }
    var rest = choice
    var count = 0
    for index in design.freeLinear {
      let place = rest % 3
      rest /= 3
      linear[index] =
        place == 0 ? 0 : place == 1 ? design.lower[index] : design.upper[index]
      guard linear[index].isFinite else { return .infinity }
    }
    for i in residuals.indices {
      var value = responses[i]
      for k in linear.indices where linear[k] != 0 { value -= linear[k] * columns[k][i] }
      residuals[i] = value
    }
    rest = choice
    var inside = 0
    for index in design.freeLinear {
      if rest % 3 == 0 {
        orthonormalise(index, as: count)
        count += 1
        inside |= 1 << index
      }
      rest /= 3
    }
    basisCount = count
    for k in 0..<count { projections[k] = product(basis[k], residuals) }
    remove(basis, count, from: &residuals)
    // Back substitution through R.
    var k = count - 1
    for index in design.freeLinear.reversed() where inside & (1 << index) != 0 {
      var value = projections[k]
      var later = k + 1
      for other in design.freeLinear where other > index && inside & (1 << other) != 0 {
        value -= upper[later][k] * linear[other]
        later += 1
      }
      linear[index] = upper[k][k] == 0 ? 0 : value / upper[k][k]
      guard linear[index] >= design.lower[index], linear[index] <= design.upper[index] else {
        return .infinity
      }
      k -= 1
    }
    return product(residuals, residuals)
  }

  /// Column `index` made orthonormal to those before it, twice.
  private mutating func orthonormalise(_ index: Int, as place: Int) {
    for i in residuals.indices { basis[place][i] = columns[index][i] }
    let length = product(basis[place], basis[place]).squareRoot()
    for k in 0..<place { upper[place][k] = 0 }
    for _ in 0..<2 {
      for k in 0..<place {
        let part = product(basis[k], basis[place])
        upper[place][k] += part
        for i in residuals.indices { basis[place][i] -= part * basis[k][i] }
      }
    }
    let remaining = product(basis[place], basis[place]).squareRoot()
    let isDependent = !(remaining > 1e-13 * length)
    upper[place][place] = isDependent ? 0 : remaining
    for i in residuals.indices {
      basis[place][i] = isDependent ? 0 : basis[place][i] / remaining
    }
  }
}

/// (I − QQᵀ) v, twice, for the first `count` columns of Q.
private func remove(_ basis: [[Double]], _ count: Int, from vector: inout [Double]) {
  for _ in 0..<2 {
    for k in 0..<count {
      let part = product(basis[k], vector)
      for i in vector.indices { vector[i] -= part * basis[k][i] }
    }
  }
}
