import Reporting
import Results
import Testing

@Suite struct ComparisonTableTests {
  @Test func theMainTableHasCountsContrastAndTest() {
    let groups = [
      Sample.compared("Headache", (4, 6)), Sample.compared("Cough", (12, 5), pValue: 0.0203),
    ]
    let expected = """
      Drug against placebo
                     Drug  Placebo
                  N = 100  N = 100
                                    Risk Difference %
                                             (95% CI)       p-value
      Event         n (%)    n (%)           Newcombe  Fisher exact
      ─────────────────────────────────────────────────────────────
      Cough     12 (12.0)  5 (5.0)    7.0 (2.0, 12.0)        0.0203
      Headache    4 (4.0)  6 (6.0)   −2.0 (−7.0, 3.0)        0.5000
      Differences: Drug − Placebo. Rows by decreasing risk difference.
      n: subjects with the event; N: subjects at risk; %: of N; CI: confidence interval.
      """
    let shown = text(Sample.comparison(groups))
    #expect(shown.contains(expected), "\(shown)")
    #expect(
      htmlReport(Sample.study([Sample.comparison(groups)])).contains(
        ">Risk Difference % (95% CI)<br/>Newcombe<"))
  }

  @Test func rowsStandByDecreasingContrastAndTiesInTheirOrder() {
    let unknown = Sample.group(
      Sample.comparedPlace("Unknown"),
      [("risk-difference//estimate", .notEstimable("no subjects at risk"))])
    let groups =
      [unknown]
      + [("B", 3), ("Z", 7), ("A", 3), ("Y", 0), ("X", 9)].map { term, events in
        Sample.compared(term, (events, 3))
      }
    #expect(labels(Sample.comparison(groups)) == ["X", "Z", "B", "A", "Y", "Unknown"])
  }

  @Test func anInfiniteRatioStandsFirstWhereNoDifferenceWasAskedFor() {
    let ratios: [(String, ReportedValue)] = [
      ("Two", .number(2)), ("None", .notEstimable("no events in either group")),
      ("All", .unbounded(.above)), ("Half", .number(0.5)),
    ]
    let groups = ratios.map { term, ratio in
      Sample.group(Sample.comparedPlace(term), [("risk-ratio//estimate", ratio)])
    }
    #expect(labels(Sample.comparison(groups)) == ["All", "Two", "Half", "None"])
    #expect(text(Sample.comparison(groups)).contains("Ratios: Drug / Placebo."))
  }

  @Test func systemsStandByTheirOwnContrastOrTheLargestOfTheirEvents() {
    let groups = [
      Sample.compared("Cough", (9, 1), system: "Chest"),
      Sample.compared("Sneezing", (12, 1), system: "Chest"),
      Sample.group(
        Sample.comparedPlace("Chest", variable: "system"), Sample.difference((20, 18))),
      Sample.compared("Rash", (8, 1), system: "Skin"),
      Sample.compared("Any", (50, 60)),
    ]
    let shown = labels(Sample.comparison(groups))
    #expect(shown == ["Any", "Skin", "  Rash", "Chest", "  Sneezing", "  Cough"])
  }

  @Test func strataFollowTheirEventAndKeepTheirOrder() {
    func strata(_ term: String, _ system: String, _ events: [(Int, Int)], _ pooled: Double)
      -> [ResultGroup]
    {
      zip(["First", "Second"], events).map { stratum, events in
        Sample.group(Sample.comparedPlace(term, stratum: stratum), Sample.counts(events))
      } + [
        Sample.group(
          Sample.comparedPlace(term, system: system),
          [
            ("risk-difference/mantel-haenszel/estimate", .number(pooled)),
            ("risk-difference/mantel-haenszel/lower", .number(pooled - 0.01)),
            ("risk-difference/mantel-haenszel/upper", .number(pooled + 0.01)),
          ])
      ]
    }
    // The rows of a stratum name no system: equally named events are told apart by their order.
    let groups =
      strata("Pain", "Chest", [(1, 2), (3, 4)], 0.1)
      + strata("Pain", "Skin", [(5, 6), (7, 8)], 0.2)
    let analysis = Sample.comparison(groups)
    #expect(
      labels(analysis) == [
        "Skin", "  Pain", "    First", "    Second", "Chest", "  Pain", "    First", "    Second",
      ])
    let lines = rows(analysis)
    #expect(lines[1].contains("20.0 (19.0, 21.0)"))
    #expect(lines[2].contains("5/100 (5.0)"))
    #expect(lines[6].contains("1/100 (1.0)"))
    #expect(!text(analysis).contains("not reported"))
  }

  @Test func theDenominatorStandsInTheCellsWhereItDiffers() {
    let groups = [
      Sample.compared("Cough", (3, 1)),
      Sample.group(Sample.comparedPlace("Rash"), Sample.difference((2, 1), of: (80, 100))),
    ]
    let shown = text(Sample.comparison(groups))
    #expect(shown.contains("3/100 (3.0)") && shown.contains("2/80 (2.5)"))
    #expect(shown.contains("N = 100"))
    #expect(!shown.contains("1/100"))
  }

  @Test func whatIsUnboundedOrNotEstimableSaysSo() {
    let group = Sample.group(
      Sample.comparedPlace("Cough"),
      Sample.counts((0, 0)) + [
        ("risk-ratio//estimate", .notEstimable("no events in either group")),
        ("risk-ratio/koopman/lower", .number(0)),
        ("risk-ratio/koopman/upper", .unbounded(.above)),
      ])
    let shown = text(Sample.comparison([group]))
    #expect(shown.contains("NE (0.00, ∞)ᵃ"))
    #expect(shown.contains("ᵃ no events in either group"))
    #expect(shown.contains("NE: not estimable"))
  }

  @Test func warningsOfNumbersAreFootnotes() {
    let warning = "accepted values are not an interval"
    let group = Sample.group(
      Sample.comparedPlace("Cough"), Sample.difference((3, 1)), warning: warning)
    let shown = text(Sample.comparison([group]))
    #expect(shown.contains("2.0 (−3.0, 7.0)ᵃ"))
    #expect(shown.contains("ᵃ " + warning))
  }

  @Test func oneSidedLimitsComeWithTheirTest() {
    let entries: [Sample.Entry] = [
      ("risk-difference//estimate", .number(-0.02)),
      ("risk-difference/newcombe/upper", .number(0.031)),
      ("risk-difference/newcombe/p_value", .number(0.0042)),
    ]
    let shown = text(
      Sample.comparison([
        Sample.group(Sample.comparedPlace("Cough"), Sample.counts((3, 5)) + entries)
      ]))
    #expect(shown.contains("−2.0 (≤ 3.1)"))
    #expect(shown.contains("0.0042"))
    #expect(shown.contains("p-value"))
  }

  @Test func adjustedPValuesStandBesideTheFirstTest() {
    let adjusted: [Sample.Entry] = [
      ("test/fisher/holm/adjusted_p_value", .number(0.0312)),
      ("test/fisher/double-fdr/adjusted_p_value", .number(0.0213)),
      ("test/fisher/double-fdr/system_p_value", .number(0.01)),
      ("test/fisher/double-fdr/flag", .number(1)),
    ]
    let analysis = Sample.comparison([
      Sample.group(Sample.comparedPlace("Cough"), Sample.difference((9, 1)) + adjusted)
    ])
    let row = rows(analysis)[0]
    #expect(row.contains("0.5000") && row.contains("0.0312") && row.contains("0.0213‡"))
    #expect(row.hasSuffix(" 0.0100"))
    #expect(
      htmlReport(Sample.study([analysis])).contains(
        "95%, intervals are not adjusted for multiplicity; p-values adjusted over 1 event: Holm, "
          + "Double FDR."))
  }

  @Test func whatPValuesOfSystemsAreHeldToIsSaid() {
    func notes(_ adjustment: String, level: Double) -> String {
      let entries = ["adjusted_p_value", "system_p_value"].map { name -> Sample.Entry in
        ("test/fisher/\(adjustment)/\(name)", .number(0.02))
      }
      let group = Sample.group(
        Sample.comparedPlace("Cough"), Sample.difference((9, 1)) + entries)
      let analysis = Sample.comparison([group], level: level)
      // Lines of the terminal are broken.
      return text(analysis).split(separator: "\n").map { $0.drop { $0 == " " } }
        .joined(separator: " ")
    }
    #expect(
      notes("double-fdr", level: 0.95).contains(
        "Double FDR: p-values of systems are judged at α/2 = 0.025, those of events within their "
          + "system at α = 0.05; the adjusted p-value, the larger of the event's and twice the "
          + "system's, is judged at α."))
    #expect(notes("double-fdr", level: 0.9).contains("α/2 = 0.05, those"))
    let new = notes("new-double-fdr", level: 0.95)
    #expect(new.contains("are judged at α = 0.05; the adjusted p-value of other events is 1."))
    #expect(!new.contains("α/2"))
    #expect(!notes("holm", level: 0.95).contains("judged"))
  }

  @Test(arguments: [
    (0.04996, "0.0500"), (0.00009, "<0.0001"), (0.0001, "0.0001"), (1.0, "1.0000"),
    (0.99996, ">0.9999"), (1 - 1e-15, "1.0000"), (0.0, "<0.0001"),
  ])
  func pValuesHaveFourDecimals(pValue: Double, expected: String) {
    let row = rows(Sample.comparison([Sample.compared("Cough", (3, 1), pValue: pValue)]))[0]
    #expect(row.hasSuffix(" " + expected))
  }

  @Test func ratesShowEventsOverTime() {
    let sides = [("treatment", 4.0, 40.0), ("reference", 2, 50)].flatMap {
      side, events, years -> [Sample.Entry] in
      [
        ("rate//\(side)_events", .number(events)), ("rate//\(side)_person_years", .number(years)),
        ("rate//\(side)_estimate", .number(events / years)),
      ]
    }
    let analysis = Sample.comparison([
      Sample.group(
        Sample.comparedPlace("Cough"), sides + [("rate-ratio//estimate", .number(2.5))])
    ])
    #expect(text(analysis).contains("40.0 person-years"))
    #expect(rows(analysis)[0].contains("4 (0.10)"))
    #expect(rows(analysis)[0].hasSuffix(" 2.50"))
  }

  /// The labels of the first table, with their indents.
  private func labels(_ analysis: AnalysisResult) -> [String] {
    rows(analysis).map { row in
      let indent = row.prefix { $0 == " " }
      return String(indent + row.dropFirst(indent.count).prefix { $0 != " " })
    }
  }

  /// The rows of the first table.
  private func rows(_ analysis: AnalysisResult) -> [String] {
    let lines = text(analysis, width: 200).split(separator: "\n").map(String.init)
    let rule = lines.firstIndex { $0.hasPrefix("──") } ?? 0
    return lines[(rule + 1)...].prefix {
      !$0.hasPrefix("Differences") && !$0.hasPrefix("Ratios")
    }.map { $0 }
  }
}
