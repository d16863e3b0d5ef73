import Results
import StudyRunner
import TestSupport
import Testing

@Suite struct DoseResponseRunTests {
  private func value(
    _ result: AnalysisResult, _ variable: String, _ level: String, _ measure: String,
    _ method: String = "", _ name: String, groups: [Grouping] = []
  ) throws -> ReportedValue {
    let group = try #require(
      result.groups.first {
        $0.place == RowPlace(groups: groups, variable: variable, level: level)
      }, "\(variable) \(level)")
    let key = StatisticKey(measure: measure, method: method, name: name)
    return try #require(group.statistic(key), "\(measure) \(method) \(name)").value
  }

  private func number(_ value: ReportedValue) throws -> Double {
    guard case .number(let number) = value else {
      throw Unexpected(value: value)
    }
    return number
  }

  private struct Unexpected: Error { let value: ReportedValue }

  @Test func aCurveHasItsDosesItsParametersAndItsFit() async throws {
    let result = try await result(
      curveStudy(
        try pointsText("ryegrass"),
        #""models": ["log-logistic-4"], "effects": [10, 50], "absolute": [4], "interval": ["profile", "wald"], "information": ["observed", "expected"], "flatness": 199"#
      ))
    #expect(
      result.groups.map { "\($0.place.variable) \($0.place.level)" } == [
        "effective_dose ED10", "effective_dose ED50", "effective_dose absolute 4",
        "parameter slope", "parameter lower", "parameter upper", "parameter ed50", "fit ",
      ])
    #expect(
      result.groups[0].statistics.map { "\($0.key.method) \($0.key.name)" } == [
        " estimate", " standard_error_observed", " standard_error", "profile lower",
        "profile upper", "wald lower", "wald upper",
      ])
    let model = "log-logistic-4"
    let ed50 = try number(value(result, "effective_dose", "ED50", model, "", "estimate"))
    #expect(relativeError(ed50, 3.0579551693353724) <= 1e-9)
    let error = try number(
      value(result, "effective_dose", "absolute 4", model, "", "standard_error_observed"))
    #expect(relativeError(error, 0.15718191284576851) <= 1e-9)
    let lower = try number(value(result, "parameter", "ed50", model, "profile", "lower"))
    #expect(relativeError(lower, 2.691098311934245) <= 1e-10)
    #expect(try value(result, "fit", "", model, "", "status") == .verdict("converged"))
    #expect(try value(result, "fit", "", model, "", "termination") == .verdict("orthogonal"))
    #expect(try number(value(result, "fit", "", model, "", "df")) == 20)
    #expect(try number(value(result, "fit", "", model, "", "flatness_p_value")) == 1.0 / 200)
    #expect(result.warnings.isEmpty)
    #expect(result.series.map(\.name) == ["points", "curves", "residuals"])
  }

  /// Wells that do nothing leave no effective dose.
  @Test func aFlatCurveHasNoEffectiveDose() async throws {
    let responses = [1.02, 0.98, 1.01, 0.99, 1.03, 0.97, 1.0, 1.02, 0.98, 1.01, 0.99, 1.0]
    let points = responses.enumerated().map {
      #"{"dose": \#([0, 1, 3, 10, 30, 100][$0.offset % 6]), "response": \#($0.element)}"#
    }.joined(separator: ", ")
    let result = try await result(
      curveStudy("[\(points)]", #""models": ["log-logistic-4"], "flatness": 499"#))
    #expect(try value(result, "fit", "", "log-logistic-4", "", "status") == .verdict("flat"))
    let dose = try value(result, "effective_dose", "ED50", "log-logistic-4", "", "estimate")
    #expect(dose == .notEstimable("the curve is flat"))
    #expect(result.warnings.contains { $0.hasPrefix("flat: ") })
  }

  /// Half of the way beyond the highest dose is told so, unless the number is asked for.
  @Test func dosesBeyondThoseTestedAreCensored() async throws {
    let rows = try referenceTable("DoseResponse", "made-up-data").filter {
      $0["dataset"] == "incomplete"
    }
    let points =
      "["
      + rows.map { #"{"dose": \#($0["dose"]), "response": \#($0["response"])}"# }
      .joined(separator: ", ") + "]"
    let keys = #""models": ["log-logistic-3"], "effects": [90], "flatness": 0"#
    let censored = try await result(curveStudy(points, keys))
    #expect(
      try value(censored, "effective_dose", "ED90", "log-logistic-3", "", "estimate")
        == .censored(.above, bound: 100))
    let extrapolated = try await result(curveStudy(points, keys + #", "extrapolate": true"#))
    #expect(
      try number(
        value(extrapolated, "effective_dose", "ED90", "log-logistic-3", "", "estimate")) > 100)
  }

  @Test func anEventOfProbability0IsTold() async throws {
    let result = try await result(
      curveStudy(
        try pointsText("selenium") { $0["curve"] == "1" },
        #""models": ["log-logistic-2"], "response": "binomial", "flatness": 0"#))
    let place = [Grouping("curve", "1")]
    #expect(
      try value(result, "fit", "", "log-logistic-2", "", "status", groups: place)
        == .verdict("zero-probability"))
    let dose = try value(
      result, "effective_dose", "ED50", "log-logistic-2", "", "estimate", groups: place)
    guard case .notEstimable(let reason) = dose else {
      Issue.record("\(dose)")
      return
    }
    #expect(reason.contains("probability 0") && reason.contains("dose 0"))
  }

  @Test func curvesAreComparedWithTheReference() async throws {
    let result = try await result(
      curveStudy(
        try pointsText("S.alba"),
        #""models": ["log-logistic-4"], "share": ["lower", "upper"], "flatness": 0, "compare": ["parallelism", "equal-ed50", "relative-potency"], "reference": "Bentazone", "equivalence": {"slope": [0.5, 2]}"#
      ))
    let groups = [Grouping("curve", "Glyphosate"), Grouping("reference", "Bentazone")]
    let compared = result.groups.filter { $0.place.groups == groups }
    #expect(
      compared.map { "\($0.place.variable) \($0.place.level)" } == [
        "comparison parallelism", "ratio slope", "comparison equal-ed50",
        "comparison relative-potency",
      ])
    let potency = try number(
      value(
        result, "comparison", "relative-potency", "log-logistic-4", "", "estimate",
        groups: groups))
    let doses = try ["Bentazone", "Glyphosate"].map {
      try number(
        value(
          result, "effective_dose", "ED50", "log-logistic-4", "", "estimate",
          groups: [Grouping("curve", $0)]))
    }
    #expect(relativeError(potency, doses[0] / doses[1]) <= 1e-12)
    for method in ["fieller", "profile"] {
      let limits = try ["lower", "upper"].map {
        try number(
          value(
            result, "comparison", "relative-potency", "log-logistic-4", method, $0,
            groups: groups))
      }
      #expect(limits[0] < potency && potency < limits[1])
    }
  }

  @Test func modelsAreSelectedAndAveraged() async throws {
    let keys =
      #""models": ["log-logistic-4", "log-logistic-3", "weibull-1-4"], "interval": "wald-log", "flatness": 0, "selection": "#
    let points = try pointsText("ryegrass")
    let averaged = try await result(curveStudy(points, keys + #""average""#))
    let weights = try ["log-logistic-4", "log-logistic-3", "weibull-1-4"].map {
      try number(value(averaged, "selection", $0, "average", "", "weight"))
    }
    #expect(abs(weights.reduce(0, +) - 1) <= 1e-15)
    let dose = try number(value(averaged, "effective_dose", "ED50", "average", "", "estimate"))
    #expect(dose > 3.05 && dose < 3.3)
    let tested = try await result(curveStudy(points, keys + #""f-test""#))
    #expect(
      try value(tested, "selection", "weibull-1-4", "f-test", "", "p_value")
        == .notEstimable("no larger model of its kind is listed"))
    let p = try number(value(tested, "selection", "log-logistic-3", "f-test", "", "p_value"))
    #expect(p > 0 && p < 1)
  }

  @Test func lotsArePooled() async throws {
    let shifts = [0.0, 0.2, -0.15]
    let doses = [0, 1, 3, 10, 30, 100]
    let fall = [1.0, 0.97, 0.85, 0.55, 0.24, 0.1]
    let wells = shifts.enumerated().flatMap { lot, shift in
      doses.indices.flatMap { i in
        [0.02, -0.015].map { noise in
          #"{"lot": "L\#(lot)", "dose": \#(doses[i]), "response": \#(fall[i] * (1 + shift / 3) + noise * (i % 2 == 0 ? 1 : -1))}"#
        }
      }
    }.joined(separator: ", ")
    let result = try await result(
      """
      {"theriac": 1, "id": "s", "title": "T",
       "assays": [{"id": "a", "response": {"name": "R", "unit": ""}, "dose": {"name": "D", "unit": "µM"},
         "wells": [\(wells)]}],
       "analyses": [{"id": "c", "kind": "dose-response", "assay": "a", "models": ["log-logistic-4"],
         "lots": {"by": "lot"}, "flatness": 99}]}
      """)
    let lots = result.groups.filter { $0.place.variable == "fit" }
    #expect(lots.map { $0.place.level(of: "lot") } == ["L0", "L1", "L2"])
    let estimate = try number(
      value(result, "effective_dose", "ED50", "log-logistic-4", "lots/reml", "estimate"))
    #expect(estimate > 9 && estimate < 14)
    let lower = try number(
      value(result, "effective_dose", "ED50", "log-logistic-4", "lots/reml", "prediction_lower"))
    #expect(lower < estimate)
    #expect(result.groups[0].statistics[0].unit == "µM")
    #expect(result.warnings.contains { $0.hasPrefix("3 lots say little") })
    #expect(result.series.map(\.name) == ["points", "curves", "residuals", "lots"])
  }

  /// The removed well is named with its plate and place.
  @Test func removedWellsAreListed() async throws {
    let fall = [1.0, 0.98, 0.85, 0.55, 0.24, 0.1]
    var wells: [String] = []
    for (i, dose) in [0, 1, 3, 10, 30, 100].enumerated() {
      for replicate in 0..<4 {
        let isOff = i == 4 && replicate == 2
        let response = isOff ? 0.9 : fall[i] + [0.01, -0.012, 0.006, -0.004][replicate]
        wells.append(
          #"{"plate": "P", "row": "\#(["A", "B", "C", "D"][replicate])", "column": \#(i + 1), "dose": \#(dose), "response": \#(response)}"#
        )
      }
    }
    let result = try await result(
      """
      {"theriac": 1, "id": "s", "title": "T",
       "assays": [{"id": "a", "response": {"name": "R", "unit": ""}, "dose": {"name": "D", "unit": "µM"},
         "wells": [\(wells.joined(separator: ", "))]}],
       "analyses": [{"id": "c", "kind": "dose-response", "assay": "a", "models": ["log-logistic-4"],
         "robust": "rout", "flatness": 0}]}
      """)
    #expect(
      result.warnings.contains("Left out as an outlier: plate P, well C5, dose 30, response 0.9."))
    #expect(try number(value(result, "fit", "", "log-logistic-4", "", "outliers")) == 1)
  }

  @Test func publishedValuesFindTheirRows() async throws {
    let results = try await run(
      curveStudy(
        try pointsText("ryegrass"), #""models": ["log-logistic-4"], "flatness": 0"#,
        more:
          #", "published": [{"analysis": "c", "where": {"parameter": "ed50"}, "statistic": "estimate", "value": "3.058"}, {"analysis": "c", "where": {"effective_dose": "ED50"}, "statistic": "lower", "value": "2.69"}]"#
      ))
    #expect(results.published.map(\.verdict) == [.reproduced, .reproduced])
  }

  /// Neither the seed's stream nor the order of analyses changes what another analysis gives.
  @Test func resultsFollowFromTheSeed() async throws {
    let keys =
      #""models": ["log-logistic-4"], "interval": "bootstrap", "bootstrap": 100, "flatness": 199"#
    let points = try pointsText("ryegrass")
    let first = try await run(curveStudy(points, keys)).csv
    #expect(first == (try await run(curveStudy(points, keys)).csv))
    let other = try await run(
      curveStudy(points, keys, more: #", "defaults": {"seed": 2}"#)
    ).csv
    #expect(first != other)
  }

  @Test func testsBetweenModelsThatAreNotNestedAreTold() async throws {
    let result = try await result(
      curveStudy(
        try pointsText("ryegrass"),
        #""models": ["log-logistic-4", "weibull-1-4"], "selection": "f-test", "flatness": 0"#))
    #expect(result.warnings.contains { $0.hasPrefix("No model is a special case") })
  }

  /// One potency does not hold for curves that are not parallel.
  @Test func potencyOfCurvesThatAreNotParallelIsWarnedOf() async throws {
    let keys =
      #""models": ["log-logistic-4"], "flatness": 0, "compare": ["relative-potency"], "reference": "Bentazone""#
    let points = try pointsText("S.alba")
    let warned = try await result(curveStudy(points, keys + #", "level": 0.9"#))
    #expect(warned.warnings.contains { $0.hasPrefix("Glyphosate is not parallel to Bentazone") })
    let silent = try await result(curveStudy(points, keys))
    #expect(!silent.warnings.contains { $0.contains("parallel") })
  }
}
