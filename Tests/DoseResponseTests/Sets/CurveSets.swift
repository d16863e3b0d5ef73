import DoseResponse
import Inference
import Probability
import TestSupport
import Testing

/// The set of one curve of a published or made-up data set.
func curveSet(
  _ dataset: String, _ model: DoseResponseModel = .logLogistic4,
  shared: Set<CurveParameter> = [], bounds: [CurveParameter: ClosedRange<Double>] = [:],
  moving: (DoseResponsePoint) -> DoseResponsePoint = { $0 }
) throws -> CurveSet {
  CurveSet(
    ResponseCurve(model),
    try published(dataset).map { try CurveData($0.points.map(moving)) }, shared: shared,
    bounds: bounds)
}

/// Points of doses and responses in pairs.
func points(_ pairs: [(Double, Double)]) -> [DoseResponsePoint] {
  pairs.map { DoseResponsePoint(dose: $0.0, response: $0.1) }
}

/// Simulated responses of a log-logistic curve with Gaussian errors.
func simulated(
  _ parameters: [Double], deviation: Double, doses: [Double], _ stream: inout RandomStream
) -> [DoseResponsePoint] {
  doses.map { dose in
    let mean = ResponseCurve(.logLogistic4).response(dose: dose, parameters: parameters)
    let error = deviation * Normal.standard.quantile(lowerTail: stream.uniform())
    return DoseResponsePoint(dose: dose, response: mean + error)
  }
}

extension SetTarget {
  /// Parameters and doses of one log-logistic curve.
  static let ofOneCurve: [SetTarget] =
    (0..<4).map { .parameter($0) }
    + [10, 50, 90].map { .dose(.relative(percent: $0), curve: 0) }
}
