import Results
import StudyDefinition
import StudyRunner
import Testing

private func trend(_ events: [Int], of size: Int = 10) -> String {
  let groups = zip([0, 10, 30, 100], events).map {
    #"{"label": "\#($0) mg", "score": \#($0), "events": \#($1), "subjects": \#(size)}"#
  }
  return
    #"{"id": "t", "kind": "trend", "methods": ["cochran-armitage-exact"], "groups": [\#(groups.joined(separator: ", "))]}"#
}

private func grades(_ control: [Int], _ treated: [Int], _ method: String) -> String {
  #"{"id": "o", "kind": "ordinal", "categories": ["0", "1", "2"], "methods": ["\#(method)"], "groups": [{"label": "control", "counts": \#(control)}, {"label": "treated", "counts": \#(treated)}]}"#
}

private func table(
  _ treatment: (Int, Int), _ reference: (Int, Int), _ keys: String
) -> String {
  #"{"id": "c", "kind": "comparison", "table": {"treatment": {"events": \#(treatment.0), "subjects": \#(treatment.1)}, "reference": {"events": \#(reference.0), "subjects": \#(reference.1)}}, \#(keys)}"#
}

private func found(_ evidence: String, _ analyses: [String] = []) async throws -> AnalysisResult {
  try await guided(guideText("liver-enzymes", evidence, analyses: analyses))
}

