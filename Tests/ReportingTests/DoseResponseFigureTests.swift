import Glibc
import Reporting
import Results
import Testing

@Suite struct DoseResponseFigureTests {
  @Test func eachModelHasCurvesAndResiduals() {
    let figures = svgFigures(Sample.study([Sample.comparedCurves]))
    #expect(
      figures.map(\.name)
        == ["log-logistic-4", "weibull-1-4"].flatMap { model in
          ["", "-residuals"].map { "dose-response-compared-\(model)\($0).svg" }
        })
    for figure in figures { expectSound(figure.svg) }
    let one = svgFigures(Sample.study([Sample.doseResponse([Sample.Curve(name: "")])]))
    #expect(one.map(\.name) == ["dose-response-mtt.svg", "dose-response-mtt-residuals.svg"])
  }

  @Test func theFirstTickIsDoseZeroLeftOfABreak() throws {
    let svg = figure(Sample.doseResponse([Sample.Curve(name: "A")]))
    let ticks = texts(in: svg).filter { $0.anchor == "middle" }
    let zero = try #require(ticks.first { $0.text == "0" })
    let first = try #require(ticks.first { $0.text == "0.1" })
    let second = try #require(ticks.first { $0.text == "1" })
    let third = try #require(ticks.first { $0.text == "10" })
    #expect(zero.x < first.x - 50)
    #expect(abs((second.x - first.x) - (third.x - second.x)) < 0.3)
    // Two strokes through the axis, each as high as it is deep.
    #expect(breaks(in: svg) == 2)
  }

  @Test func withoutDoseZeroTheAxisIsWhole() {
    var analysis = Sample.doseResponse([Sample.Curve(name: "A")])
    analysis.series = analysis.series.map { series in
      Series(series.name, series.columns.map { $0.name == "dose" ? positive($0) : $0 })
    }
    let svg = figure(analysis)
    #expect(breaks(in: svg) == 0)
    expectSound(svg)
  }

  @Test func modelsOfLogarithmsHaveALinearAxis() {
    let svg = figure(Sample.doseResponse([Sample.Curve(name: "A")], models: ["logistic-4"]))
    #expect(breaks(in: svg) == 0)
    #expect(texts(in: svg).contains { $0.text == "80" })
  }

  @Test func effectiveDosesAreRingsOnTheCurve() throws {
    let svg = figure(Sample.doseResponse([Sample.Curve(name: "A", ed50: 10)]))
    let rings = elements("circle", in: svg).filter { $0["class"] == "paper" }
    #expect(rings.count == 3)
    let ten = try #require(texts(in: svg).first { $0.text == "10" && $0.anchor == "middle" })
    #expect(rings[1]["cx"].flatMap { Double($0) }.map { abs($0 - ten.x) < 0.2 } == true)
    #expect(svg.contains(">ED50 10 [8, 13]<"))
    #expect(svg.contains("bars: 95% CI, Profile likelihood"))
  }

  @Test func whatLiesBeyondTheDosesIsAnArrowWithoutARing() {
    let svg = figure(Sample.doseResponse([Sample.Curve(name: "A", ed50: 60, slope: 0.7)]))
    #expect(elements("circle", in: svg).count { $0["class"] == "paper" } == 2)
    // An arrow to the right is a path of this form.
    #expect(svg.components(of: "l-6 -3.5v7z") == 1)
    #expect(svg.contains("ED90 &gt; 100 ["))
  }

  @Test func aWellThatWasRemovedIsACross() {
    let svg = figure(Sample.doseResponse([Sample.Curve(name: "A")]))
    #expect(svg.components(of: "m-4 -4l8 8m-8 0l8 -8") == 1)
    #expect(svg.contains("Crosses: 1 left out of the fit as outliers."))
    #expect(svg.contains(", left out<"))
  }

  @Test(arguments: [(1, 1, false), (2, 1, true), (6, 1, true), (7, 7, false), (45, 40, false)])
  func moreThanSixCurvesHavePanelsOfTheirOwn(count: Int, panels: Int, hasLegend: Bool) {
    let curves = (1...count).map { Sample.Curve(name: "Compound \($0)", ed50: Double($0)) }
    let svg = figure(Sample.doseResponse(curves))
    expectSound(svg)
    #expect(svg.components(of: "<clipPath ") == panels)
    #expect(texts(in: svg).contains { $0.text == "Compound 1" })
    let titles = texts(in: svg).count { $0.text.hasPrefix("Compound ") }
    #expect(titles == (hasLegend ? count : panels))
    #expect(svg.contains("The first 40 of 45 curves.") == (count == 45))
  }

  @Test func pointsWithoutAFitAreDrawnAndNothingIsNoFigure() {
    var analysis = Sample.doseResponse([Sample.Curve(name: "A")])
    analysis.series.removeAll { $0.name != "points" }
    let figures = svgFigures(Sample.study([analysis]))
    #expect(figures.map(\.name) == ["dose-response-mtt.svg"])
    expectSound(figures[0].svg)
    analysis.series = []
    #expect(svgFigures(Sample.study([analysis])).isEmpty)
  }

  @Test func equalResponsesAndASingleDoseCanBeDrawn() {
    var analysis = Sample.doseResponse([Sample.Curve(name: "A")])
    analysis.series = [
      Series(
        "points",
        [
          Series.Column("curve", .texts(["A", "A"])), Series.Column("dose", .numbers([3, 3])),
          Series.Column("response", .numbers([1, 1])),
        ])
    ]
    expectSound(figure(analysis))
  }

  @Test func residualsHaveTheirZeroAndTwoLines() {
    let svg = figure(Sample.doseResponse([Sample.Curve(name: "A")]), "-residuals")
    #expect(elements("line", in: svg).count { $0["stroke-dasharray"] == "5 4" } == 4)
    #expect(svg.contains(">Fitted: Absorbance<") && svg.contains(">Concentration (µM)<"))
    #expect(elements("circle", in: svg).count == 2 * 24)
  }

  @Test func lotsStandAboveWhatIsPooledOfThem() {
    let svg = figure(Sample.lots, "-lots-ED50")
    expectSound(svg)
    let names = ["TPO", "L1", "L2", "L3", "L4", "Pooled", "New lot"]
    let heights = names.compactMap { name in texts(in: svg).first { $0.text == name }?.y }
    #expect(heights.count == names.count && heights == heights.sorted())
    #expect(svg.contains(">4.9 [4.165, –]<") && svg.components(of: "l-6 -3.5v7z") == 1)
  }

  @Test func lotsFittedOneByOneAreCurvesOfTheirOwn() {
    var analysis = Sample.lots
    analysis.series = Sample.doseResponse(
      ["L1", "L2"].map { Sample.Curve(name: $0) }
    ).series.map { series in
      let lots = series.columns.filter { $0.name == "curve" }.flatMap { column in
        [
          Series.Column("lot", column.values),
          Series.Column("curve", .texts(Array(repeating: "TPO", count: column.count))),
        ]
      }
      return Series(series.name, series.columns.filter { $0.name != "curve" } + lots)
    }
    for ending in ["", "-residuals"] {
      let svg = figure(analysis, ending)
      expectSound(svg)
      #expect(svg.contains(">TPO · L1<") && svg.contains(">TPO · L2<"), "\(ending)")
    }
    #expect(elements("circle", in: figure(analysis)).count { $0["class"] == "paper" } == 6)
  }

  // MARK: Reading figures

  private func figure(_ analysis: AnalysisResult, _ ending: String = "") -> String {
    let name = "dose-response-\(analysis.id)\(ending).svg"
    return svgFigures(Sample.study([analysis])).first { $0.name == name }?.svg ?? ""
  }

  /// The short slanting lines that break an axis.
  private func breaks(in svg: String) -> Int {
    elements("line", in: svg).count { line in
      let ends = ["x1", "x2", "y1", "y2"].compactMap { line[$0].flatMap { Double($0) } }
      return ends.count == 4 && abs(ends[1] - ends[0] - 5) < 0.3
        && abs(ends[2] - ends[3] - 10) < 0.3
    }
  }

  private func positive(_ column: Series.Column) -> Series.Column {
    guard case .numbers(let numbers) = column.values else { return column }
    return Series.Column(column.name, .numbers(numbers.map { $0 == 0 ? nil : $0 }))
  }
}

extension Series.Column {
  fileprivate var count: Int {
    switch values {
    case .numbers(let numbers): numbers.count
    case .texts(let texts): texts.count
    }
  }
}
