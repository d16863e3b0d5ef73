import Reporting
import Results
import Testing

@Suite struct DoseResponseTableTests {
  @Test func theTerminalShowsEffectiveDosesAndHowTheFitEnded() {
    let shown = text(Sample.doseResponse([Sample.Curve(name: "", ed50: 30, slope: 0.9)]))
    let lines = shown.split(separator: "\n")
    #expect(lines.contains { $0.hasPrefix("ED10") && $0.contains("2.611 [2.089, 3.395]") })
    #expect(lines.contains { $0.hasPrefix("ED90") && $0.hasSuffix("> 100 [275.7, ∞)  converged") })
    #expect(shown.contains("> and <: beyond the doses tested."))
    #expect(!shown.contains("slope") && !shown.contains("AICc") && !shown.contains("SE"))
  }

  @Test func parametersHaveTheInformationOfTheirErrorsNamed() {
    let html = htmlReport(Sample.study([Sample.doseResponse([Sample.Curve(name: "A")])]))
    #expect(html.contains("SE<br/>expected") && !html.contains("observed"))
    #expect(html.contains("[95% CI]<br/>Profile likelihood"))
    #expect(html.contains(">0.08824<") && html.contains(">1.5 [1.305, 1.755]<"))
    #expect(malformation(html) == nil)
  }

  @Test func aFitThatDidNotEndWellStandsOutWithItsReason() {
    var analysis = Sample.doseResponse([])
    analysis.groups = Sample.fit(
      of: Sample.Curve(name: "A"), status: "not-identified", warning: "the data leave lower open")
    let html = htmlReport(Sample.study([analysis]))
    #expect(html.contains("<span class=\"badge strong\">not identified</span><sup>a</sup>"))
    #expect(html.contains("<sup>a</sup>the data leave lower open"))
    let calm = htmlReport(Sample.study([Sample.doseResponse([Sample.Curve(name: "A")])]))
    #expect(calm.contains("<td class=\"leading\">converged</td>"))
    #expect(calm.contains("<span class=\"badge calm\">converged</span>"))
  }

  @Test func oneDoseOfEachCurveIsARowACurve() {
    var analysis = Sample.doseResponse([
      Sample.Curve(name: "A"), Sample.Curve(name: "B", ed50: 7),
    ])
    analysis.groups = analysis.groups.filter {
      $0.place.variable != "effective_dose" || $0.place.level == "ED50"
    }
    let lines = text(analysis).split(separator: "\n")
    #expect(lines.contains("Viability of HepG2 – ED50"))
    #expect(lines.contains { $0.hasPrefix("B ") && $0.contains("7 [5.6, 9.1]") })
  }

  @Test func everyIntervalHasItsColumn() {
    var analysis = Sample.doseResponse([])
    analysis.groups = [
      Sample.group(
        Sample.fitPlace("", "effective_dose", "absolute 4"),
        [
          ("log-logistic-4//estimate", .number(0.12341)),
          ("log-logistic-4/profile/lower", .number(0.1)),
          ("log-logistic-4/profile/upper", .number(0.5)),
          ("log-logistic-4/wald-log/lower", .number(0.05)),
          ("log-logistic-4/wald-log/upper", .notEstimable("no standard error")),
        ])
    ]
    let html = htmlReport(Sample.study([analysis]))
    #expect(html.contains(">Absolute 4<") && html.contains(">0.1234 [0.1, 0.5]<"))
    #expect(html.contains("[95% CI]<br/>Wald-log") && html.contains(">[0.05, NE]<sup>a</sup>"))
    #expect(html.contains("no standard error") && html.contains("NE: not estimable"))
    #expect(text(analysis).contains("0.1234 [0.1, 0.5]") && !text(analysis).contains("Wald"))
  }

  @Test func comparisonsSelectionAndModelsAreNamed() {
    let html = htmlReport(Sample.study([Sample.comparedCurves]))
    for expected in [
      ">Test against Reference<", ">Parallelism, Log-logistic, 4 parameters<", ">3, 40<",
      ">Relative potency, Fieller, Log-logistic, 4 parameters<", ">[0.4456, 0.6823]<",
      "<span class=\"badge strong\">no</span>", ">ΔAICc<", ">4.63<",
      "<span class=\"badge calm\">chosen</span>", ">Weibull-1-4<",
      "Relative potency: ED50 of the reference over ED50 of the curve.",
    ] {
      #expect(html.contains(expected), "\(expected)")
    }
  }

  @Test func dosesAndParametersHaveTheirUnits() {
    var analysis = Sample.doseResponse([Sample.Curve(name: "A")])
    analysis.groups = analysis.groups.map { group in
      guard ["ED50", "ed50"].contains(group.place.level) else { return group }
      return ResultGroup(
        group.place, group.statistics.map { Statistic($0.key, $0.value, unit: "µM") })
    }.filter { !["ED10", "ED90"].contains($0.place.level) }
    let html = htmlReport(Sample.study([analysis]))
    #expect(html.contains("Estimate (µM)<br/>") && html.contains(">ed50 (µM)<"))
    #expect(html.contains(">slope<"))
  }

  @Test func averagedDosesStandBesideThoseOfTheModels() {
    var analysis = Sample.doseResponse([Sample.Curve(name: "A")])
    analysis.groups.append(
      Sample.group(
        Sample.fitPlace("A", "effective_dose", "ED50"),
        [
          ("average//estimate", .number(5.125)), ("average/profile/lower", .number(4)),
          ("average/profile/upper", .number(6.5)),
        ]))
    let lines = text(analysis).split(separator: "\n")
    #expect(lines.contains { $0.contains("Model average") && $0.contains("5.125 [4, 6.5]") })
  }

  @Test func lotsArePooledWithARangeForANewOne() {
    let html = htmlReport(Sample.study([Sample.lots]))
    for expected in [
      ">TPO · L3<", ">pooled", ">5.1 [4.08, 6.375]<", ">[2.55, 10.2]<", ">14.0<", ">7.61<",
      ">0.0548<", "PI: prediction interval",
    ] {
      #expect(html.contains(expected) || html.contains("– " + expected.dropFirst()), "\(expected)")
    }
  }

  @Test func simulatedDataAreCalledSoInEveryCaption() {
    var analysis = Sample.doseResponse([Sample.Curve(name: "A")])
    #expect(!htmlReport(Sample.study([analysis])).contains("simulated"))
    analysis.notes = ["Simulated data: no measurement."]
    let html = htmlReport(Sample.study([analysis]))
    let captions = contents("<caption>", in: html) + contents("<figcaption>", in: html)
    #expect(captions.count == 6)
    #expect(captions.allSatisfy { $0.contains("(simulated data)") })
  }

  @Test func withoutEffectiveDosesTheFitIsShown() {
    var analysis = Sample.doseResponse([Sample.Curve(name: "A")])
    analysis.groups = analysis.groups.filter { $0.place.variable == "fit" }
    #expect(text(analysis).contains("−91.23"))
    analysis.groups = []
    #expect(text(analysis).contains("No results"))
  }

  /// What stands in each element that `tag` begins.
  private func contents(_ tag: String, in html: String) -> [Substring] {
    html.split(separator: tag).dropFirst().compactMap {
      $0.split(separator: tag.replacing("<", with: "</")).first
    }
  }
}
