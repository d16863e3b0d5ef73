import Inference
import Reporting
import Results
import Testing

private func read(_ study: StudyResults) throws -> RTFReading {
  let reading = RTFReading(rtfTables(study))
  try #require(reading.malformation == nil)
  return reading
}

/// An incidence of `terms` in `arms`.
private func analysis(_ terms: [String], arms: [String] = ["a"], id: String = "aes")
  -> AnalysisResult
{
  Sample.incidence(
    arms.flatMap { arm in
      terms.map { Sample.risk(Sample.place(arm: arm, term: $0), 3, of: 40) }
    }, id: id)
}

@Suite struct RTFTests {
  @Test func whateverIsInATextIsReadBack() throws {
    let term = "Brûlure {≥ 38 °C} \\ naïve 𝛼 😀 5% 日本"
    let rtf = rtfTables(Sample.study([analysis([term])]))
    #expect(rtf.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E).contains($0) })
    let rows = try read(Sample.study([analysis([term])])).sections[0].rows
    #expect(rows.last?.cells.first == term)
  }

  @Test func controlCharactersVanishAndLinesBreak() throws {
    let rows = try read(Sample.study([analysis(["a\u{7}b\nc\u{85}d"])])).sections[0].rows
    #expect(rows.last?.cells.first == "ab cd")
  }

  @Test func theHeaderIsRepeatedAndRuled() throws {
    let rows = try read(Sample.study([analysis(["Pain", "Rash"])])).sections[0].rows
    #expect(rows.map(\.isHeader) == [true, true, false, false])
    #expect(rows[0].cells.contains { $0.contains("N = 40") })
    #expect(rows[1].cells.contains { $0.contains("95% CI") })
    #expect(rows[0].rules.contains("clbrdrt") && rows[1].rules == ["clbrdrb"])
    #expect(rows[2].rules == [] && rows[3].rules == ["clbrdrb"])
    #expect(rows[3].cells == ["Rash", "3 (7.5)", "[10.0, 20.0]"])
  }

  @Test func titleAndPageNumberStandOnEachPage() throws {
    let reading = try read(Sample.study([analysis(["Pain"])]))
    #expect(reading.title == "A study")
    let header = reading.sections[0].header
    #expect(header.contains("A study\tPage 1 of 1\n"))
    #expect(header.contains("Table 1. Adverse events"))
    let rtf = rtfTables(Sample.study([analysis(["Pain"])]))
    #expect(rtf.contains("{\\*\\fldinst{ PAGE }}") && rtf.contains("{\\*\\fldinst{ NUMPAGES }}"))
  }

  @Test func footnotesStandAtTheFootOfEachPage() throws {
    let place = Sample.place(term: "Pain")
    var analysis = Sample.incidence([Sample.risk(place, 3, of: 40, warning: "a rough limit")])
    analysis.notes = ["Population: all treated."]
    analysis.sources = ["paper"]
    let source = StudyResults.Source(id: "paper", citation: "Mei (2021)", doi: nil, url: nil)
    let section = try read(Sample.study([analysis], sources: [source])).sections[0]
    for note in [
      "CI: confidence interval", "a a rough limit", "Population: all treated.",
      "Level: 95%, not adjusted for multiplicity.",
      "Methods: Wilson (Wilson (1927), J. Am. Stat. Assoc. 22:209).", "paper: Mei (2021)",
      "Theriac 1.0, build abc", "rounded half away from zero", "percentages to 1 decimal.",
    ] {
      #expect(section.footer.contains(note), "\(note)")
    }
    #expect(section.rows.last?.cells.last == "[10.0, 20.0]a")
    #expect(!section.body.contains("Further notes"))
  }

