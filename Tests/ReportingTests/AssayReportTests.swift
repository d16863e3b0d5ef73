import Reporting
import Results
import Testing

@Suite struct AssayReportTests {
  // MARK: Plates

  @Test func platesHaveTheirVerdictsWithReasons() {
    let shown = text(Sample.plates)
    #expect(shown.contains("failedᵃ") && shown.contains("ᵃ Z′ 0.31 is below 0.4"))
    #expect(!shown.contains("p-value") && !shown.contains("Blank"))
    let html = htmlReport(Sample.study([Sample.plates]))
    #expect(html.contains("<span class=\"badge calm\">passed</span>"))
    #expect(html.contains(">6.2<") && html.contains(">1.193<") && html.contains(">−6.25<"))
    #expect(malformation(html) == nil)
  }

  @Test func wellsAreSquaresInTheirPlaces() throws {
    let svg = figure("plate-quality-plates.svg", Sample.plates)
    expectSound(svg)
    // Of two plates the 94 measured wells in both maps; in the second the controls have no residual.
    let wells = elements("rect", in: svg).filter { $0["width"] == "29" }
    #expect(wells.count == 2 * 2 * 94)
    #expect(wells.count { $0["fill"] == "none" } == 2 * 22)
    let rows = texts(in: svg).filter { $0.text == "H" && $0.anchor == "end" }
    #expect(rows.count == 4)
    for text in ["vehicle", "blank", "positive", "12", "Plate 2", "Struck out: not measured."] {
      #expect(texts(in: svg).contains { $0.text == text }, "\(text)")
    }
    #expect(svg.contains("<title>B2 · sample · H · response"))
  }

  @Test func responsesAloneMakeOneMapAndWellsWithoutPlacesNone() {
    var analysis = Sample.plates
    func wells(_ place: Double?) -> Series {
      Series(
        "wells",
        [
          Series.Column("plate", .texts(["1"])), Series.Column("role", .texts(["sample"])),
          Series.Column("row", .numbers([place])), Series.Column("column", .numbers([place])),
          Series.Column("response", .numbers([3.5])),
        ])
    }
    analysis.series = [wells(27)]
    let svg = figure("plate-quality-plates.svg", analysis)
    expectSound(svg)
    #expect(svg.contains("<title>AA27 · sample") && !svg.contains("Standardised residual"))
    analysis.series = [wells(nil)]
    #expect(svgFigures(Sample.study([analysis])).isEmpty)
  }

  // MARK: Surfaces

  @Test func aSurfaceHasItsLinesRunsAndBestPoints() throws {
    let svg = figure("response-surface-cocktail.svg", Sample.surface())
    expectSound(svg)
    for level in ["15", "20", "25", "30", "35"] {
      #expect(texts(in: svg).count { $0.text == level } >= 2, "\(level)")
    }
    #expect(elements("circle", in: svg).count == 9 + 1)
    #expect(svg.contains(">stationary point (55, 30)<") && svg.contains(">optimum (55, 30)<"))
    // The upper limit of the second factor is beyond what is drawn.
    #expect(svg.components(of: "m-4 6l4 -6l4 6") == 2)
  }

  @Test func theTablesOfASurfaceBeginWithItsBest() {
    let html = htmlReport(Sample.study([Sample.surface()]))
    for expected in [
      "<span class=\"badge calm\">maximum</span>", ">55 [45.3, 64.7]<", ">TPO²<",
      ">Direction<br/>TPO (ng/mL)<", ">0.951<", ">−5.8<",
    ] {
      #expect(html.contains(expected), "\(expected)")
    }
    let shown = text(Sample.surface())
    #expect(shown.contains("Optimum") && !shown.contains("Eigenvalue"))
  }

  @Test func aPointBeyondTheFigureIsSaidAndOneFactorIsACurve() {
    var analysis = Sample.surface()
    analysis.groups = analysis.groups.map { group in
      guard group.place.variable == "stationary_point", group.place.level == "SCF" else {
        return group
      }
      return Sample.group(
        group.place, [("response-surface/delta/estimate", .number(-120))])
    }
    let svg = figure("response-surface-cocktail.svg", analysis)
    #expect(svg.contains("The stationary point lies outside of what is drawn."))
    let curve = figure("response-surface-cocktail.svg", Sample.surface(factors: 1))
    expectSound(curve)
    #expect(elements("circle", in: curve).count == 9)
  }

  @Test func linesOfEqualHeightLieWhereHeightsAreInProportion() throws {
    let corners = [(0.0, 0.0, 0.0), (1, 0, 10), (0, 1, 0), (1, 1, 10)]
    let slope = try #require(ContourGrid(corners.map { (x: $0.0, y: $0.1, height: $0.2) }))
    let line = slope.segments(at: 2.5)
    #expect(line.count == 1)
    #expect(line.flatMap { [$0.from.x, $0.to.x] } == [0.25, 0.25])
    #expect(Set(line.flatMap { [$0.from.y, $0.to.y] }) == [0, 1])
    #expect(slope.segments(at: 11).isEmpty && slope.polygons(above: 11).isEmpty)
    #expect(slope.polygons(above: -1).count == 1)
    let saddle = try #require(
      ContourGrid(
        [(0.0, 0.0, 1.0), (1, 0, 0), (0, 1, 0), (1, 1, 1)].map { (x: $0.0, y: $0.1, height: $0.2) })
    )
    // The middle is 0.5: above 0.4 it joins the high corners, above 0.6 it parts them.
    let joined = saddle.segments(at: 0.4).map { ($0.from.x + $0.to.x, $0.from.y + $0.to.y) }
    #expect(joined.contains { $0.0 > 1 && $0.1 < 1 } && joined.contains { $0.0 < 1 && $0.1 > 1 })
    let parted = saddle.segments(at: 0.6).map { ($0.from.x + $0.to.x, $0.from.y + $0.to.y) }
    #expect(parted.contains { $0.0 < 1 && $0.1 < 1 } && parted.contains { $0.0 > 1 && $0.1 > 1 })
    #expect(ContourGrid([(0, 0, 1), (1, 1, 2)]) == nil)
  }

  // MARK: Troubleshooting

  @Test func findingsHaveTheirVerdictsAsTextAndColour() {
    let html = htmlReport(Sample.study([Sample.troubleshooting]))
    for badge in [
      "strong\">supported", "calm\">not supported", "open\">inconclusive", "open\">no data",
    ] {
      #expect(html.contains("<span class=\"badge \(badge)</span>"), "\(badge)")
    }
    #expect(html.contains("class=\"leading prose\"") && html.contains("nothing was measured"))
    #expect(html.contains("Test lower doses and follow the enzymes weekly."))
    #expect(malformation(html) == nil)
    let shown = text(Sample.troubleshooting, width: 80)
    #expect(shown.contains("  Dose reduction         supported"))
    #expect(!shown.contains("Cochran") && !shown.contains("follow"))
    #expect(svgFigures(Sample.study([Sample.troubleshooting])).isEmpty)
  }

  private func figure(_ name: String, _ analysis: AnalysisResult) -> String {
    svgFigures(Sample.study([analysis])).first { $0.name == name }?.svg ?? ""
  }
}
