import Glibc
public import Inference
import Probability

/// How much studies differ beyond chance, as told by Cochran's Q.
///
/// Q = Σ (y − ŷ)²/v in the fit with τ² = 0, χ² with k − p degrees of freedom where τ² = 0.
/// Cochran (1954), Biometrics 10:101.
public struct Heterogeneity: Hashable, Sendable {
  public let q: Double
  /// k − p.
  public let degreesOfFreedom: Int
  /// The variance v of a typical study, (k − p)/tr P; `nil` without degrees of freedom.
  ///
  /// Higgins & Thompson (2002), Stat. Med. 21:1539.
  public let typicalVariance: Double?

  /// 1 without degrees of freedom.
  public var pValue: Double {
    degreesOfFreedom > 0
      ? ChiSquare(degreesOfFreedom: Double(degreesOfFreedom)).upperTail(q) : 1
  }

  /// max(0, (Q − df)/Q); `nil` without degrees of freedom.
  public var i2: Double? {
    let degrees = Double(degreesOfFreedom)
    guard degrees > 0 else { return nil }
    return q > degrees ? (q - degrees) / q : 0
  }

  /// Q/df; `nil` without degrees of freedom.
  public var h2: Double? {
    degreesOfFreedom > 0 ? q / Double(degreesOfFreedom) : nil
  }

  /// I² = τ²/(τ² + v), v the typical variance.
  public func i2(tau2: Double) -> Double? { typicalVariance.map { tau2 / (tau2 + $0) } }

  /// H² = (τ² + v)/v, v the typical variance.
  public func h2(tau2: Double) -> Double? { typicalVariance.map { tau2 / $0 + 1 } }

  /// The limits of H²: exp(2 (log H ± z SE)), H and its limits at least 1.
  ///
  /// SE = ½ (log Q − log df)/(√(2Q) − √(2df − 1)) where Q > df + 1, else √((1 − 1/(3 (df − 1)²))
  /// /(2 (df − 1))). Higgins & Thompson (2002), Stat. Med. 21:1539.
  ///
  /// - Throws: `NotEstimable` for the second form with less than two degrees of freedom.
  public func h2Interval(level: ConfidenceLevel) throws(NotEstimable) -> ConfidenceInterval {
    let degrees = Double(degreesOfFreedom)
    guard degreesOfFreedom >= 1 else {
      throw NotEstimable("one study says nothing of differences between studies")
    }
    let error: Double
    if q > degrees + 1 {
      error = log(q / degrees) / 2 / ((2 * q).squareRoot() - (2 * degrees - 1).squareRoot())
    } else {
      guard degreesOfFreedom >= 2 else {
        throw NotEstimable("two studies that hardly differ give no limits of H²")
      }
      let rest = degrees - 1
      error = ((1 - 1 / (3 * rest * rest)) / (2 * rest)).squareRoot()
    }
    let centre = max(1, q / degrees)
    let factor = exp(2 * level.normalCriticalValue(.two) * error)
    return ConfidenceInterval(
      lower: max(1, centre / factor), upper: centre * factor, level: level, sides: .two)
  }

  /// The limits of I² = (H² − 1)/H² from those of H².
  public func i2Interval(level: ConfidenceLevel) throws(NotEstimable) -> ConfidenceInterval {
    let h2 = try h2Interval(level: level)
    func share(_ limit: Double?) -> Double { limit.map { ($0 - 1) / $0 } ?? 0 }
    return ConfidenceInterval(
      lower: share(h2.lower), upper: share(h2.upper), level: level, sides: .two)
  }
}

extension NormalModel {
  public var heterogeneity: Heterogeneity {
    let forms = forms(at: 0)
    let typical = unscaled(degrees / forms.trace)
    // Rounding may leave less than 0 of equal effects, and effects far apart overflow.
    let largest = Double.greatestFiniteMagnitude
    let q = forms.q < largest ? max(0, forms.q) : largest
    return Heterogeneity(
      q: residualDegreesOfFreedom > 0 ? q : 0, degreesOfFreedom: residualDegreesOfFreedom,
      typicalVariance: residualDegreesOfFreedom > 0 && typical.isFinite ? typical : nil)
  }
}
