import Reporting
import Results
import Testing

@Suite struct FigureTests {
  @Test func figuresAreWellFormedFilesOfTheirOwn() {
    let groups = ["a & b", "<c>"].flatMap { arm in
      ["Cough", "\"Head\" < ache"].map { term in
        Sample.risk(Sample.place(arm: arm, term: term), 3, of: 20)
      }
    }
    let figures = svgFigures(Sample.study([Sample.incidence(groups)]))
    #expect(figures.map(\.name) == ["incidence-aes.svg"])
    for figure in figures {
      #expect(malformation(figure.svg) == nil)
      #expect(figure.svg.contains("xmlns=\"http://www.w3.org/2000/svg\""))
      #expect(figure.svg.contains("role=\"img\""))
      #expect(figure.svg.contains("<style>@media screen and (prefers-color-scheme: dark)"))
    }
  }

  @Test func aPointerOverARowReadsItsNumbers() {
    let groups = ["a", "b"].map { Sample.risk(Sample.place(arm: $0, term: "Cough"), 3, of: 20) }
    let svg = svgFigures(Sample.study([Sample.incidence(groups)]))[0].svg
    #expect(svg.contains("<title>Cough: a 3/20 (15.0) [10.0, 20.0]; b 3/20 (15.0) [10.0, 20.0]<"))
  }

  @Test func namesOfFilesAreSafeAndDiffer() {
    let group = Sample.risk(Sample.place(term: "Cough"), 3, of: 20)
    let ids = ["../x", "x y", "x/y", "X-Y"]
    let names = svgFigures(Sample.study(ids.map { Sample.incidence([group], id: $0) })).map(\.name)
    #expect(
      names == [
        "incidence-..-x.svg", "incidence-x-y.svg", "incidence-x-y-2.svg", "incidence-X-Y-3.svg",
      ])
  }

  @Test func aNameIsNeverAHiddenFileOrAFolder() {
    #expect(fileName("../etc") == "-etc")
    #expect(fileName("..") == "-")
    #expect(fileName("naïve") == "na-ve")
  }

  @Test func eachTrialHasItsFigure() {
    let groups = ["t1", "t2"].map { Sample.risk(Sample.place(trial: $0, term: "Cough"), 3, of: 20) }
    let names = svgFigures(Sample.study([Sample.incidence(groups)])).map(\.name)
    #expect(names == ["incidence-aes-t1.svg", "incidence-aes-t2.svg"])
  }

  @Test func onlyTheMostFrequentOfManyEventsAreShown() {
    let groups = (1...80).map { index in
      Sample.risk(Sample.place(term: "Term \(index)."), index, of: 100)
    }
    let svg = svgFigures(Sample.study([Sample.incidence(groups)]))[0].svg
    #expect(!svg.contains(">Term 20.<"))
    #expect(svg.contains(">Term 21.<"))
    #expect(svg.contains("The 60 most frequent events; 20 more are in the results."))
  }

  @Test func aFailedAnalysisHasNoFigure() {
    var analysis = AnalysisResult(id: "aes", kind: "incidence", title: "Events", level: 0.95)
    analysis.outcome = .failed("no data")
    #expect(svgFigures(Sample.study([analysis])).isEmpty)
  }

  @Test(arguments: [
    (95.0, 100.0, [0.0, 20, 40, 60, 80, 100]), (38, 100, [0, 5, 10, 15, 20, 25, 30, 35, 40]),
    (0, 100, [0, 0.2, 0.4, 0.6, 0.8, 1]), (1e-300, 100, [0, 0.2, 0.4, 0.6, 0.8, 1]),
    (7.2, .infinity, [0, 1, 2, 3, 4, 5, 6, 7, 8]),
    (1234, .infinity, [0, 200, 400, 600, 800, 1000, 1200, 1400]),
  ])
  func anAxisHasRoundTicks(reach: Double, limit: Double, expected: [Double]) {
    let axis = Axis(reaching: reach, limit: limit)
    #expect(axis.ticks.count == expected.count)
    #expect(zip(axis.ticks, expected).allSatisfy { abs($0 - $1) < 1e-9 })
    #expect(axis.maximum >= reach)
  }
}