private func inVitro(
  _ curves: MadeCurves, keys: String = "", exposure: String = #", "exposure": {"concentration": 1}"#
) async throws -> AnalysisResult {
  try await guided(
    guideText(
      "liver-enzymes", #""inVitro": "d"\#(exposure)"#, analyses: [curveAnalysis(keys)])
  ) { curves.result(of: $0) }
}

@Suite struct LiverEnzymeGuideTests {
  @Test func withoutEvidenceEveryStepSaysWhatToMeasure() async throws {
    let result = try await found("")
    #expect(result.outcome == .completed)
    #expect(
      result.groups.map(\.place.groups) == [
        [Grouping("cause", "Direct hepatotoxicity"), Grouping("step", "Dose reduction")],
        [Grouping("cause", "Direct hepatotoxicity"), Grouping("step", "In vitro assessment")],
        [
          Grouping("cause", "Metabolite-induced toxicity"),
          Grouping("step", "Metabolite profiling"),
        ],
        [
          Grouping("cause", "Metabolite-induced toxicity"),
          Grouping("step", "Human and animal metabolism"),
        ],
        [Grouping("cause", "Idiosyncratic reaction"), Grouping("step", "Genetic screening")],
        [
          Grouping("cause", "Idiosyncratic reaction"),
          Grouping("step", "Immune system involvement"),
        ],
      ])
    for group in result.groups {
      #expect(group.place.variable == "evidence" && group.place.level.isEmpty)
      #expect(group.statistics.map(\.status) == ["no-data"])
    }
    #expect(try result.text("next", of: "In vitro assessment").contains("hepatocytes"))
    #expect(try result.text("evidence", of: "In vitro assessment").isEmpty)
  }

  @Test(arguments: [
    ([0, 1, 4, 9], "supported"), ([2, 2, 2, 2], "not-supported"), ([9, 4, 1, 0], "not-supported"),
  ])
  func aRisingTrendSpeaksForDirectToxicity(events: [Int], verdict: String) async throws {
    let result = try await found(#""doseDependence": "t""#, [trend(events)])
    #expect(try result.verdict("Dose reduction") == verdict)
    let own = try await run(studyText(analyses: "[\(trend(events))]"))
    let p = try #require(
      own.analyses[0].groups.last?.statistics.first { $0.key.name == "p_value" }?.value)
    let row = try result.place("Dose reduction").statistics[0]
    #expect(row.value == p && row.key.method == "cochran-armitage-exact")
  }

  @Test(arguments: ["jonckheere-terpstra-exact", "wilcoxon-exact", "win-odds"])
  func risingGradesSpeakForDirectToxicity(method: String) async throws {
    let evidence = #""doseDependence": "o", "immune": "o""#
    for (control, treated, verdict) in [
      ([9, 1, 0], [1, 3, 8], "supported"), ([8, 3, 1], [1, 9, 9], "supported"),
      ([5, 5, 2], [5, 4, 3], "not-supported"), ([1, 3, 8], [9, 1, 0], "not-supported"),
    ] {
      let result = try await found(evidence, [grades(control, treated, method)])
      #expect(try result.verdict("Dose reduction") == verdict)
      #expect(try result.verdict("Immune system involvement") == verdict)
    }
  }

  @Test(arguments: [
    ("converged", 0.001, "supported"), ("flat", 0.4, "not-supported"),
    ("converged", 0.2, "not-supported"),
  ])
  func aCurveThatIsNotFlatSpeaksForDirectToxicity(
    status: String, p: Double, verdict: String
  ) async throws {
    var curves = MadeCurves()
    curves.fit(status, flatness: .number(p))
    let made = curves
    let result = try await guided(
      guideText("liver-enzymes", #""doseDependence": "d""#, analyses: [curveAnalysis()])
    ) { made.result(of: $0) }
    #expect(try result.verdict("Dose reduction") == verdict)
  }

  @Test(arguments: [
    // Estimate, lower and upper limit, with an exposure of 1 and a limit of 10.
    ([8.0, 6, 11], "supported"), ([30.0, 20, 40], "not-supported"),
    ([12.0, 9, 15], "inconclusive"),
    ([10.0, 10, 11], "not-supported"),
  ])
  func theMarginDecidesOnToxicityToCells(values: [Double], verdict: String) async throws {
    var curves = MadeCurves()
    curves.fit("converged", flatness: .number(0.001))
    curves.estimate("ED50", values.map { .number($0) })
    let result = try await inVitro(
      curves, exposure: #", "exposure": {"concentration": 2}, "margin": 5"#)
    #expect(try result.verdict("In vitro assessment") == verdict)
    let place = try result.place("In vitro assessment")
    #expect(
      place.statistics.map(\.key.name)
        == ["estimate", "lower", "upper", "margin", "margin_lower", "margin_upper", "status"])
    #expect(place.statistics[4].value == .number(values[1] / 2))
  }

  @Test func dosesBeyondThoseTestedDecideByTheirBounds() async throws {
    for (value, verdict) in [
      (ReportedValue.censored(.above, bound: 30), "not-supported"),
      (.censored(.above, bound: 4), "inconclusive"),
      (.censored(.below, bound: 4), "supported"), (.censored(.below, bound: 30), "inconclusive"),
      (.notEstimable("nothing was found"), "inconclusive"),
    ] {
      var curves = MadeCurves()
      curves.fit("extrapolated", flatness: .number(0.001))
      curves.estimate("ED50", [value, value, value])
      let result = try await inVitro(curves)
      #expect(try result.verdict("In vitro assessment") == verdict)
    }
  }

  @Test func aFlatCurveHarmsNoCells() async throws {
    var curves = MadeCurves()
    curves.fit("flat", flatness: .number(0.6))
    let flat = ReportedValue.notEstimable("the curve is flat")
    curves.estimate("ED50", [flat, flat, flat])
    let result = try await inVitro(curves)
    #expect(try result.verdict("In vitro assessment") == "not-supported")
    #expect(try result.text("evidence", of: "In vitro assessment").contains("p = 0.6"))
  }

  @Test func withoutAnExposureThereIsNoMargin() async throws {
    var curves = MadeCurves()
    curves.fit("converged", flatness: .number(0.001))
    curves.estimate("ED50", [.number(8), .number(6), .number(11)])
    let result = try await inVitro(curves, exposure: "")
    #expect(try result.verdict("In vitro assessment") == "inconclusive")
    #expect(
      try result.place("In vitro assessment").statistics.map(\.key.name)
        == ["estimate", "lower", "upper", "status"])
  }

  @Test func halfOfTheControlIsReadBeforeTheED50() async throws {
    var curves = MadeCurves()
    curves.fit("converged", flatness: .number(0.001))
    curves.estimate("ED50", [.number(8), .number(6), .number(11)])
    curves.estimate("absolute 50 % of control", [.number(80), .number(60), .number(110)])
    let keys = #", "absolute": [{"percentOfControl": 50}]"#
    let result = try await inVitro(curves, keys: keys)
    #expect(try result.verdict("In vitro assessment") == "not-supported")
    #expect(try result.place("In vitro assessment").statistics[0].value == .number(80))
  }

  @Test func aCurveThatStaysAboveHalfOfTheControlIsKnownUpToItsEnd() async throws {
    for (top, verdict) in [(30.0, "not-supported"), (3.0, "inconclusive")] {
      var curves = MadeCurves()
      curves.fit("converged", flatness: .number(0.001))
      let none = ReportedValue.notEstimable("the curve does not reach this response")
      curves.estimate("absolute 50 % of control", [none, none, none])
      curves.series = [
        Series(
          "curves",
          [
            Series.Column("model", .texts(["log-logistic-4", "log-logistic-4"])),
            Series.Column("curve", .texts(["", ""])), Series.Column("dose", .numbers([0, top])),
            Series.Column("response", .numbers([10, 7])),
          ])
      ]
      let result = try await inVitro(curves, keys: #", "absolute": [{"percentOfControl": 50}]"#)
      #expect(try result.verdict("In vitro assessment") == verdict)
    }
  }

  @Test func oneToxicCurveIsEnoughAndEachHasItsRows() async throws {
    var curves = MadeCurves()
    for (curve, dose) in [("a", 100.0), ("b", 5)] {
      curves.fit("converged", flatness: .number(0.001), curve: curve)
      curves.estimate(
        "ED50", [.number(dose), .number(dose * 0.9), .number(dose * 1.1)], curve: curve)
    }
    let made = curves
    let result = try await guided(
      guideText(
        "liver-enzymes", #""inVitro": "d", "exposure": {"concentration": 1}"#,
        analyses: [curveAnalysis(curves: ["a", "b"])])
    ) { made.result(of: $0) }
    #expect(try result.verdict("In vitro assessment") == "supported")
    #expect(try result.place("In vitro assessment", "a").statistics[0].value == .number(100))
    #expect(try result.text("evidence", of: "In vitro assessment").contains("b: ED50 is 5 "))
  }

  @Test func ofTwoModelsTheSelectedOneIsRead() async throws {
    var curves = MadeCurves()
    curves.rows = [
      (
        [], "selection", "log-logistic-3",
        [MadeCurves.number("selected", .number(1), measure: "aicc")]
      ),
      (
        [], "effective_dose", "ED50",
        [
          MadeCurves.number("estimate", .number(3)),
          MadeCurves.number("estimate", .number(90), measure: "log-logistic-3"),
          MadeCurves.number("lower", .number(80), method: "profile", measure: "log-logistic-3"),
        ]
      ),
    ]
    let made = curves
    let analysis = curveAnalysis(#", "selection": "aicc""#).replacing(
      #"["log-logistic-4"]"#, with: #"["log-logistic-4", "log-logistic-3"]"#)
    let result = try await guided(
      guideText(
        "liver-enzymes", #""inVitro": "d", "exposure": {"concentration": 1}"#,
        analyses: [analysis])
    ) { made.result(of: $0) }
    #expect(try result.verdict("In vitro assessment") == "not-supported")
    #expect(try result.place("In vitro assessment").statistics[0].value == .number(90))
  }

  @Test func metabolitesOfTheAnimalAloneSpeakForThem() async throws {
    func verdict(_ metabolites: String) async throws -> (String, AnalysisResult) {
      let result = try await found(#""metabolites": [\#(metabolites)]"#)
      return (try result.verdict("Metabolite profiling"), result)
    }
    let both = #"{"name": "M1", "animal": 20, "human": 10}"#
    #expect(try await verdict(both).0 == "not-supported")
    let (several, result) = try await verdict(
      both + #", {"name": "M2", "animal": 3, "human": 0}, {"name": "M3", "animal": 0, "human": 0}"#)
    #expect(several == "supported")
    let ratios = try ["M1", "M2", "M3"].map {
      try result.place("Metabolite profiling", $0).statistics[2].value
    }
    #expect(
      ratios == [.number(2), .unbounded(.above), .notEstimable("it forms in neither")])
    #expect(try await verdict(#"{"name": "M", "animal": 1, "human": 9}"#).0 == "not-supported")
  }

  @Test(arguments: [
    ([2.5, 1.8, 3.4], "supported"), ([0.4, 0.2, 0.7], "supported"),
    ([1.2, 0.8, 1.7], "not-supported"),
  ])
  func speciesDifferWhereTheIntervalOfTheirPotencyExcludesOne(
    values: [Double], verdict: String
  ) async throws {
    var curves = MadeCurves()
    let groups = [Grouping("curve", "rat"), Grouping("reference", "human")]
    curves.rows = [
      (
        groups, "comparison", "relative-potency",
        [
          MadeCurves.number("estimate", .number(values[0])),
          MadeCurves.number("lower", .unbounded(.below), method: "fieller"),
          MadeCurves.number("upper", .notEstimable("no limit"), method: "fieller"),
          MadeCurves.number("lower", .number(values[1]), method: "profile"),
          MadeCurves.number("upper", .number(values[2]), method: "profile"),
        ]
      ),
      (groups, "comparison", "parallelism", [MadeCurves.number("p_value", .number(0.001))]),
    ]
    let made = curves
    let keys = #", "compare": ["relative-potency", "parallelism"], "reference": "human""#
    let result = try await guided(
      guideText(
        "liver-enzymes", #""species": "d""#,
        analyses: [curveAnalysis(keys, curves: ["human", "rat"])])
    ) { made.result(of: $0) }
    #expect(try result.verdict("Human and animal metabolism") == verdict)
    #expect(
      try result.text("evidence", of: "Human and animal metabolism").contains("not parallel"))
  }

  @Test(arguments: [(0.01, "supported"), (0.3, "not-supported")])
  func withoutAPotencyTheTestOfTheED50sDecides(p: Double, verdict: String) async throws {
    var curves = MadeCurves()
    curves.rows = [
      (
        [Grouping("curve", "rat"), Grouping("reference", "human")], "comparison", "equal-ed50",
        [MadeCurves.number("p_value", .number(p))]
      )
    ]
    let made = curves
    let result = try await guided(
      guideText(
        "liver-enzymes", #""species": "d""#,
        analyses: [
          curveAnalysis(
            #", "compare": ["equal-ed50"], "reference": "human""#, curves: ["human", "rat"])
        ])
    ) { made.result(of: $0) }
    #expect(try result.verdict("Human and animal metabolism") == verdict)
  }

  @Test func strainsDifferBothWaysButActivationIsMore() async throws {
    let keys = #""methods": {"risk-ratio": ["koopman"]}, "tests": ["fisher"]"#
    for (treated, control, strain, immune) in [
      ((11, 12), (3, 12), "supported", "supported"),
      ((3, 12), (11, 12), "supported", "not-supported"),
      ((6, 12), (5, 12), "not-supported", "not-supported"),
    ] {
      let result = try await found(
        #""strain": "c", "immune": "c""#, [table(treated, control, keys)])
      #expect(try result.verdict("Genetic screening") == strain)
      #expect(try result.verdict("Immune system involvement") == immune)
      #expect(
        try result.place("Genetic screening").statistics.map { "\($0.key.method) \($0.key.name)" }
          == ["fisher p_value", "koopman estimate", "koopman lower", "koopman upper", " status"])
    }
  }

  @Test func withoutATestTheIntervalDecides() async throws {
    for (measure, method) in [("risk-difference", "newcombe"), ("odds-ratio", "woolf")] {
      let keys = #""methods": {"\#(measure)": ["\#(method)"]}"#
      let differs = try await found(#""strain": "c""#, [table((11, 12), (2, 12), keys)])
      #expect(try differs.verdict("Genetic screening") == "supported")
      let alike = try await found(#""strain": "c""#, [table((6, 12), (5, 12), keys)])
      #expect(try alike.verdict("Genetic screening") == "not-supported")
    }
  }

  @Test func anAnalysisThatFailedLeavesItsStepOpenWithTheReason() async throws {
    let result = try await guided(
      guideText(
        "liver-enzymes",
        #""inVitro": "d", "exposure": {"concentration": 1}, "doseDependence": "d""#,
        analyses: [curveAnalysis()])
    ) { analysis in
      var failed = MadeCurves().result(of: analysis)
      failed.outcome = .failed("the file was empty")
      return failed
    }
    for step in ["Dose reduction", "In vitro assessment"] {
      #expect(try result.verdict(step) == "inconclusive")
      let warning = try result.place(step).statistics.last?.warning
      #expect(warning?.contains("the file was empty") == true)
    }
    #expect(
      result.warnings == [
        "A step is left open: the analysis \"d\" was not computed: the file was empty."
      ])
  }

  @Test func computedCurvesAreReadByTheirRows() async throws {
    let result = try await guided(
      guideText(
        "liver-enzymes",
        #""inVitro": "d", "exposure": {"concentration": 0.1}, "doseDependence": "d""#,
        analyses: [curveAnalysis(#", "flatness": 999, "interval": "wald""#)]))
    #expect(result.outcome == .completed)
    #expect(try result.verdict("In vitro assessment") == "not-supported")
    #expect(
      try result.place("In vitro assessment").statistics.allSatisfy { $0.status != "not-estimable" }
    )
    #expect(try result.place("Dose reduction").statistics[0].status == "ok")
  }

  @Test func publishedValuesFindTheirStep() async throws {
    let text = guideText(
      "liver-enzymes",
      #""metabolites": [{"name": "M1", "animal": 31.0, "human": 4.5}, {"name": "M2", "animal": 1, "human": 1}], "doseDependence": "t""#,
      analyses: [trend([2, 2, 2, 2])])
    let published = #"""
      , "published": [
        {"analysis": "guide", "where": {"step": "Metabolite profiling", "evidence": "M1"}, "statistic": "ratio", "value": "6.9"},
        {"analysis": "guide", "where": {"cause": "Direct hepatotoxicity", "evidence": ""}, "statistic": "p_value", "value": "1.00"}]}
      """#
    let results = try await run(String(text.dropLast()) + published)
    #expect(results.published.map(\.verdict.rawValue) == ["reproduced", "reproduced"])
    #expect(!results.csv.lowercased().contains("nan"))
  }
}
