import DoseResponse
import Inference
import LinearAlgebra
import TestSupport
import Testing

/// Robust fits, weights by the mean and sandwich errors against fifty digits.
@Suite struct RobustReferenceTests {
  @Test func fitsMatchReference() throws {
    var worst = Worst()
    let rows = try referenceTable("DoseResponse", "robust")
    let groups = Dictionary(grouping: rows) {
      [$0["dataset"], $0["model"], $0["method"]].joined(separator: " ")
    }
    for (_, rows) in groups.sorted(by: { $0.key < $1.key }) {
      let model = try #require(DoseResponseModel(rawValue: rows[0]["model"]))
      let data = try CurveData(try published(rows[0]["dataset"])[0].points)
      let set = CurveSet(ResponseCurve(model), [data])
      let (fit, scale, theta) = try fit(set, rows[0]["method"])
      for row in rows {
        switch row["statistic"] {
        case "scale": worst.check(scale, "value", of: row, within: 1e-9)
        case "theta": worst.check(theta, "value", of: row, within: 1e-8)
        case "sigma":
          worst.check(try fit.dispersion().squareRoot(), "value", of: row, within: 1e-9)
        case "weight":
          let far = fit.response(dose: 7.5, of: 0)
          let weight = try weight(rows[0]["method"], (6.9 - far) / scale)
          // The biweight is 0 beyond its range.
          if row.double("value") == 0 {
            #expect(weight == 0)
          } else {
            worst.check(weight, "value", of: row, within: 1e-8)
          }
        default:
          let found = try set.evaluate(try target(row, set), fit.estimates)
          worst.check(found.value, "value", of: row, within: 1e-9)
          for (information, column) in [
            (FitInformation.expected, "standard_error"), (.sandwich, "standard_error_sandwich"),
          ] where !row[column].isEmpty {
            let error = try fit.covariance(information).standardError(along: found.gradient)
            worst.check(error, column, of: row, within: 1e-8)
          }
        }
      }
    }
    worst.report("robust fits, power of the mean, HC3")
  }

  private func fit(
    _ set: CurveSet, _ method: String
  ) throws -> (fit: CurveSetFit, scale: Double, theta: Double) {
    if let robust = RobustMethod(rawValue: method) {
      let found = try set.robustFit(robust)
      return (found.fit, found.scale, 0)
    }
    guard method.hasPrefix("power-of-mean") else { return (try set.fit(), 0, 0) }
    let found = try set.powerOfMeanFit(theta: Double(method.split(separator: " ")[1]))
    return (found.fit, 0, found.theta)
  }

  /// ψ(u)/u.
  private func weight(_ method: String, _ u: Double) throws -> Double {
    switch try #require(RobustMethod(rawValue: method)) {
    case .huber: return min(1, 1.345 / abs(u))
    case .tukey:
      let rest = 1 - (u / 4.685) * (u / 4.685)
      return abs(u) < 4.685 ? rest * rest : 0
    case .cauchy: return 1 / (1 + (u / 2.385) * (u / 2.385))
    case .none, .rout: return 1
    }
  }
}

/// The target of a row of `estimate`, `effective_dose` or `dose_at_response` of one curve.
func target(_ row: ReferenceRow, _ set: CurveSet) throws -> SetTarget {
  switch row["statistic"] {
  case "effective_dose": return .dose(.relative(percent: row.double("name")), curve: 0)
  case "dose_at_response":
    return .dose(.response(constant: row.double("name"), control: 0), curve: 0)
  default:
    let index = set.parameters.firstIndex { $0.parameter.rawValue == row["name"] }
    return .parameter(try #require(index))
  }
}
