import DoseResponse
import Inference
import LinearAlgebra
import TestSupport
import Testing

/// Fits of published bioassays at forty digits, with both standard errors.
@Suite struct PublishedFitTests {
  @Test func fitsMatchReference() throws {
    var worst = Worst()
    let rows = try referenceTable("DoseResponse", "information")
    for (key, rows) in Dictionary(grouping: rows, by: { "\($0["dataset"]) \($0["model"])" }) {
      let response = try #require(ResponseKind(rawValue: rows[0]["response"]))
      let (set, names) = try set(rows[0], response)
      let fit = try set.fit()
      #expect(fit.fit.converged, "\(key)")
      let expected = try fit.covariance(.expected)
      let observed = try fit.covariance(.observed)
      for row in rows {
        switch row["statistic"] {
        case "rss": worst.check(fit.fit.residualSumOfSquares, "value", of: row, within: 1e-9)
        case "variance": worst.check(try fit.dispersion(), "value", of: row, within: 1e-9)
        case "profile_lower", "profile_upper":
          let limits = try fit.profileInterval(.parameter(3), level: .percent95)
          let limit = row["statistic"] == "profile_lower" ? limits.lower : limits.upper
          worst.check(limit ?? 0, "value", of: row, within: 1e-10)
        default:
          let found = try set.evaluate(try target(row, set, names), fit.estimates)
          worst.check(found.value, "value", of: row, within: 1e-9)
          guard !row["standard_error"].isEmpty else { continue }
          worst.check(
            expected.standardError(along: found.gradient), "standard_error", of: row, within: 1e-9)
          worst.check(
            observed.standardError(along: found.gradient), "standard_error_observed", of: row,
            within: 1e-9)
        }
      }
    }
    worst.report("published fits, both standard errors")
  }

  private func set(
    _ row: ReferenceRow, _ response: ResponseKind
  ) throws -> (CurveSet, names: [String]) {
    var curves = try published(row["dataset"], response)
    switch row["dataset"] {
    case "methionine":
      // What was fed without methionine belongs to both, and is counted once.
      let control = try #require(curves.first { $0.points.allSatisfy { $0.dose == 0 } })
      curves.removeAll { $0.curve == control.curve }
      curves[0].points += control.points
    case "selenium":
      // Deaths without selenium have probability 0.
      curves = curves.map { ($0.curve, $0.points.filter { $0.dose > 0 }) }
    default: break
    }
    let shared: Set<CurveParameter> =
      row["dataset"] == "S.alba"
      ? [.lower, .upper] : row["dataset"] == "methionine" ? [.lower] : []
    let model = try #require(DoseResponseModel(rawValue: row["model"]))
    return (
      CurveSet(
        ResponseCurve(model), try curves.map { try CurveData($0.points) }, response: response,
        shared: shared),
      curves.map(\.curve)
    )
  }

  private func target(
    _ row: ReferenceRow, _ set: CurveSet, _ names: [String]
  ) throws -> SetTarget {
    let named = row["curve"].split(separator: "/").map(String.init)
    let places = try named.map { try #require(names.firstIndex(of: $0)) }
    let curve = places.first ?? 0
    switch row["statistic"] {
    case "estimate":
      let index = set.parameters.firstIndex {
        $0.parameter.rawValue == row["name"] && ($0.curve ?? curve) == curve
      }
      return .parameter(try #require(index))
    case "effective_dose":
      return .dose(.relative(percent: row.double("name")), curve: curve)
    case "ed50_ratio": return .potency(curve: places[1], reference: places[0])
    default:
      return .dose(.response(constant: row.double("name"), control: 0), curve: curve)
    }
  }
}
