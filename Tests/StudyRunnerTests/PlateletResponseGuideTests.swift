import Results
import StudyDefinition
import StudyRunner
import Testing

private func found(_ evidence: String, _ analyses: [String] = []) async throws -> AnalysisResult {
  try await guided(guideText("platelet-response", evidence, analyses: analyses))
}

private func working(
  _ concentration: Double?, _ curves: MadeCurves, keys: String = #", "effects": [50, 90]"#
) async throws -> AnalysisResult {
  let own = concentration.map { #", "workingConcentration": \#($0)"# } ?? ""
  return try await guided(
    guideText(
      "platelet-response", #""doseResponse": "d"\#(own)"#, analyses: [curveAnalysis(keys)])
  ) { curves.result(of: $0) }
}

/// An assay of three lots and its pooled analysis `d`.
private func lotStudy(_ evidence: String) -> String {
  let wells = ["A", "B", "C"].flatMap { lot in
    [(0, 10), (1, 9), (3, 6), (10, 3), (30, 1)].map { dose, response in
      #"{"lot": "\#(lot)", "dose": \#(dose), "response": \#(response)}"#
    }
  }
  return """
    {"theriac": 1, "id": "s", "title": "T",
     "assays": [{"id": "a", "response": {"name": "R", "unit": ""}, "dose": {"name": "D", "unit": "nM"},
       "wells": [\(wells.joined(separator: ", "))]}],
     "analyses": [
       {"id": "d", "kind": "dose-response", "assay": "a", "models": ["log-logistic-4"], "lots": {"by": "lot"}},
       {"id": "guide", "kind": "troubleshoot", "guide": "platelet-response", "evidence": {\(evidence)}}]}
    """
}

/// Two factors at three values each.
private let crossed: [(Double, Double)] = [0.0, 5, 10].flatMap { a in
  [-1.0, 0, 1].map { b in (a, b) }
}

private func cocktail(_ height: (Double, Double) -> Double) -> String {
  let places = crossed + [(5, 0), (5, 0)]
  let noise = [0.2, -0.1, 0.1, -0.2, 0.15, -0.05, 0.1, -0.2, 0, 0.1, -0.1]
  let rows = zip(places, noise).map {
    #"{"A": \#($0.0), "B": \#($0.1), "response": \#(height($0.0, $0.1) + $1)}"#
  }
  return
    #"{"id": "r", "kind": "response-surface", "factors": [{"name": "A"}, {"name": "B"}], "data": [\#(rows.joined(separator: ", "))]}"#
}

@Suite struct PlateletResponseGuideTests {
  @Test func withoutEvidenceEveryStepSaysWhatToMeasure() async throws {
    let result = try await found("")
    #expect(
      result.groups.map { $0.place.level(of: "step") } == [
        "Dose-response curve", "Serum lot variation", "Cytokine cocktail", "Viability check",
        "Mycoplasma testing",
      ])
    #expect(result.groups.allSatisfy { $0.statistics.map(\.status) == ["no-data"] })
  }

  @Test(arguments: [
    (1.0, "supported"), (3.5, "inconclusive"), (9.0, "not-supported"), (9.3, "not-supported"),
  ])
  func theWorkingConcentrationStandsBesideTheLargestEffect(
    concentration: Double, verdict: String
  ) async throws {
    var curves = MadeCurves()
    curves.fit("converged", flatness: .number(0.001))
    curves.estimate("ED50", [.number(0.8), .number(0.6), .number(1)])
    curves.estimate("ED90", [.number(5), .number(3.4), .number(9)])
    let result = try await working(concentration, curves)
    #expect(try result.verdict("Dose-response curve") == verdict)
    #expect(try result.place("Dose-response curve").statistics[1].value == .number(3.4))
  }

  @Test func dosesBeyondThoseTestedDecideByTheirBounds() async throws {
    for (value, concentration, verdict) in [
      (ReportedValue.censored(.above, bound: 30), 10.0, "supported"),
      (.censored(.above, bound: 30), 40, "inconclusive"),
      (.censored(.below, bound: 1), 2, "not-supported"),
      (.censored(.below, bound: 1), 0.5, "inconclusive"),
      (.notEstimable("no limit"), 2, "inconclusive"),
    ] {
      var curves = MadeCurves()
      curves.fit("extrapolated", flatness: .number(0.001))
      curves.estimate("ED90", [value, value, value])
      let result = try await working(concentration, curves)
      #expect(try result.verdict("Dose-response curve") == verdict)
    }
  }

  @Test func noConcentrationLeavesItOpenAndAFlatCurveDoesNot() async throws {
    var curves = MadeCurves()
    curves.fit("converged", flatness: .number(0.001))
    curves.estimate("ED90", [.number(5), .number(3.4), .number(9)])
    #expect(try await working(nil, curves).verdict("Dose-response curve") == "inconclusive")
    var flat = MadeCurves()
    flat.fit("flat", flatness: .number(0.7))
    #expect(try await working(1, flat).verdict("Dose-response curve") == "not-supported")
  }

  @Test func beyondThePeakTheConcentrationIsTooHigh() async throws {
    let doses: [Double?] = [0, 1, 3, 10, 30, 100]
    for (concentration, verdict) in [(10.0, "not-supported"), (30, "supported")] {
      var curves = MadeCurves()
      curves.fit("converged", flatness: .number(0.001))
      curves.estimate("ED90", [.number(5), .number(3.4), .number(9)])
      curves.series = [
        Series(
          "curves",
          [
            Series.Column("model", .texts(doses.map { _ in "log-logistic-4" })),
            Series.Column("curve", .texts(doses.map { _ in "" })),
            Series.Column("dose", .numbers(doses)),
            Series.Column("response", .numbers([10, 20, 50, 49, 30, 12])),
          ])
      ]
      let result = try await working(concentration, curves)
      #expect(try result.verdict("Dose-response curve") == verdict)
    }
  }

  @Test(arguments: [
    (0.2, 0.4, "not-supported"), (0.01, 0.4, "supported"), (0.4, 0.001, "supported"),
    (0.04, 0.4, "not-supported"),
  ])
  func lotsDifferWhereTheirTestsSaySo(
    ofDose: Double, ofCurve: Double, verdict: String
  ) async throws {
    func pooled(_ p: Double) -> [Statistic] {
      [
        ("estimate", 5), ("between_lot_cv", 0.2), ("prediction_lower", 2), ("prediction_upper", 9),
        ("q_p_value", p),
      ].map { MadeCurves.number($0.0, .number($0.1), method: "lots/reml") }
    }
    var curves = MadeCurves()
    curves.rows = [([], "effective_dose", "ED50", pooled(ofDose))]
    curves.rows += ["slope", "lower", "upper", "ed50"].map {
      ([], "parameter", $0, pooled(ofCurve))
    }
    let made = curves
    let result = try await guided(lotStudy(#""lots": "d""#)) { made.result(of: $0) }
    #expect(try result.verdict("Serum lot variation") == verdict)
    #expect(
      try result.place("Serum lot variation", "ED50").statistics.map(\.value)
        == [5, 0.2, 2, 9, ofDose].map { .number($0) })
    #expect(
      try result.place("Serum lot variation", "whole curve").statistics.map(\.value)
        == [.number(ofCurve)])
    #expect(
      try result.text("evidence", of: "Serum lot variation").contains("a new lot from 2 to 9 nM"))
  }

  @Test func lotsWithoutATestLeaveItOpen() async throws {
    let result = try await guided(lotStudy(#""lots": "d""#)) { MadeCurves().result(of: $0) }
    #expect(try result.verdict("Serum lot variation") == "inconclusive")
  }

  @Test func aBetterCocktailIsExpectedOnlyBeyondTheBestRun() async throws {
    func verdict(_ height: (Double, Double) -> Double) async throws -> String {
      try await found(#""cocktail": "r""#, [cocktail(height)]).verdict("Cytokine cocktail")
    }
    // The peak is between the runs, and high above them.
    #expect(
      try await verdict { a, b in 50 - (a - 7.5) * (a - 7.5) * 2 - 40 * (b - 0.5) * (b - 0.5) }
        == "supported")
    #expect(try await verdict { a, b in 50 - (a - 5) * (a - 5) / 5 - 4 * b * b } == "not-supported")
    // It rises to an end of what was tested.
    #expect(
      try await verdict { a, b in 50 - (a - 14) * (a - 14) / 5 - 4 * b * b } == "inconclusive")
  }

  @Test func aSurfaceWithoutErrorLeavesItOpen() async throws {
    let rows = crossed.map { a, b in
      #"{"A": \#(a), "B": \#(b), "response": \#(40 - (a - 5) * (a - 5) - b * b)}"#
    }
    let result = try await found(
      #""cocktail": "r""#,
      [
        #"{"id": "r", "kind": "response-surface", "factors": [{"name": "A"}, {"name": "B"}], "data": [\#(rows.joined(separator: ", "))]}"#
      ])
    #expect(try result.verdict("Cytokine cocktail") == "inconclusive")
    #expect(
      try result.place("Cytokine cocktail").statistics.last?.warning?.contains("no error") == true)
  }

  @Test func viabilityIsHeldToItsMinimumInEveryCulture() async throws {
    func verdict(_ cultures: [(Int, Int)]) async throws -> String {
      let list = cultures.enumerated().map {
        #"{"label": "c\#($0)", "alive": \#($1.0), "total": \#($1.1)}"#
      }
      return try await found(
        #""viability": [\#(list.joined(separator: ", "))], "minimumViability": 0.8"#
      ).verdict("Viability check")
    }
    #expect(try await verdict([(190, 200), (185, 200)]) == "not-supported")
    #expect(try await verdict([(190, 200), (120, 200)]) == "supported")
    #expect(try await verdict([(190, 200), (165, 200)]) == "inconclusive")
    #expect(try await verdict([(9, 10)]) == "inconclusive")
    #expect(try await verdict([(0, 10)]) == "supported")
    // Each too few to tell, but not all together.
    #expect(try await verdict(Array(repeating: (7, 10), count: 20)) == "supported")
  }

  @Test func cellsAliveHaveClopperAndPearsonsLimits() async throws {
    let result = try await found(#""viability": [{"label": "c", "alive": 142, "total": 200}]"#)
    let rows = try result.place("Viability check").statistics
    #expect(rows.map(\.key.name) == ["estimate", "lower", "upper", "status"])
    #expect(rows[0].value == .number(0.71) && rows[0].key.method == "clopper-pearson")
    // The p at which 142 or more, and 142 or fewer, of 200 have probability 0.025.
    #expect(abs(try #require(rows[1].value.stored) - 0.6418) < 5e-5)
    #expect(abs(try #require(rows[2].value.stored) - 0.7718) < 5e-5)
    #expect(result.methods.map(\.name) == ["clopper-pearson"])
  }

  @Test func onePositiveTestIsEnough() async throws {
    func result(_ positive: [Bool]) async throws -> AnalysisResult {
      let list = positive.enumerated().map { #"{"label": "t\#($0)", "positive": \#($1)}"# }
      return try await found(#""mycoplasma": [\#(list.joined(separator: ", "))]"#)
    }
    #expect(try await result([false, false]).verdict("Mycoplasma testing") == "not-supported")
    let positive = try await result([false, true])
    #expect(try positive.verdict("Mycoplasma testing") == "supported")
    #expect(try positive.text("evidence", of: "Mycoplasma testing") == "1 of 2 tests positive: t1.")
  }

  @Test func simulatedEvidenceIsCalledSo() async throws {
    let simulated = cocktail { a, b in 50 - a - b }.replacing(
      #""factors""#, with: #""simulated": true, "factors""#)
    let result = try await found(#""cocktail": "r""#, [simulated])
    #expect(result.notes.contains { $0.hasPrefix("Simulated data: ") })
    #expect(try await found("").notes.allSatisfy { !$0.contains("Simulated") })
  }
}
