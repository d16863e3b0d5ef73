/// An estimated effect of one study on the scale on which it is pooled, with its variance there.
///
/// The scale is the logarithm for a ratio, the logit for a proportion and so on:
/// ``EffectMeasure/transformation``.
public struct EffectSize: Hashable, Sendable {
  public let value: Double
  /// Above 0 and finite.
  public let variance: Double

  public init(value: Double, variance: Double) {
    precondition(value.isFinite, "not an effect: \(value)")
    precondition(variance > 0 && variance.isFinite, "not a variance: \(variance)")
    self.value = value
    self.variance = variance
  }

  public var standardError: Double { variance.squareRoot() }
}
