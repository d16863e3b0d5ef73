import DoseResponse
import Inference
import LinearAlgebra
import TestSupport
import Testing

/// Counts by maximum likelihood, against fifty digits.
@Suite struct CountFitTests {
  @Test func fitsMatchReference() throws {
    var worst = Worst()
    var limits = Worst()
    let rows = try referenceTable("DoseResponse", "likelihoods")
    let groups = Dictionary(grouping: rows) {
      [$0["dataset"], $0["curve"], $0["model"]].joined(separator: " ")
    }
    for (key, rows) in groups {
      let response = try #require(ResponseKind(rawValue: rows[0]["response"]))
      let model = try #require(DoseResponseModel(rawValue: rows[0]["model"]))
      let curves = try published(rows[0]["dataset"], response, curve: rows[0]["curve"])
      let data = try CurveData(curves[0].points)
      let set = CurveSet(ResponseCurve(model), [data], response: response)
      guard rows[0]["statistic"] != "impossible" else {
        #expect(throws: NotEstimable.self, "\(key)") { try set.fit() }
        continue
      }
      let fit = try set.fit()
      #expect(fit.fit.converged, "\(key) \(fit.fit.termination) \(fit.fit.gradientNorm)")
      for row in rows {
        switch row["statistic"] {
        case "deviance":
          worst.check(fit.fit.residualSumOfSquares, "value", of: row, within: 1e-9)
        case "log_likelihood":
          worst.check(try fit.logLikelihood(), "value", of: row, within: 1e-12)
        default:
          let target = try target(row, set)
          let found = try set.evaluate(target, fit.estimates)
          worst.check(found.value, "value", of: row, within: 1e-9)
          for (information, column) in [
            (FitInformation.expected, "standard_error"), (.observed, "standard_error_observed"),
          ] where !row[column].isEmpty {
            let error = try fit.covariance(information).standardError(along: found.gradient)
            worst.check(error, column, of: row, within: 1e-9)
          }
          guard !row["lower"].isEmpty else { continue }
          let interval = try fit.profileInterval(target, level: .percent95)
          check(interval.lower, "lower", row, &limits)
          check(interval.upper, "upper", row, &limits)
        }
      }
    }
    worst.report("counts")
    limits.report("profile limits of counts")
  }

  private func check(
    _ limit: Double?, _ column: String, _ row: ReferenceRow, _ worst: inout Worst
  ) {
    if row[column] == "unbounded" {
      #expect(limit == .infinity || limit == -.infinity || limit == 0, "\(row.testDescription)")
    } else {
      worst.check(limit ?? .nan, column, of: row, within: 1e-10)
    }
  }

  private func target(_ row: ReferenceRow, _ set: CurveSet) throws -> SetTarget {
    guard row["statistic"] == "estimate" else {
      return .dose(.relative(percent: row.double("name")), curve: 0)
    }
    return .parameter(
      try #require(set.parameters.firstIndex { $0.parameter.rawValue == row["name"] }))
  }
}
