import Glibc
import Incidence

/// The maximum-likelihood risks of two groups under a given value of their contrast.
///
/// Each risk stands beside its complement, so that neither loses digits where it is small.
struct RestrictedRisks {
  var p1: Double
  var q1: Double
  var p2: Double
  var q2: Double
}

extension TwoByTwoTable {
  /// The risks that maximise the likelihood under `contrast` = `value`, inside its range.
  func restrictedRisks(_ contrast: RiskContrast, at value: Double) -> RestrictedRisks {
    switch contrast {
    case .difference: restrictedRisks(difference: value)
    case .ratio: restrictedRisks(ratio: value)
    case .oddsRatio: restrictedRisks(oddsRatio: value)
    }
  }

  /// p₁ = θ p₂: the smaller root of N θ p₂² − (θ (n₁ + x₂) + x₁ + n₂) p₂ + x₁ + x₂ = 0.
  ///
  /// The discriminant D² is written as a sum, and each of p₂, 1 − p₂ and 1 − p₁ as the quotient
  /// that does not cancel; what is linear in θ is rounded once, whichever of its parts is small. y
  /// are the subjects without the event. Koopman (1984), Biometrics 40:513.
  private func restrictedRisks(ratio theta: Double) -> RestrictedRisks {
    let (x1, y1) = (Double(treatment.events), Double(treatment.nonEvents))
    let (x2, y2) = (Double(reference.events), Double(reference.nonEvents))
    let (n1, n2) = (Double(treatment.total), Double(reference.total))
    let size = n1 + n2
    let difference = (-(x1 + n2)).addingProduct(theta, n1 + x2)
    let root = (difference * difference + 4 * theta * y1 * y2).squareRoot()
    let p2 = 2 * (x1 + x2) / (theta * (n1 + x2) + x1 + n2 + root)
    func complement(_ sum: Double, _ y: Double, _ change: Double, over leading: Double) -> Double {
      sum >= 0 ? (sum + root) / (2 * leading) : 2 * y * change / (root - sum)
    }
    return RestrictedRisks(
      p1: theta * p2,
      q1: complement(
        (y1 + size).addingProduct(-theta, size - y2), y1, theta - 1, over: size),
      p2: p2,
      q2: complement(
        (y1 - size).addingProduct(theta, size + y2), y2, 1 - theta, over: size * theta))
  }

  /// p₁ q₂ = ψ q₁ p₂ with both margins as observed.
  private func restrictedRisks(oddsRatio psi: Double) -> RestrictedRisks {
    let (n1, n2) = (Double(treatment.total), Double(reference.total))
    let expected = expectedCounts(oddsRatio: psi)
    return RestrictedRisks(
      p1: expected.x1 / n1, q1: expected.y1 / n1, p2: expected.x2 / n2, q2: expected.y2 / n2)
  }

  /// The cells x₁ + δ, y₁ − δ, x₂ − δ and y₂ + δ whose odds ratio is ψ.
  ///
  /// Of the two diagonals one grows by the events that move between the groups. Of the other the
  /// product is known then, and the difference as ever, which keeps the digits of a cell near 0.
  func expectedCounts(oddsRatio psi: Double) -> ExpectedCounts {
    let (x1, y1) = (Double(treatment.events), Double(treatment.nonEvents))
    let (x2, y2) = (Double(reference.events), Double(reference.nonEvents))
    let moved = eventsMoved(oddsRatio: psi)
    guard moved > 0 else {
      let (first, second) = (y1 - moved, x2 - moved)
      let (events, rest) = pair(product: psi * first * second, difference: x1 - y2)
      return ExpectedCounts(x1: events, y1: first, x2: second, y2: rest, moved: moved)
    }
    let (first, second) = (x1 + moved, y2 + moved)
    let (rest, events) = pair(product: first * second / psi, difference: y1 - x2)
    return ExpectedCounts(x1: first, y1: rest, x2: events, y2: second, moved: moved)
  }

  /// The root δ of (1 − ψ) δ² + (x₁ + y₂ + ψ (y₁ + x₂)) δ + x₁y₂ − ψ y₁x₂ = 0 nearest to 0.
  ///
  /// The discriminant is written as a sum of positive terms.
  func eventsMoved(oddsRatio psi: Double) -> Double {
    let (x1, y1) = (Double(treatment.events), Double(treatment.nonEvents))
    let (x2, y2) = (Double(reference.events), Double(reference.nonEvents))
    let (ends, middles) = (x1 * y2, y1 * x2)
    let (first, second) = (x1 - y2, psi * (y1 - x2))
    let mixed = 2 * psi * ((x1 + y2) * (y1 + x2) + 2 * (ends + middles))
    let root = (first * first + second * second + mixed).squareRoot()
    return -2 * differenceOfProducts(x1, y2, psi * y1, x2) / (x1 + y2 + psi * (y1 + x2) + root)
  }
}

/// The cells of a table that has a given odds ratio and the margins of another.
struct ExpectedCounts {
  var x1: Double
  var y1: Double
  var x2: Double
  var y2: Double
  /// The events by which x₁ exceeds the number observed.
  var moved: Double
}

