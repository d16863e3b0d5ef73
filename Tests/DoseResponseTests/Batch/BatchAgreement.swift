import DoseResponse
import Inference
import Testing

/// How far the rows of a batch are from fits of each curve by itself.
struct BatchAgreement {
  /// The residual sums of squares: by how much the batch's is larger, relative.
  var squares = 0.0
  /// Estimates and limits: differences in standard errors.
  var estimates = 0.0
  /// Relative differences of standard errors.
  var errors = 0.0
  /// Curves whose status is another.
  var otherStatuses: [String] = []

  init(_ curves: BatchCurves, _ rows: [[Double]], _ request: BatchRequest) throws {
    for index in 0..<curves.count {
      let row = rows[index]
      guard let data = try? CurveData(curves.points(index)),
        let fit = try? CurveSet(curves.curve, [data], bounds: request.bounds).fit()
      else {
        #expect(row[0] == FitVerdict.tooFewDoses.code)
        continue
      }
      let columns = request.layout.columns
      let last = columns.count - 4
      squares = max(squares, row[last] / fit.fit.residualSumOfSquares - 1)
      let verdict = fit.findings(level: request.level)[0].verdict
      // Which other minima are near depends on where a search looks.
      if row[0] != verdict.code, verdict != .severalMinima {
        otherStatuses.append("\(index): \(row[0]) for \(verdict)")
      }
      // Of a curve that is not determined, or whose minimum is another, there is nothing to compare.
      guard verdict != .notIdentified,
        abs(row[last] / fit.fit.residualSumOfSquares - 1) < 1e-8
      else { continue }
      #expect(row[last + 2] == Double(fit.degreesOfFreedom))
      for parameter in fit.estimates.indices {
        guard let error = try? fit.standardError(.parameter(parameter), .expected) else { continue }
        let difference = row[1 + 2 * parameter] - fit.estimates[parameter]
        estimates = max(estimates, abs(difference) / error)
        errors = max(errors, abs(row[2 + 2 * parameter] / error - 1))
      }
      for percent in request.effects { compare(percent, row, fit, columns, request) }
    }
  }

  private mutating func compare(
    _ percent: Double, _ row: [Double], _ fit: CurveSetFit, _ columns: [String],
    _ request: BatchRequest
  ) {
    let target = SetTarget.dose(.relative(percent: percent), curve: 0)
    let name = "ed\(Int(percent))"
    guard let dose = try? fit.set.evaluate(target, fit.estimates).value,
      let place = columns.firstIndex(of: name), let lower = columns.firstIndex(of: "\(name)_lower"),
      let error = try? fit.standardError(target, .expected)
    else { return }
    estimates = max(estimates, abs(row[place] - dose) / error)
    let interval: ConfidenceInterval? =
      switch request.interval {
      case .wald: try? fit.waldInterval(target, information: .expected, level: request.level)
      case .waldLog:
        try? fit.waldLogInterval(target, information: .expected, level: request.level)
      case .profile: try? fit.profileInterval(target, level: request.level)
      case .bootstrap, nil: nil
      }
    for (limit, own) in zip([interval?.lower, interval?.upper], row[lower...(lower + 1)]) {
      guard let limit else {
        #expect(own.isNaN)
        continue
      }
      // A limit far out is as uncertain as it is large.
      if limit != own { estimates = max(estimates, abs(own - limit) / max(error, abs(limit))) }
    }
  }
}
