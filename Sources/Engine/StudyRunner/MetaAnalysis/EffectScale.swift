import Inference
import MetaAnalysis

/// How effects on the scale on which they are pooled are shown.
struct EffectScale {
  private let measure: EffectMeasure
  /// What a Freeman–Tukey transformation is undone with.
  private let size: Double?
  /// What a rate is multiplied by.
  private let factor: Double

  init(_ measure: EffectMeasure, per: Double, size: Double?) {
    self.measure = measure
    self.size = size
    let isRate = measure.evidence == .oneRate || measure == .rateDifference
    factor = isRate ? per : 1
  }

  /// What a standard error is multiplied by: 1 unless effects are pooled as they are shown.
  var errorFactor: Double { measure.transformation == .identity ? factor : 1 }

  var errorFactorSquared: Double { errorFactor * errorFactor }

  /// As shown: a ratio rather than its logarithm.
  func shown(_ value: Double) -> Double {
    measure.backTransformed(value, size: size) * factor
  }

  func limits(_ interval: Result<ConfidenceInterval, NotEstimable>) -> [RowValue] {
    switch interval {
    case .success(let interval):
      [interval.lower, interval.upper].compactMap { $0 }.map { RowValue(shown($0)) }
    case .failure(let reason): [RowValue(reason), RowValue(reason)]
    }
  }

  /// The estimate with its limits as shown, then as pooled where that is another scale.
  func values(
    _ estimate: Double, _ interval: Result<ConfidenceInterval, NotEstimable>
  ) -> [RowValue] {
    [RowValue(shown(estimate))] + limits(interval)
      + (measure.transformation == .identity ? [] : [RowValue(estimate)])
  }
}
