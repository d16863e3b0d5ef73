import Glibc
import Incidence
import Inference

/// A centre with its standard error, on the scale where limits lie z errors from it.
package struct WaldContrast {
  package let centre: Double
  package let standardError: Double
  /// What is added on both sides to allow for counts being whole.
  var correction = 0.0
  /// Whether the scale is the logarithm of the contrast.
  var isLog = false

  /// The centre as a value of the contrast.
  var estimate: Double { isLog ? exp(centre) : centre }

  func limits(_ z: Double) -> Limits {
    let half = z * standardError + correction
    let (lower, upper) = (centre - half, centre + half)
    return isLog ? Limits(exp(lower), exp(upper)) : Limits(lower, upper)
  }

  /// The number of standard errors from `null` to the centre, less the correction of that `side`.
  func statistic(null: Double, _ side: Sides) -> Double {
    let distance = centre - (isLog ? log(null) : null)
    let corrected = side == .upper ? distance + correction : distance - correction
    return corrected == 0 ? 0 : corrected / standardError
  }
}

extension TwoByTwoTable {
  /// p̂₁ − p̂₂ with variance Σ p̂q̂/n, and ½(1/n₁ + 1/n₂) as its correction.
  func waldDifference(corrected: Bool) -> WaldContrast {
    let (n1, n2) = (Double(treatment.total), Double(reference.total))
    let variance = treatment.variance(dividedBy: n1) + reference.variance(dividedBy: n2)
    return WaldContrast(
      centre: startingValue(.difference), standardError: variance.squareRoot(),
      correction: corrected ? (1 / n1 + 1 / n2) / 2 : 0)
  }

  /// The variance of each risk over n − 1, and 1/(2 min n) as the correction.
  ///
  /// - Throws: ``NotEstimable`` where a group is a single subject.
  func hauckAnderson() throws(NotEstimable) -> WaldContrast {
    let (n1, n2) = (Double(treatment.total), Double(reference.total))
    guard min(n1, n2) > 1 else { throw NotEstimable("a group of one subject") }
    let variance = treatment.variance(dividedBy: n1 - 1) + reference.variance(dividedBy: n2 - 1)
    return WaldContrast(
      centre: startingValue(.difference), standardError: variance.squareRoot(),
      correction: 1 / (2 * min(n1, n2)))
  }

  /// The Wald difference after one event and one subject without it were added to each group.
  func agrestiCaffo() -> WaldContrast {
    let (x1, n1) = (Double(treatment.events) + 1, Double(treatment.total) + 2)
    let (x2, n2) = (Double(reference.events) + 1, Double(reference.total) + 2)
    let variance = x1 * (n1 - x1) / (n1 * n1 * n1) + x2 * (n2 - x2) / (n2 * n2 * n2)
    return WaldContrast(
      centre: differenceOfProducts(x1, n2, x2, n1) / (n1 * n2),
      standardError: variance.squareRoot())
  }

  /// log((x₁ + a)/(n₁ + a)) − log((x₂ + a)/(n₂ + a)) with variance Σ 1/(x + a) − 1/(n + a).
  ///
  /// - Throws: ``NotEstimable`` where nothing is added and a group has no event.
  func logRiskRatio(adding a: Double) throws(NotEstimable) -> WaldContrast {
    let (x1, x2) = (Double(treatment.events) + a, Double(reference.events) + a)
    guard min(x1, x2) > 0 else { throw .zeroCell }
    let (n1, n2) = (Double(treatment.total) + a, Double(reference.total) + a)
    let variance =
      Double(treatment.nonEvents) / (x1 * n1) + Double(reference.nonEvents) / (x2 * n2)
    return WaldContrast(
      centre: log((x1 / n1) / (x2 / n2)), standardError: variance.squareRoot(), isLog: true)
  }

  /// The logarithm of the odds ratio with `a` added to each cell, and variance Σ 1/(cell + a).
  ///
  /// - Throws: ``NotEstimable`` where nothing is added and a cell is 0.
  func logOddsRatio(adding a: Double) throws(NotEstimable) -> WaldContrast {
    let (x1, y1) = (Double(treatment.events) + a, Double(treatment.nonEvents) + a)
    let (x2, y2) = (Double(reference.events) + a, Double(reference.nonEvents) + a)
    guard min(x1, y1, x2, y2) > 0 else { throw .zeroCell }
    let variance = 1 / x1 + 1 / y1 + 1 / x2 + 1 / y2
    return WaldContrast(
      centre: log((x1 / x2) * (y2 / y1)), standardError: variance.squareRoot(), isLog: true)
  }
}

extension PersonTimeTable {
  /// x₁/T₁ − x₂/T₂ with variance x₁/T₁² + x₂/T₂².
  func waldDifference() -> WaldContrast {
    let variance =
      treatment.rate / treatment.personYears + reference.rate / reference.personYears
    return WaldContrast(
      centre: startingValue(.difference), standardError: variance.squareRoot())
  }

  /// log(x₁/T₁) − log(x₂/T₂) with variance 1/x₁ + 1/x₂.
  ///
  /// - Throws: ``NotEstimable`` where a group has no event.
  func logRateRatio() throws(NotEstimable) -> WaldContrast {
    let (x1, x2) = (Double(treatment.events), Double(reference.events))
    guard min(x1, x2) > 0 else { throw .zeroCell }
    return WaldContrast(
      centre: log(startingValue(.ratio)), standardError: (1 / x1 + 1 / x2).squareRoot(),
      isLog: true)
  }
}

extension BinomialCount {
  /// p̂ (1 − p̂) / `size`.
  func variance(dividedBy size: Double) -> Double {
    proportion * (Double(nonEvents) / Double(total)) / size
  }
}

extension NotEstimable {
  static let zeroCell = NotEstimable("the table has a zero")
}
