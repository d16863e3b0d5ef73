import Reporting
import Results
import Testing

@Suite struct ComparisonFigureTests {
  @Test func figuresAreWellFormedFilesOfTheirOwn() {
    let groups = ["A & b", "<c>", "\"d\"", "e", "f"].enumerated().map { index, term in
      Sample.compared(term, (index, 3), system: "S < s")
    }
    let figures = svgFigures(Sample.study([Sample.comparison(groups)]))
    #expect(figures.map(\.name) == ["comparison-drug.svg", "comparison-drug-volcano.svg"])
    for figure in figures {
      #expect(malformation(figure.svg) == nil)
      #expect(figure.svg.contains("role=\"img\""))
      #expect(figure.svg.contains("<desc"))
    }
    #expect(malformation(htmlReport(Sample.study([Sample.comparison(groups)]))) == nil)
  }

  @Test func incidenceStandsBesideTheContrast() {
    let figure = figure(
      "comparison-drug",
      [Sample.compared("Cough", (12, 5)), Sample.compared("Rash", (1, 2))])
    for expected in [
      ">Drug<", ">Placebo<", ">Subjects with the event (%)<",
      ">Risk Difference % (95% CI, Newcombe)<", "<title>Cough: 7.0 (2.0, 12.0)</title>",
    ] {
      #expect(figure.contains(expected), "\(expected)")
    }
  }

  @Test func eachMeasureHasItsFigure() {
    let groups = [("Cough", 4.0), ("Rash", 0.5)].map { term, ratio in
      Sample.group(
        Sample.comparedPlace(term),
        Sample.difference((12, 5)) + [
          ("risk-ratio//estimate", .number(ratio)), ("risk-ratio/koopman/lower", .number(0.4)),
          ("risk-ratio/koopman/upper", .number(9)),
        ])
    }
    #expect(names(groups) == ["comparison-drug.svg", "comparison-drug-risk-ratio.svg"])
    let ratios = figure("comparison-drug-risk-ratio", groups)
    for expected in [
      ">Subjects with the event (%)<", ">Risk Ratio (95% CI, Koopman)<",
      "<title>Cough: 4.00 (0.40, 9.00)</title>",
    ] {
      #expect(ratios.contains(expected), "\(expected)")
    }
    #expect(figure("comparison-drug", groups).contains(">Risk Difference % (95% CI, Newcombe)<"))
  }

  @Test func onlyTheFirstOfManyRowsAreShown() {
    let groups = (1...80).map { Sample.compared("Term \($0).", ($0, 3), system: "S \($0 % 2)") }
    let figure = figure("comparison-drug", groups)
    #expect(figure.contains("The first 60 rows of the table; 20 more are in the results."))
    // Even numbers stand first, since theirs is the largest; then the largest of the odd ones.
    #expect(figure.contains(">Term 2.<") && figure.contains(">Term 41.<"))
    #expect(!figure.contains(">Term 39.<"))
  }

  @Test func whatHasNoEndIsAnArrowAndWhatHasNoNumberIsNamed() {
    let ratios: [(String, ReportedValue, ReportedValue)] = [
      ("Cough", .unbounded(.above), .unbounded(.above)), ("Rash", .number(1), .number(2)),
      ("Pain", .notEstimable("no events"), .unbounded(.above)),
    ]
    let figure = figure(
      "comparison-drug",
      ratios.map { term, estimate, upper in
        Sample.group(
          Sample.comparedPlace(term),
          [
            ("risk-ratio//estimate", estimate), ("risk-ratio/koopman/lower", .number(0.6)),
            ("risk-ratio/koopman/upper", upper),
          ])
      })
    #expect(figure.components(separatedBy: "l-6 -3.5v7z").count == 2)
    #expect(figure.components(separatedBy: ">not estimable<").count == 2)
  }

  @Test func aVolcanoPlotNeedsFiveEventsAndATest() {
    let groups = (1...5).map { Sample.compared("Term \($0)", ($0, 3)) }
    let untested = groups.map { group in
      ResultGroup(group.place, group.statistics.filter { $0.key.measure != "test" })
    }
    #expect(names(groups) == ["comparison-drug.svg", "comparison-drug-volcano.svg"])
    #expect(names(Array(groups.dropLast())) == ["comparison-drug.svg"])
    #expect(names(untested) == ["comparison-drug.svg"])
  }

