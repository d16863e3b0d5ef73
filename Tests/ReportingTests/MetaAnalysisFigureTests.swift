import Glibc
import Reporting
import Results
import Testing

@Suite struct MetaAnalysisFigureTests {
  @Test func figuresAreWellFormedFilesOfTheirOwn() {
    let figures = svgFigures(Sample.study([Sample.wholeMetaAnalysis]))
    let endings = [
      "", "-methods", "-funnel", "-radial", "-baujat", "-labbe", "-leave-one-out", "-cumulative",
    ]
    #expect(figures.map(\.name) == endings.map { "meta-analysis-bcg\($0).svg" })
    for figure in figures {
      #expect(malformation(figure.svg) == nil)
      #expect(figure.svg.contains("role=\"img\"") && figure.svg.contains("<desc"))
    }
    #expect(malformation(htmlReport(Sample.study([Sample.wholeMetaAnalysis]))) == nil)
  }

  @Test func theForestHasStudiesSubgroupsDiamondsAndPredictions() {
    let svg = figure("", Sample.wholeMetaAnalysis)
    let studies = elements("rect", in: svg).filter { $0["fill"] == study && $0["height"] != nil }
    #expect(studies.count == Sample.trials.count)
    // Two leading variants in each of three subgroups, and five of all studies.
    #expect(elements("path", in: svg).filter { $0["fill"] == pooled }.count == 11)
    #expect(elements("rect", in: svg).filter { $0["fill-opacity"] == "0.45" }.count == 5)
    for expected in [
      ">Hart &amp; Sutherland 1977<", ">62/13598<", ">248/12867<", ">0.23 [0.18, 0.31]<", ">21.4<",
      ">systematic<", ">Prediction interval<", ">All studies<", ">Odds Ratio (95% CI)<",
      "Area of the squares: weight, Mantel–Haenszel.",
      "Heterogeneity: Q 152.23, df 8, p &lt;0.0001, I² 92.1% (Mantel–Haenszel); "
        + "τ² 0.3378 (Inverse variance, REML).",
      "Forest plot of 9 studies. Pooled: Mantel–Haenszel 0.66 [0.60, 0.72];",
    ] {
      #expect(svg.contains(expected), "\(expected)")
    }
  }

  @Test func marksStandWhereTheAxisSays() throws {
    let svg = figure("", Sample.metaAnalysis(Sample.trials.map { Sample.study($0) }))
    let place = try scale(in: svg, "0.1", "1")
    let squares = elements("rect", in: svg).filter { $0["fill"] == study }
    for (trial, square) in zip(Sample.trials, squares) {
      let x = try #require(square["x"].flatMap { Double($0) })
      let side = try #require(square["width"].flatMap { Double($0) })
      let expected = place(trial.effect.estimate / log(10))
      #expect(abs(x + side / 2 - expected) < 0.2, "\(trial.label)")
    }
    #expect(squares.count == Sample.trials.count)
  }

  @Test func theAreaOfASquareIsItsWeight() {
    let trials = zip(Sample.trials, [64.0, 16, 4])
    let svg = figure(
      "",
      Sample.metaAnalysis(
        trials.map { Sample.study($0, weights: [("mantel-haenszel/common", $1)]) }))
    let sides = elements("rect", in: svg).filter { $0["fill"] == study }.map { $0["width"] }
    #expect(sides == ["15", "7.5", "3.8"])
  }

