import DoseResponse
import Glibc
import Inference
import TestSupport
import Testing

/// Parallelism, potency, AICc and averages against fifty digits.
@Suite struct ComparisonReferenceTests {
  private let rows: [ReferenceRow]

  init() throws { rows = try referenceTable("DoseResponse", "comparisons") }

  @Test(arguments: [
    ("S.alba", DoseResponseModel.logLogistic4), ("vinclozolin", .logLogistic3),
  ])
  func comparisonsMatchReference(dataset: String, model: DoseResponseModel) throws {
    var worst = Worst()
    let rows = rows.filter { $0["dataset"] == dataset }
    let curves = try [rows[0]["reference"], rows[0]["curve"]].map {
      try CurveData(try published(dataset, curve: $0)[0].points)
    }
    let set = CurveSet(ResponseCurve(model), curves)
    let separate = try set.fit()
    let parallelism = try set.parallelism(of: 1, and: 0)
    let equal = try set.equalED50(of: 1, and: 0)
    let others = Set(set.curve.parameters.filter { $0 != .ed50 })
    let parallel = try set.pair(1, 0, sharing: others).fit()
    let potency = SetTarget.potency(curve: 1, reference: 0)
    let ed50 = [0, 1].map { SetTarget.dose(.relative(percent: 50), curve: $0) }
    let fieller = try parallel.fiellerInterval(ed50[0], over: ed50[1], level: .percent95)
    let profile = try parallel.profileInterval(potency, level: .percent95)
    for row in rows {
      func check(_ value: Double?, within tolerance: Double = 1e-10) {
        worst.check(value ?? .nan, "value", of: row, within: tolerance)
      }
      let place = set.parameters.firstIndex {
        $0.parameter.rawValue == row["name"] && $0.curve == 1
      }
      switch (row["statistic"], row["name"]) {
      case ("separate", "rss"): check(separate.fit.residualSumOfSquares)
      case ("separate", _): check(Double(separate.degreesOfFreedom))
      case ("ratio", _):
        let index = try #require(place)
        check(separate.estimates[index] / separate.estimates[index - 1])
      case ("ratio_standard_error", _):
        let index = try #require(place)
        let (a, b) = (separate.estimates[index], separate.estimates[index - 1])
        var gradient = [Double](repeating: 0, count: separate.estimates.count)
        (gradient[index], gradient[index - 1]) = (1 / b, -a / (b * b))
        check(try separate.covariance(.expected).standardError(along: gradient), within: 1e-9)
      case ("parallelism", "rss"): check(parallel.fit.residualSumOfSquares)
      case ("parallelism", let name): check(value(name, of: parallelism))
      case ("parallel_estimate", let name):
        let parts = name.split(separator: " ").map(String.init)
        let curve = parts.count == 1 ? nil : parts[1] == rows[0]["reference"] ? 0 : 1
        let index = parallel.set.parameters.firstIndex {
          $0.parameter.rawValue == parts[0] && $0.curve == curve
        }
        check(parallel.estimates[try #require(index)])
      case ("equal-ed50", "rss"):
        let shared = try set.pair(1, 0, sharing: [.ed50]).fit()
        check(shared.fit.residualSumOfSquares, within: dataset == "S.alba" ? 1e-4 : 1e-10)
      case ("equal-ed50", let name):
        // The infimum is a step; the steepest curve of the search misses it by 5.5e-5, p by 1.7e-3.
        check(value(name, of: equal), within: dataset == "S.alba" ? 2e-3 : 1e-10)
      case (_, "estimate"): check(try parallel.set.evaluate(potency, parallel.estimates).value)
      case (_, "standard_error"):
        let gradient = try parallel.set.evaluate(potency, parallel.estimates).gradient
        check(try parallel.covariance(.expected).standardError(along: gradient), within: 1e-9)
      case (_, "fieller lower"): check(fieller.lower, within: 1e-9)
      case (_, "fieller upper"): check(fieller.upper, within: 1e-9)
      case (_, "profile lower"): check(profile.lower)
      case (_, "profile upper"): check(profile.upper)
      default: Issue.record("what is \(row.testDescription)?")
      }
    }
    worst.report("comparisons of \(dataset)")
  }

  private func value(_ name: String, of test: FTest) -> Double? {
    switch name {
    case "statistic": test.statistic
    case "df": test.degreesOfFreedom
    case "df2": test.denominator
    default: test.pValue
    }
  }

  @Test func criteriaAndAveragesMatchReference() throws {
    var worst = Worst()
    let rows = rows.filter { $0["dataset"] == "ryegrass" }
    let models = rows.filter { $0["statistic"] == "aicc" }.compactMap {
      DoseResponseModel(rawValue: $0["model"])
    }
    let data = try CurveData(try published("ryegrass")[0].points)
    let fits = try models.map { try CurveSet(ResponseCurve($0), [data]).fit() }
    let average = ModelAverage(criteria: try fits.map { try $0.aicc() })
    for row in rows {
      if let place = models.firstIndex(where: { $0.rawValue == row["model"] }) {
        let value =
          switch row["statistic"] {
          case "log_likelihood": try fits[place].logLikelihood()
          case "aicc": try fits[place].aicc()
          default: average.weights[place]
          }
        worst.check(value, "value", of: row, within: 1e-12)
      } else {
        let found = try fits.map { fit in
          let dose = try fit.set.evaluate(
            .dose(.relative(percent: row.double("name")), curve: 0), fit.estimates)
          let error = try fit.covariance(.expected).standardError(along: dose.gradient)
          return (dose: dose.value, error: error)
        }
        let logs = average.average(
          found.map { log($0.dose) }, standardErrors: found.map { $0.error / $0.dose })
        let value =
          switch row["statistic"] {
          case "average_log_estimate": logs.mean
          case "average_log_standard_error": logs.standardError
          default: exp(logs.mean)
          }
        worst.check(value, "value", of: row, within: 1e-9)
      }
    }
    worst.report("AICc, weights and averages")
  }
}
