import Reporting
import Results
import Testing

@Suite struct ComparisonMethodTests {
  private static let entries: [Sample.Entry] =
    Sample.counts((7, 1)) + [
      ("risk-difference//estimate", .number(0.06)),
      ("risk-difference/newcombe/lower", .number(0.0012)),
      ("risk-difference/newcombe/upper", .number(0.13)),
      ("risk-difference/wald/lower", .number(0.0061)),
      ("risk-difference/wald/upper", .number(0.1139)),
      ("risk-ratio//estimate", .number(7)),
      ("risk-ratio/koopman/lower", .number(1.1)),
      ("risk-ratio/koopman/upper", .unbounded(.above)),
      ("risk-ratio/likelihood-ratio/lower", .notEstimable("it has gone")),
      ("risk-ratio/likelihood-ratio/upper", .notEstimable("it has gone")),
      ("test/fisher/p_value", .number(0.0649)),
      ("test/likelihood-ratio/statistic", .number(5.2391)),
      ("test/likelihood-ratio/df", .number(1)),
      ("test/likelihood-ratio/p_value", .number(0.0221)),
    ]

  private let one = Sample.comparison([Sample.group(Sample.comparedPlace(""), entries)])
  private let two = Sample.comparison(
    ["Cough", "Rash"].map { Sample.group(Sample.comparedPlace($0), entries) })

  @Test func theMethodsOfOneEventStandBelowEachOther() {
    let expected = """
      Drug against placebo – intervals by method
      Method              Estimate  Lower 95% limit  Upper 95% limit
      ──────────────────────────────────────────────────────────────
      Risk Difference %
        Newcombe              6.00             0.12            13.00
        Wald                  6.00             0.61            11.39
      Risk Ratio
        Koopman              7.000            1.100                ∞
        Likelihood ratio     7.000              NEᵃ              NEᵃ
      Differences: Drug − Placebo; ratios: Drug / Placebo.
      Estimate: the maximum-likelihood value, or the method's own where it has one; NE: not estimable.
      ᵃ it has gone

      Drug against placebo – tests
      Test                 Statistic  df  p-value
      ───────────────────────────────────────────
      Fisher exact                         0.0649
      Likelihood-ratio χ²      5.239   1   0.0221
      """
    let shown = text(one)
    #expect(shown.contains(expected), "\(shown)")
    #expect(!shown.contains("In the report as well"))
  }

  @Test func anEventWithoutANameIsCalledAsTheAnalysis() {
    #expect(text(one).contains("\nDrug against placebo  7 (7.0)"))
  }

  @Test func theMethodsOfSeveralEventsStandSideBySide() {
    let html = htmlReport(Sample.study([two]))
    for expected in [
      "Drug against placebo – Risk Difference % (95% CI) by method",
      ">Newcombe</th><th scope=\"col\">Wald</th>", "<td>6.0 (0.6, 11.4)</td>",
      "Drug against placebo – Risk Ratio (95% CI) by method", "<td>7.00 (NE)<sup>a</sup></td>",
      "Drug against placebo – p-values by test", "<td>0.0649</td><td>0.0221</td>",
    ] {
      #expect(html.contains(expected), "\(expected)")
    }
    #expect(malformation(html) == nil)
  }

  @Test func theTerminalNamesTheFurtherMethodsOfSeveralEvents() {
    #expect(
      text(two, width: 200).contains(
        "In the report as well: Wald, risk difference, Likelihood ratio, risk ratio, "
          + "Likelihood-ratio χ²."))
    #expect(!text(two).contains("by method"))
  }

  @Test func stratifiedMethodsNameTheirWeights() {
    var analysis = Sample.comparison([
      Sample.group(
        Sample.comparedPlace("Cough"),
        [
          ("risk-difference/newcombe/equal/estimate", .number(0.1)),
          ("risk-difference/newcombe/equal/lower", .number(0)),
          ("risk-difference/newcombe/equal/upper", .number(0.2)),
        ])
    ])
    #expect(text(analysis).contains("Newcombe, weights"))
    analysis.methods = []
    #expect(text(analysis).contains("newcombe/equal"))
  }
}
