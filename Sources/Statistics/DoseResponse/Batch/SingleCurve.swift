import Inference

/// The row of results that the engine of single fits gives.
struct SingleCurve: Sendable {
  private let request: BatchRequest
  private let layout: BatchLayout

  init(_ request: BatchRequest) {
    self.request = request
    layout = request.layout
  }

  /// The row of the curve with these points.
  func row(_ points: [DoseResponsePoint]) -> [Double] {
    guard let data = try? CurveData(points) else { return row(nil) }
    return row(try? CurveSet(request.curve, [data], bounds: request.bounds).fit())
  }

  /// The row of a fit; without one that of too few doses.
  func row(_ fit: CurveSetFit?) -> [Double] {
    var row = [Double](repeating: .nan, count: layout.columns.count)
    guard let fit else {
      row[0] = FitVerdict.tooFewDoses.code
      return row
    }
    row[0] = fit.findings(level: request.level)[0].verdict.code
    for index in fit.estimates.indices {
      row[1 + 2 * index] = fit.estimates[index]
      row[2 + 2 * index] = (try? fit.standardError(.parameter(index), .expected)) ?? .nan
    }
    for (percent, place) in zip(request.effects, layout.effectPlaces) {
      let target = SetTarget.dose(.relative(percent: percent), curve: 0)
      row[place.dose] = (try? fit.set.evaluate(target, fit.estimates).value) ?? .nan
      let interval = limits(fit, target)
      row[place.lower] = interval?.lower ?? .nan
      row[place.lower + 1] = interval?.upper ?? .nan
    }
    row[layout.sumOfSquaresPlace] = fit.fit.residualSumOfSquares
    row[layout.sumOfSquaresPlace + 1] = fit.fit.residualStandardDeviation ?? .nan
    row[layout.sumOfSquaresPlace + 2] = Double(fit.degreesOfFreedom)
    row[layout.sumOfSquaresPlace + 3] = Double(fit.fit.iterations)
    return row
  }

  private func limits(_ fit: CurveSetFit, _ target: SetTarget) -> ConfidenceInterval? {
    switch request.interval {
    case .profile: try? fit.profileInterval(target, level: request.level)
    case .wald: try? fit.waldInterval(target, information: .expected, level: request.level)
    case .waldLog: try? fit.waldLogInterval(target, information: .expected, level: request.level)
    case .bootstrap, nil: nil
    }
  }
}