  @Test func theVolcanoPlotMarksWhatPassesTheAdjustment() {
    let groups = (1...6).map { index in
      Sample.group(
        Sample.comparedPlace("Term \(index)"),
        Sample.difference((4 * index, 3), pValue: 0.03 / Double(index)) + [
          ("test/fisher/holm/adjusted_p_value", .number(index > 4 ? 0.04 : 0.2))
        ])
    }
    let figure = figure("comparison-drug-volcano", groups)
    #expect(figure.contains(">passes after Holm<"))
    #expect(figure.contains("2 marked as: passes after Holm."))
    #expect(
      figure.contains(
        "<title>Term 6: risk difference 21.0 (16.0, 26.0), p: 0.0050, 27 events</title>"))
  }

  @Test func pointsThatLieUponEachOtherShareALabel() {
    let far = (1...3).map { Sample.compared("Far \($0)", (20 * $0, 3), pValue: 0.4) }
    func labels(_ together: [String]) -> String {
      figure(
        "comparison-drug-volcano",
        far + together.map { Sample.compared($0, (12, 3), pValue: 0.01) })
    }
    #expect(labels(["Nausea", "Vomiting"]).contains(">Nausea, Vomiting</text>"))
    #expect(labels(["A", "B", "C", "D"]).contains(">A, B + 2 more</text>"))
    let long = String(repeating: "x", count: 40)
    #expect(labels([long, "B"]).contains(">\(long.prefix(23))…, B</text>"))
    #expect(labels(["Nausea", "Vomiting"]).contains(">Far 3</text>"))
  }

  @Test func labelsOfTheVolcanoPlotAreClearOfEachOther() {
    let groups = (0..<300).map { (index: Int) -> ResultGroup in
      let events = (index * 7 % 90, index * 13 % 40)
      let pValue = Double(index % 29 + 1) / 30_000
      return Sample.compared("Event with the number \(index)", events, pValue: pValue)
    }
    let figure = figure("comparison-drug-volcano", groups)
    let boxes = figure.components(separatedBy: "<text ").compactMap { labelBox($0) }
    #expect(boxes.count > 1 && boxes.count <= 12)
    for (index, box) in boxes.enumerated() {
      #expect(box.left >= 64 && box.right <= 848)
      #expect(!boxes[(index + 1)...].contains { $0.overlaps(box) })
    }
  }

  @Test func theMethodsOfOneEventStandBeneathEachOther() {
    let entries: [Sample.Entry] =
      Sample.difference((12, 5)) + [
        ("risk-difference/wald/lower", .number(0.0)), ("risk-difference/wald/upper", .number(0.2)),
      ]
    let groups = [Sample.group(Sample.comparedPlace(""), entries)]
    #expect(names(groups) == ["comparison-drug-risk-difference.svg"])
    let figure = figure("comparison-drug-risk-difference", groups)
    #expect(figure.contains(">Newcombe<") && figure.contains(">Wald<"))
  }

  @Test(arguments: [
    ([0.5, 3.0], [0.5, 1, 2, 5]), ([], [0.5, 1, 2]), ([0, .infinity, 1.2], [0.5, 1, 2]),
    ([0.02, 60], [0.01, 0.1, 1, 10, 100]),
  ])
  func anAxisOfRatiosHasRoundTicks(ratios: [Double], expected: [Double]) {
    let axis = Axis(ratios: ratios)
    #expect(axis.ticks.count == expected.count, "\(axis.ticks)")
    #expect(zip(axis.ticks, expected).allSatisfy { abs($0 - $1) < 1e-9 })
  }

  @Test(arguments: [1e-6, 1e-3, 0.4, 3, 900, 1e9])
  func anAxisOfRatiosHasOneAndNotTooManyTicks(extreme: Double) {
    let axis = Axis(ratios: [extreme, 1 / extreme])
    #expect(axis.ticks.contains(1))
    #expect(axis.ticks.count <= 10, "\(axis.ticks)")
    #expect(axis.minimum <= min(extreme, 1 / extreme) * (1 + 1e-9))
    #expect(axis.maximum >= max(extreme, 1 / extreme) * (1 - 1e-9))
  }

  @Test func anAxisOfDifferencesHasZeroAndBothEnds() {
    let axis = Axis(from: -17.2, reaching: 63)
    #expect(axis.ticks == [-20, 0, 20, 40, 60, 80])
    #expect(Axis(from: -3, reaching: 0).ticks.contains(0))
  }

  private func names(_ groups: [ResultGroup]) -> [String] {
    svgFigures(Sample.study([Sample.comparison(groups)])).map(\.name)
  }

  private func figure(_ name: String, _ groups: [ResultGroup]) -> String {
    svgFigures(Sample.study([Sample.comparison(groups)])).first { $0.name == name + ".svg" }?.svg
      ?? ""
  }

  private struct LabelBox {
    let left, right, y: Double

    func overlaps(_ other: LabelBox) -> Bool {
      abs(y - other.y) < 14 && left < other.right && other.left < right
    }
  }

  /// Where a label of an event stands; `nil` for other texts.
  private func labelBox(_ element: String) -> LabelBox? {
    let parts = element.components(separatedBy: "\"")
    guard let text = element.split(separator: ">").dropFirst().first?.split(separator: "<").first,
      text.hasPrefix("Event with"), let x = value(of: "x", in: parts).flatMap({ Double($0) }),
      let y = value(of: "y", in: parts).flatMap({ Double($0) })
    else { return nil }
    let width = 6.3 * Double(text.count)
    let shares = ["start": 0.0, "middle": 0.5, "end": 1]
    let left = x - width * (shares[value(of: "text-anchor", in: parts) ?? "start"] ?? 0)
    return LabelBox(left: left, right: left + width, y: y)
  }

  private func value(of attribute: String, in parts: [String]) -> String? {
    parts.firstIndex { $0.hasSuffix(" \(attribute)=") || $0 == "\(attribute)=" }.map {
      parts[$0 + 1]
    }
  }
}

extension String {
  /// The parts between occurrences of `separator`.
  fileprivate func components(separatedBy separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