  @Test func methodsThatExcludeNoEffectAreFilledAndUnboundedOnesArrows() throws {
    let svg = figure("-methods", Sample.disagreement)
    let circles = elements("circle", in: svg)
    // The legend has one of each.
    #expect(circles.filter { $0["class"] == nil }.count == 3 + 1)
    #expect(circles.filter { $0["class"] == "paper" }.count == 3 + 1)
    #expect(svg.split(separator: "l-6 -3.5v7z", omittingEmptySubsequences: false).count == 3 + 1)
    #expect(elements("line", in: svg).filter { $0["stroke-width"] == "2.8" }.count == 6 + 1)
    #expect(svg.contains(">interval excludes 1<") && svg.contains(">interval includes 1<"))
    #expect(svg.contains("10 methods. 6 of their intervals exclude 1"))
    #expect(svg.contains(">not estimable<"))
    let place = try scale(in: svg, "1", "10")
    let peto = try #require(circles.last { $0["class"] == nil && $0["cy"] == circles[3]["cy"] })
    let x = try #require(peto["cx"].flatMap { Double($0) })
    #expect(abs(x - place(1 + log10(4.70))) < 0.2)
  }

  @Test func proportionsHaveNoValueOfNoEffect() {
    let numbers: [(String, Double)] = [("estimate", 0.05), ("lower", 0.02), ("upper", 0.11)]
    let entries = ["common", "random/reml/z"].flatMap { model -> [Sample.Entry] in
      numbers.map { ("proportion-logit/inverse-variance/\(model)/\($0)", .number($1)) }
    }
    let svg = figure(
      "-methods", Sample.metaAnalysis([Sample.group(Sample.pooledPlace(), entries)]))
    #expect(elements("circle", in: svg).map { $0["class"] } == [nil, nil])
    #expect(!svg.contains("excludes") && svg.contains(">5.0 [2.0, 11.0]<"))
    #expect(svg.contains(">Proportion % (95% CI)<"))
  }

  @Test(arguments: [(61, 61), (200, 200), (1000, 300)])
  func veryManyStudiesAreLinesInTheOrderOfTheirEffects(count: Int, lines: Int) {
    let studies = (0..<count).map { (index: Int) -> ResultGroup in
      let (events, controls) = (Double(index * 7 % 23 + 1), Double(index * 11 % 19 + 1))
      return Sample.study(
        Sample.Trial(
          label: "Study \(index)", treatment: (events, 100), reference: (controls, 120)))
    }
    let svg = figure(
      "",
      Sample.metaAnalysis(
        studies + [Sample.group(Sample.pooledPlace(), Sample.pooled(Sample.trials))]))
    let places = elements("rect", in: svg).filter { $0["fill"] == study }
      .compactMap { $0["x"].flatMap { Double($0) } }
    #expect(places.count == lines)
    #expect(zip(places, places.dropFirst()).allSatisfy { $0 <= $1 + 0.11 })
    #expect(!svg.contains(">Study 1<") && svg.contains(">Mantel–Haenszel<"))
    #expect(svg.contains("The \(count) studies with an effect"))
  }

  @Test func whatCannotBeEstimatedIsNamedAndNothingIsNoFigure() {
    func study(_ name: String, _ value: ReportedValue) -> ResultGroup {
      Sample.group(
        Sample.pooledPlace(Grouping("study", name)),
        ["estimate", "lower", "upper"].map { ("odds-ratio//\($0)", value) })
    }
    let none = ReportedValue.notEstimable("no events")
    #expect(svgFigures(Sample.study([Sample.metaAnalysis([study("A", none)])])).isEmpty)
    let mixed = figure("", Sample.metaAnalysis([study("A", none), study("B", .number(2))]))
    #expect(mixed.contains(">not estimable<") && mixed.contains("Forest plot of 2 studies"))
    let unbounded = figure("", Sample.metaAnalysis([study("A", .unbounded(.above))]))
    #expect(malformation(unbounded) == nil && unbounded.contains("l-6 -3.5v7z"))
    #expect(unbounded.contains("Forest plot of 1 study."))
  }

