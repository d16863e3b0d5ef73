import Results
import StudyDefinition
import StudyRunner
import Testing

/// A face-centred design in A from 0 to 10 and B from −1 to 1, with three runs at the centre.
private func design(
  noise: [Double] = [0.2, -0.1, 0.1, -0.2, 0.15, -0.05, 0.1, -0.2, 0, 0.1, -0.1],
  _ height: (Double, Double) -> Double
) -> [(Double, Double, Double)] {
  let crossed: [(Double, Double)] = [0.0, 5, 10].flatMap { a in [-1.0, 0, 1].map { b in (a, b) } }
  let places = crossed + [(5, 0), (5, 0)]
  return zip(places, noise).map { ($0.0, $0.1, height($0.0, $0.1) + $1) }
}

private func study(
  _ runs: [(Double, Double, Double)], keys: String = "", more: String = ""
) -> String {
  let rows = runs.map { #"{"A": \#($0.0), "B": \#($0.1), "response": \#($0.2)}"# }
  return """
    {"theriac": 1, "id": "s", "title": "T",
     "analyses": [{"id": "i", "kind": "response-surface",
       "factors": [{"name": "A", "unit": "nM"}, {"name": "B"}],
       "response": {"name": "Yield", "unit": "%"}, "data": [\(rows.joined(separator: ", "))]\(keys)}]\(more)}
    """
}

private func peak(_ a: Double, _ b: Double) -> Double {
  50 - (a - 6) * (a - 6) / 5 - 4 * (b - 0.2) * (b - 0.2)
}

extension AnalysisResult {
  fileprivate func value(
    _ variable: String, _ level: String, _ name: String, axis: String? = nil
  ) throws -> ReportedValue {
    let group = try #require(
      groups.first {
        $0.place.variable == variable && $0.place.level == level
          && $0.place.level(of: "axis") == axis
      }, "\(variable) \(level)")
    return try #require(group.statistics.first { $0.key.name == name }, "\(name)").value
  }
}

