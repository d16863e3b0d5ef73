// The linear parameters, within their bounds.
extension ProjectedCurve {
  /// Solves for the linear parameters; infinite where the bounds allow none.
  mutating func solve() -> Double {
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

/// Takes from the column of `vector` that begins at `start` what lies in the first `count` columns
/// of Q, twice.
func remove(
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
@inline(__always) func product(
  _ a: [Double], _ i: Int, _ b: [Double], _ j: Int, _ count: Int
) -> Double {
  var sum = 0.0
  for k in 0..<count { sum += a[i + k] * b[j + k] }
  return sum
}