  @Test func theFunnelIsInvertedAndHasTheStudiesFilledIn() throws {
    let svg = figure("-funnel", Sample.wholeMetaAnalysis)
    let circles = elements("circle", in: svg)
    #expect(circles.filter { $0["fill-opacity"] == "0.65" }.count == Sample.trials.count + 1)
    #expect(circles.filter { $0["fill-opacity"] == "0.05" }.count == 1 + 1)
    #expect(elements("line", in: svg).filter { $0["stroke-dasharray"] != nil }.count == 2)
    let place = try scale(in: svg, "0.1", "1")
    let filled = try #require(circles.last { $0["fill-opacity"] == "0.05" })
    let x = try #require(filled["cx"].flatMap { Double($0) })
    #expect(abs(x - place(0.7 / log(10))) < 0.2)
    let heights = try ["TPT Madras 1980", "Aronson 1948"].map { name in
      try #require(height(of: name, in: svg))
    }
    #expect(heights[0] < heights[1])
    #expect(elements("path", in: svg).filter { $0["fill-opacity"] == "0.09" }.count == 4)
    #expect(svg.contains("more strongly: p &lt; 0.01."))
  }

  @Test func theRatesOfBothGroupsAreForRisksAlone() {
    let svg = figure("-labbe", Sample.wholeMetaAnalysis)
    #expect(elements("circle", in: svg).count == Sample.trials.count)
    #expect(svg.contains("Stein &amp; Aronson 1953: 11.7% and 25.6%"))
    let rates = Sample.group(
      Sample.pooledPlace(Grouping("study", "A")),
      [
        ("rate-ratio//estimate", .number(2)), ("rate-ratio//treatment_events", .number(2)),
        ("rate-ratio//treatment_person_years", .number(20)),
        ("rate-ratio//reference_events", .number(1)),
        ("rate-ratio//reference_person_years", .number(20)),
      ])
    let names = svgFigures(Sample.study([Sample.metaAnalysis([rates])])).map(\.name)
    #expect(names == ["meta-analysis-bcg.svg"])
  }

  @Test func leavingOutShowsTheLeadingVariants() {
    let svg = figure("-leave-one-out", Sample.wholeMetaAnalysis)
    #expect(svg.contains(">Mantel–Haenszel<") && svg.contains(">Inverse variance, REML, z<"))
    #expect(!svg.contains(">Peto<"))
    let squares = elements("rect", in: svg).filter { $0["fill"] == study }
    #expect(squares.count == 2 * Sample.trials.count)
  }

  @Test func longNamesAreCutAndNumbersStayClearOfTheAxis() throws {
    let name = "A very long name of a trial that nobody would want to read in a figure at all"
    let trial = Sample.Trial(
      label: name, treatment: (100_000, 1_000_000), reference: (2, 9_000_000))
    let svg = figure("", Sample.metaAnalysis([Sample.study(trial)]))
    #expect(svg.contains("<title>\(name)</title>") && svg.contains("…<"))
    let left = try #require(elements("line", in: svg).last { $0["class"] == "axis" }?["x1"])
    let end = try #require(svg.split(separator: ">2/9000000<").first?.split(separator: "x=\"").last)
    let right = try #require(end.split(separator: "\"").first.flatMap { Double($0) })
    #expect(right < (Double(left) ?? 0))
  }

  // MARK: Reading figures

  private let study = "#0072b2"
  private let pooled = "#d55e00"

  private func figure(_ ending: String, _ analysis: AnalysisResult) -> String {
    let name = "meta-analysis-\(analysis.id)\(ending).svg"
    return svgFigures(Sample.study([analysis])).first { $0.name == name }?.svg ?? ""
  }

  /// Where a power of ten stands, from the labels of two ticks: the first is at 0 or −1.
  private func scale(
    in svg: String, _ first: String, _ second: String
  ) throws -> (Double) -> Double {
    let places = try [first, second].map { label in
      try #require(texts(in: svg).last { $0.text == label && $0.anchor == "middle" }?.x)
    }
    let origin = first == "1" ? 1.0 : -1.0
    return { places[0] + (places[1] - places[0]) * ($0 - origin) }
  }

  private func height(of text: String, in svg: String) -> Double? {
    texts(in: svg).first { $0.text == text }?.y
  }
}