@Suite struct ResponseSurfaceRunTests {
  @Test func rowsComeInTheirOrder() async throws {
    let found = try await result(study(design(peak)))
    #expect(found.outcome == .completed)
    #expect(
      found.groups.map { "\($0.place.variable) \($0.place.level)" } == [
        "coefficient intercept", "coefficient A", "coefficient B", "coefficient A²",
        "coefficient B²", "coefficient A × B", "fit ", "stationary_point A", "stationary_point B",
        "response stationary point", "canonical 1", "canonical 2", "direction A", "direction B",
        "direction A", "direction B", "surface ", "optimum A", "optimum B", "response optimum",
      ])
    #expect(
      found.groups.flatMap(\.statistics).allSatisfy { $0.key.measure == "response-surface" })
    #expect(found.warnings.isEmpty)
  }

  @Test func anExactPeakIsFoundWhereItIs() async throws {
    let found = try await result(study(design(noise: Array(repeating: 0, count: 11), peak)))
    func number(_ variable: String, _ level: String) throws -> Double {
      try #require(try found.value(variable, level, "estimate").stored)
    }
    #expect(abs(try number("stationary_point", "A") - 6) < 1e-10)
    #expect(abs(try number("stationary_point", "B") - 0.2) < 1e-10)
    #expect(abs(try number("optimum", "A") - 6) < 1e-10)
    #expect(abs(try number("response", "optimum") - 50) < 1e-10)
    #expect(abs(try number("coefficient", "A²") + 0.2) < 1e-12)
    // Nothing is left to tell an error.
    #expect(try found.value("fit", "", "status") == .verdict("perfect-fit"))
    #expect(
      try found.value("stationary_point", "A", "lower")
        == .notEstimable("the surface meets every response: no error"))
  }

  @Test func whatASurfaceIsIsToldAndWarnedOf() async throws {
    let maximum = try await result(study(design(peak)))
    #expect(try maximum.value("surface", "", "status") == .verdict("maximum"))
    let saddle = try await result(
      study(design { a, b in (a - 5) * (a - 5) / 2 - 5 * b * b + (a - 5) / 10 }))
    #expect(try saddle.value("surface", "", "status") == .verdict("saddle"))
    #expect(saddle.warnings.contains { $0.contains("saddle") })
    #expect(saddle.warnings.contains { $0.hasPrefix("The optimum lies at the ") })
    let ridge = try await result(study(design { a, b in 50 - (a - 6) * (a - 6) / 5 + b / 100 }))
    #expect(try ridge.value("surface", "", "status") == .verdict("ridge"))
    #expect(ridge.warnings.contains { $0.contains("ridge") })
    #expect(ridge.warnings.contains { $0.contains("unbounded") })
    let lowest = try await result(study(design { a, b in -peak(a, b) }))
    #expect(lowest.warnings.contains { $0.contains("is a minimum, the contrary") })
    let wanted = try await result(
      study(design { a, b in -peak(a, b) }, keys: #", "goal": "minimum""#))
    #expect(wanted.warnings.isEmpty)
  }

  @Test func aPointOutsideOfWhatWasTestedIsFlagged() async throws {
    let found = try await result(study(design { a, b in 50 - (a - 14) * (a - 14) / 5 - 4 * b * b }))
    let place = try #require(
      found.groups.first { $0.place.variable == "stationary_point" && $0.place.level == "A" })
    #expect(place.statistics.first?.warning == "outside the tested 0 to 10")
    #expect(found.warnings.contains { $0.contains("outside the tested range of A") })
    #expect(try found.value("optimum", "A", "estimate") == .number(10))
    #expect(
      found.warnings.contains {
        $0
          == "The optimum lies at the upper end of A: a better setting may lie beyond what was tested."
      })
  }

  @Test func directionsHaveTheirLargestPartPositive() async throws {
    let found = try await result(study(design { a, b in peak(a, b) + (a - 5) * b }))
    for axis in ["1", "2"] {
      let parts = try ["A", "B"].map {
        try #require(try found.value("direction", $0, "estimate", axis: axis).stored)
      }
      #expect(abs(parts[0] * parts[0] + parts[1] * parts[1] - 1) < 1e-12)
      #expect(try #require(parts.max { abs($0) < abs($1) }) > 0)
    }
  }

  @Test func aPlaneHasNoStationaryPoint() async throws {
    let found = try await result(
      study(design { a, b in 3 + a / 2 - b }, keys: #", "order": "linear""#))
    let variables = Set(found.groups.map(\.place.variable))
    #expect(variables == ["coefficient", "fit", "optimum", "response"])
    #expect(try found.value("optimum", "A", "estimate") == .number(10))
    #expect(try found.value("optimum", "B", "estimate") == .number(-1))
  }

  @Test func termsThatTheDesignCannotTellApartAreNamed() async throws {
    // B is A/5 − 1 in every run.
    let runs = [0.0, 2, 5, 8, 10, 0, 5, 10].enumerated().map { index, a in
      (a, a / 5 - 1, a + Double(index) / 10)
    }
    let found = try await result(study(runs))
    #expect(found.outcome == .completed)
    #expect(try found.value("fit", "", "status") == .verdict("not-identified"))
    #expect(found.warnings.contains { $0.contains("cannot tell these terms apart") })
    guard case .notEstimable(let reason) = try found.value("optimum", "A", "estimate") else {
      throw WrongKind()
    }
    #expect(reason.contains("cannot tell apart"))
    #expect(!found.series.contains { $0.name == "surface" })
  }

  @Test func equalResponsesGiveReasons() async throws {
    let found = try await result(study(design(noise: Array(repeating: 0, count: 11)) { _, _ in 4 }))
    #expect(found.outcome == .completed)
    #expect(found.warnings == ["No surface could be fitted: all responses are equal."])
    #expect(
      found.groups.flatMap(\.statistics).allSatisfy {
        $0.value == .notEstimable("all responses are equal")
      })
  }

  @Test func figuresHaveTheirGridAndTheRuns() async throws {
    let found = try await result(study(design(peak), keys: #", "simulated": true"#))
    let grid = try #require(found.series.first { $0.name == "surface" })
    #expect(grid.columns.map(\.name) == ["x_factor", "y_factor", "x", "y", "response"])
    guard case .numbers(let heights) = grid.columns[4].values else { throw WrongKind() }
    #expect(heights.count == 41 * 41)
    let runs = try #require(found.series.first { $0.name == "design" })
    #expect(runs.columns.map(\.name) == ["A", "B", "response", "fitted", "residual"])
    #expect(found.labels[Grouping("axis", "A")] == "A (nM)")
    #expect(found.labels[Grouping("axis", "response")] == "Yield (%)")
    #expect(found.notes.contains { $0.hasPrefix("Simulated data: ") })
  }

  @Test func publishedValuesFindTheirRow() async throws {
    let results = try await run(
      study(
        design(noise: Array(repeating: 0, count: 11), peak),
        more: #"""
          , "published": [
            {"analysis": "i", "where": {"coefficient": "A²"}, "statistic": "estimate", "value": "-0.20"},
            {"analysis": "i", "where": {"stationary_point": "A"}, "statistic": "estimate", "value": "6.0"},
            {"analysis": "i", "where": {"stationary_point": "A"}, "statistic": "lower", "value": "not estimable"},
            {"analysis": "i", "where": {"response": "optimum"}, "statistic": "estimate", "value": "50.0"},
            {"analysis": "i", "where": {"axis": "1", "direction": "B"}, "statistic": "estimate", "value": "0.00"}]
          """#))
    #expect(results.published.filter { $0.verdict.rawValue == "reproduced" }.count >= 4)
    #expect(results.published.allSatisfy { $0.verdict.rawValue != "not computed" })
    #expect(!results.csv.lowercased().contains("nan"))
  }
}
