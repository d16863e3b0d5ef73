public import Inference
import Incidence

/// How the risks of two groups are compared; the raw value is the spelling in a study definition.
public enum RiskContrast: String, CaseIterable, Sendable {
  case difference = "risk-difference"
  case ratio = "risk-ratio"
  case oddsRatio = "odds-ratio"
}

/// How the rates of two groups are compared; the raw value is the spelling in a study definition.
public enum RateContrast: String, CaseIterable, Sendable {
  case difference = "rate-difference"
  case ratio = "rate-ratio"
}

/// What the limits of any contrast need to know of it.
protocol Contrast {
  /// The values it can take, from end to end.
  var range: ParameterRange { get }
}

/// The values that a contrast can take.
enum ParameterRange: Hashable {
  /// A difference between `lower` and `upper`.
  case difference(lower: Double, upper: Double)
  /// A ratio: 0 to ∞.
  case ratio

  var lower: Double {
    if case .difference(let lower, _) = self { lower } else { 0 }
  }

  var upper: Double {
    if case .difference(_, let upper) = self { upper } else { .infinity }
  }

  /// `value`, or the end of the range that it lies beyond.
  func clamp(_ value: Double) -> Double { min(upper, max(lower, value)) }
}

extension RiskContrast: Contrast {
  /// The value of equal risks.
  public var nullValue: Double { self == .difference ? 0 : 1 }

  var range: ParameterRange {
    self == .difference ? .difference(lower: -1, upper: 1) : .ratio
  }
}

extension RateContrast: Contrast {
  /// The value of equal rates.
  public var nullValue: Double { self == .difference ? 0 : 1 }

  var range: ParameterRange {
    self == .difference ? .difference(lower: -.infinity, upper: .infinity) : .ratio
  }
}

extension TwoByTwoTable {
  /// The maximum-likelihood value of a contrast; ∞ for a ratio to nothing.
  ///
  /// - Throws: ``NotEstimable`` for a ratio of two zeros.
  public func estimate(of contrast: RiskContrast) throws(NotEstimable) -> Double {
    let (x1, y1) = (Double(treatment.events), Double(treatment.nonEvents))
    let (x2, y2) = (Double(reference.events), Double(reference.nonEvents))
    let (n1, n2) = (Double(treatment.total), Double(reference.total))
    switch contrast {
    case .difference:
      return differenceOfProducts(x1, n2, x2, n1) / (n1 * n2)
    case .ratio:
      guard events > 0 else { throw .noEvents }
      return (x1 / n1) / (x2 / n2)
    case .oddsRatio:
      guard !hasOneOutcomeOnly else { throw events == 0 ? .noEvents : .noNonEvents }
      return (x1 / x2) * (y2 / y1)
    }
  }
}

extension PersonTimeTable {
  /// The maximum-likelihood value of a contrast; ∞ for a ratio to nothing.
  ///
  /// - Throws: ``NotEstimable`` for a ratio of two zeros.
  public func estimate(of contrast: RateContrast) throws(NotEstimable) -> Double {
    switch contrast {
    case .difference: return treatment.rate - reference.rate
    case .ratio:
      guard events > 0 else { throw .noEvents }
      return treatment.rate / reference.rate
    }
  }
}

extension TwoByTwoTable {
  /// Whether a limit of `interval` is the estimate itself although it need not be.
  ///
  /// Wald's interval of a difference is such a point at 0 v 0.
  public func isDegenerate(_ interval: ConfidenceInterval, of contrast: RiskContrast) -> Bool {
    (try? estimate(of: contrast)).map { contrast.range.isDegenerate(interval, at: $0) } ?? false
  }
}

extension PersonTimeTable {
  /// Whether a limit of `interval` is the estimate itself although it need not be.
  public func isDegenerate(_ interval: ConfidenceInterval, of contrast: RateContrast) -> Bool {
    (try? estimate(of: contrast)).map { contrast.range.isDegenerate(interval, at: $0) } ?? false
  }
}

extension ParameterRange {
  fileprivate func isDegenerate(_ interval: ConfidenceInterval, at estimate: Double) -> Bool {
    (interval.lower == estimate && estimate > lower)
      || (interval.upper == estimate && estimate < upper)
  }
}

extension NotEstimable {
  static let noEvents = NotEstimable("no events in either group")
  static let noNonEvents = NotEstimable("every subject of both groups had the event")
}

/// `a` `b` − `c` `d`, to 2 ulp however much cancels.
///
/// Kahan's use of the fused product; Jeannerod, Louvet & Muller (2013), Math. Comput. 82:2245.
package func differenceOfProducts(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> Double {
  let product = c * d
  let error = product.addingProduct(-c, d)
  return (-product).addingProduct(a, b) + error
}