  @Test func theFootSaysHowTheNumbersOfItsOwnTableAreRounded() throws {
    func foot(_ analysis: AnalysisResult, decimals: Int = 1) throws -> String {
      var study = Sample.study([analysis])
      study.rounding = Rounding(.halfAway, decimals: decimals)
      return try read(study).sections[0].footer
    }
    let rates = Sample.incidence([
      Sample.rate(
        Sample.place(term: "Pain"), 3, personYears: 40, lower: .number(1), upper: .number(2))
    ])
    #expect(try foot(rates).contains("where they are shown, rates to 2 decimals. Unrounded"))
    #expect(try foot(rates, decimals: 2).contains("shown, rates to 3 decimals. Unrounded"))
    let compared = Sample.comparison([
      Sample.group(
        Sample.comparedPlace("Cough"),
        Sample.difference((12, 5)) + [("risk-ratio//estimate", .number(2.4))])
    ])
    #expect(
      try foot(compared).contains("shown, percentages to 1 decimal, ratios to 2 decimals. Un"))
    let pooled = Sample.metaAnalysis([])
    #expect(try !foot(pooled).contains("percentages to"))
  }

  @Test func whatIsTooMuchForTheFootFollowsTheTable() throws {
    var analysis = analysis(["Pain"])
    analysis.warnings = (1...60).map { "warning number \($0) that must not be lost" }
    let section = try read(Sample.study([analysis])).sections[0]
    #expect(section.footer.contains("Further notes follow the table."))
    #expect(section.footer.split(separator: "\n").count <= 15)
    for number in 1...60 {
      let text = "warning number \(number) that"
      #expect(section.footer.contains(text) != section.body.contains(text))
    }
  }

  @Test func eachTableBeginsAPageAndHasItsNumber() throws {
    let reading = try read(Sample.study([analysis(["Pain"]), analysis(["Rash"], id: "more")]))
    #expect(reading.sections.count == 2)
    #expect(reading.sections[1].header.contains("Table 2. Adverse events"))
    #expect(reading.sections.map { $0.rows.last?.cells.first } == ["Pain", "Rash"])
  }

  @Test func aLongTableHasItsHeaderOnEachPageAndAllItsRowsOnce() throws {
    let terms = (1...900).map { "Term \($0)" }
    let section = try read(Sample.study([analysis(terms)])).sections[0]
    #expect(section.rows.filter { !$0.isHeader }.map { $0.cells[0] } == terms)
    let pages = section.rows.split { $0.isHeader }
    #expect(section.pageBreaks == pages.count - 1)
    #expect(
      pages.allSatisfy { (30...60).contains($0.count) || $0.endIndex == section.rows.endIndex })
    #expect(section.rows.filter(\.isHeader).count == 2 * pages.count)
    for page in pages {
      #expect(page.dropLast().allSatisfy { $0.rules.isEmpty })
      #expect(page.last?.rules == ["clbrdrb"])
    }
  }

  @Test func headingsAreNotTheLastOfAPage() throws {
    let groups = (0..<200).map { index in
      Sample.risk(
        Sample.place(system: "System \(index / 2)", term: "Term \(index)"), 3, of: 40)
    }
    let section = try read(Sample.study([Sample.incidence(groups)])).sections[0]
    #expect(section.pageBreaks > 2)
    for page in section.rows.split(whereSeparator: \.isHeader) {
      #expect(page.last?.cells.first?.hasPrefix("Term") == true)
    }
  }

  @Test func wideTablesLieOnTheirSideAndNoneLeavesThePage() throws {
    let narrow = try read(Sample.study([analysis(["Pain"])])).sections[0]
    let arms = (1...5).map { "Dose level \($0)" } + ["Placebo"]
    let wide = try read(Sample.study([analysis(["Pain"], arms: arms)])).sections[0]
    #expect(!narrow.isLandscape && wide.isLandscape)
    for (section, room) in [(narrow, 10_080), (wide, 13_680)] {
      for row in section.rows {
        #expect(row.ends == row.ends.sorted() && row.ends[row.ends.count - 1] <= room)
      }
    }
  }

  @Test func columnsThatFitNoSheetAreDividedWithTheirLabels() throws {
    let events = (1...3).flatMap { arm in
      ["Pain", "Rash"].map { term in
        Sample.risk(
          Sample.place(arm: String(repeating: "Supercalifragilistic\(arm)", count: 4), term: term),
          3,
          of: 40)
      }
    }
    let reading = try read(Sample.study([Sample.incidence(events)]))
    #expect(reading.sections.count > 1)
    for (index, section) in reading.sections.enumerated() {
      #expect(section.header.contains("(part \(index + 1) of \(reading.sections.count))"))
      #expect(section.rows.filter { !$0.isHeader }.map { $0.cells[0] } == ["Pain", "Rash"])
      #expect(section.rows.allSatisfy { $0.ends[$0.ends.count - 1] <= 13_680 })
    }
  }

  @Test func anAnalysisWithoutATableIsNotPassedOver() throws {
    var failed = AnalysisResult(id: "aes", kind: "incidence", title: "Events", level: 0.95)
    failed.outcome = .failed("no count prints as 5.5 %")
    let section = try read(Sample.study([failed])).sections[0]
    #expect(section.header.contains("Events"))
    #expect(section.body.contains("This analysis failed. no count prints as 5.5 %"))
  }

  @Test func theBytesFollowFromTheResultsAlone() {
    let study = Sample.study([analysis(["Pain"])])
    #expect(rtfTables(study) == rtfTables(study))
  }
}