/// The two numbers a, b ≥ 0 with `product` = a b and `difference` = a − b.
private func pair(product: Double, difference: Double) -> (Double, Double) {
  let larger = (abs(difference) + (difference * difference + 4 * product).squareRoot()) / 2
  let smaller = larger > 0 ? product / larger : 0
  return difference >= 0 ? (larger, smaller) : (smaller, larger)
}

// MARK: Under a given difference

extension TwoByTwoTable {
  /// p₁ = p₂ + θ, where the derivative of the likelihood is 0 or at an end of what is possible.
  fileprivate func restrictedRisks(difference theta: Double) -> RestrictedRisks {
    guard theta >= 0 else {
      let risks = withGroupsExchanged.restrictedRisks(difference: -theta)
      return RestrictedRisks(p1: risks.p2, q1: risks.q2, p2: risks.p1, q2: risks.q1)
    }
    // The difference is the same for the complements with the groups exchanged, so that either p₂
    // or q₁, whichever is below (1 − θ)/2, is what is solved for.
    let (x1, y1) = (Double(treatment.events), Double(treatment.nonEvents))
    let (x2, y2) = (Double(reference.events), Double(reference.nonEvents))
    let forwards = DifferenceLikelihood(x1: x1, y1: y1, x2: x2, y2: y2, theta: theta)
    if forwards.slopeIsNegative {
      let p2 = forwards.smallRisk
      return RestrictedRisks(p1: p2 + theta, q1: 1 - theta - p2, p2: p2, q2: 1 - p2)
    }
    let backwards = DifferenceLikelihood(x1: y2, y1: x2, x2: y1, y2: x1, theta: theta)
    let q1 = backwards.smallRisk
    return RestrictedRisks(p1: 1 - q1, q1: q1, p2: 1 - theta - q1, q2: q1 + theta)
  }
}

/// The likelihood of the risks b + θ and b, θ ≥ 0, as a function of b in [0, 1 − θ].
///
/// Its logarithm x₁ log(b + θ) + y₁ log(1 − θ − b) + x₂ log b + y₂ log(1 − b) is concave.
private struct DifferenceLikelihood {
  let x1: Double
  let y1: Double
  let x2: Double
  let y2: Double
  let theta: Double

  private var end: Double { 1 - theta }

  /// Whether the maximum lies in the lower half of the range of b.
  var slopeIsNegative: Bool { slope(end / 2).value < 0 }

  /// The derivative of the logarithm, and its own derivative.
  private func slope(_ b: Double) -> (value: Double, derivative: Double) {
    let (p1, q1, q2) = (b + theta, end - b, 1 - b)
    let (first, second) = (ratio(x1, p1), ratio(y1, q1))
    let (third, fourth) = (ratio(x2, b), ratio(y2, q2))
    return (
      first - second + third - fourth,
      -ratio(first, p1) - ratio(second, q1) - ratio(third, b) - ratio(fourth, q2)
    )
  }

  /// The b of the maximum, where it lies in the lower half.
  ///
  /// The root of Miettinen and Nurminen's cubic, polished by Newton steps on the derivative, which
  /// keep its relative accuracy where it is small. (1985), Stat. Med. 4:213.
  var smallRisk: Double {
    if end == 0 { return 0 }
    if theta == 0 { return (x1 + x2) / (x1 + y1 + x2 + y2) }
    if x2 == 0, slope(0).value <= 0 { return 0 }
    var (low, high) = (0.0, end / 2)
    var b = cubicRoot
    if !(b > low && b < high) { b = high / 2 }
    // Newton's step from above may leave the bracket, which then gives its geometric middle.
    for _ in 0..<200 {
      let (value, derivative) = slope(b)
      if value > 0 { low = b } else { high = b }
      let newton = b - value / derivative
      let next = newton >= low && newton <= high ? newton : middle(low, high)
      let moved = abs(next - b)
      b = next
      if moved <= 2 * b.ulp || value == 0 { break }
    }
    return b
  }

  private func middle(_ low: Double, _ high: Double) -> Double {
    low > 0 ? (low * high).squareRoot() : high / 1024
  }

  /// The root of the cubic equation by cosines, to about 1e-15 absolutely.
  private var cubicRoot: Double {
    let (n1, n2) = (x1 + y1, x2 + y2)
    let size = n1 + n2
    let b2 = ((n1 + 2 * n2) * theta - size - x1 - x2) / (3 * size)
    let b1 = ((n2 * theta - size - 2 * x2) * theta + x1 + x2) / size
    let b0 = x2 * theta * (1 - theta) / size
    let q = b2 * b2 * b2 - b1 * b2 / 2 + b0 / 2
    let spread = max(0, b2 * b2 - b1 / 3).squareRoot()
    let u = q >= 0 ? spread : -spread
    guard u != 0 else { return -b2 }
    let cosine = min(1, max(-1, q / (u * u * u)))
    return 2 * u * cos((Double.pi + acos(cosine)) / 3) - b2
  }
}

/// `a`/`b`, with 0/0 = 0: a cell without subjects adds nothing to a likelihood.
private func ratio(_ a: Double, _ b: Double) -> Double { a == 0 ? 0 : a / b }
