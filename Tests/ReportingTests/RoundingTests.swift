import Inference
import Reporting
import Results
import Testing

private func texts(_ rounding: Rounding) -> String {
  let group = Sample.risk(
    Sample.place(term: "Pain"), 1, of: 16, lower: .number(0.0125), upper: .number(0.4545))
  var study = Sample.study([Sample.incidence([group])])
  study.rounding = rounding
  return textSummary(study, width: 100, maximumRows: 40) + rtfTables(study) + htmlReport(study)
}

@Suite struct RoundingTests {
  @Test(arguments: [
    (0, "1 (6)", "[1, 45]"), (1, "1 (6.3)", "[1.3, 45.5]"), (2, "1 (6.25)", "[1.25, 45.45]"),
    (3, "1 (6.250)", "[1.250, 45.450]"),
  ])
  func decimalsReachPercentages(decimals: Int, count: String, interval: String) {
    let shown = texts(Rounding(.halfAway, decimals: decimals))
    #expect(shown.contains(count) && shown.contains(interval))
  }

  @Test(arguments: [(RoundingRule.halfAway, "1 (6.3)"), (.halfEven, "1 (6.2)")])
  func theRuleDecidesHalves(rule: RoundingRule, count: String) {
    #expect(texts(Rounding(rule)).contains(count))
  }

  @Test func whatHasOtherDecimalsKeepsItsDistance() {
    let rounding = Rounding(.halfAway, decimals: 3)
    #expect(rounding.decimals(usually: 2) == 4)
    #expect(Rounding(.halfAway, decimals: 0).decimals(usually: 0) == 0)
  }

  @Test func footersSayHowNumbersWereRounded() {
    let away = texts(Rounding(.halfAway))
    #expect(
      away.contains("rounded half away from zero where they are shown, percentages to 1 decimal."))
    let even = texts(Rounding(.halfEven, decimals: 0))
    #expect(even.contains("rounded half to even where they are shown, percentages to 0 decimals."))
  }
}
