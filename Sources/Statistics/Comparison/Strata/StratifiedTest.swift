import Incidence
public import Inference

/// A test over strata: that the groups' odds are equal, or that they differ alike in all strata.
public enum StratifiedTest: String, StatisticalMethod {
  case cochranMantelHaenszel = "cochran-mantel-haenszel"
  case cochranMantelHaenszelCorrected = "cochran-mantel-haenszel-cc"
  case breslowDay = "breslow-day"
  case breslowDayTarone = "breslow-day-tarone"
  case woolfHomogeneity = "woolf-homogeneity"
  case zelen

  public var title: String {
    switch self {
    case .cochranMantelHaenszel: "Cochran–Mantel–Haenszel"
    case .cochranMantelHaenszelCorrected: "Cochran–Mantel–Haenszel with continuity correction"
    case .breslowDay: "Breslow–Day"
    case .breslowDayTarone: "Breslow–Day with Tarone's correction"
    case .woolfHomogeneity: "Woolf homogeneity"
    case .zelen: "Zelen exact homogeneity"
    }
  }

  public var summary: String {
    switch self {
    case .cochranMantelHaenszel:
      """
      That the risks are equal in every stratum, without continuity correction: SAS PROC FREQ CMH, \
      R's mantelhaen.test with correct = FALSE.
      """
    case .cochranMantelHaenszelCorrected:
      """
      With ½ taken from |Σ(x₁ − E)|, or all of it where it is less: the default of R's \
      mantelhaen.test.
      """
    case .breslowDay:
      """
      That the odds ratios are equal, at that of Mantel and Haenszel: SAS PROC FREQ CMH, the default \
      of R's DescTools and of statsmodels.
      """
    case .breslowDayTarone:
      """
      With Tarone's correction for the estimate of Mantel and Haenszel: CMH(BDT) of SAS PROC FREQ, \
      correct = TRUE in R's DescTools.
      """
    case .woolfHomogeneity:
      """
      That the odds ratios are equal, from their logarithms; ½ in all cells of all strata where any \
      cell is 0: woolf_test in R's vcd, which adds only then too.
      """
    case .zelen:
      """
      That the odds ratios are equal, exactly given all margins and the sum of the events: \
      EXACT EQOR of SAS PROC FREQ; base R has none.
      """
    }
  }

  public var reference: String {
    switch self {
    case .cochranMantelHaenszel, .cochranMantelHaenszelCorrected:
      "Cochran (1954), Biometrics 10:417; Mantel & Haenszel (1959), J. Natl. Cancer Inst. 22:719"
    case .breslowDay: "Breslow & Day (1980), Statistical Methods in Cancer Research, vol. 1"
    case .breslowDayTarone: "Tarone (1985), Biometrika 72:91"
    case .woolfHomogeneity: "Woolf (1955), Ann. Hum. Genet. 19:251"
    case .zelen: "Zelen (1971), Biometrika 58:129"
    }
  }
}

extension Strata where Table == TwoByTwoTable {
  /// The outcome of a test, with strata without events or with events only left out.
  ///
  /// Without any left the test of equal risks has p = 1.
  ///
  /// - Throws: ``NotEstimable`` for a test of equal odds ratios of fewer than two strata, for
  ///   Breslow and Day's where the common odds ratio is 0 or ∞, for Zelen's with too many tables.
  public func test(_ test: StratifiedTest) throws(NotEstimable) -> TestResult {
    guard !tables.isEmpty else { throw .noStratum }
    let informative = Strata(tables.filter { !$0.hasOneOutcomeOnly })
    switch test {
    case .cochranMantelHaenszel: return informative.cochranMantelHaenszel(correction: 0)
    case .cochranMantelHaenszelCorrected:
      return informative.cochranMantelHaenszel(correction: 0.5)
    case .breslowDay: return try informative.breslowDay()
    case .breslowDayTarone: return try informative.breslowDayTarone()
    case .woolfHomogeneity: return try informative.woolf()
    case .zelen: return try informative.zelen()
    }
  }

  /// (|Σ(x₁ − E)| − c)² / ΣV with E = n₁m/N and V = n₁n₂m(N − m)/N²(N − 1), on one degree of freedom.
  ///
  /// At least 0 is left of the difference when the correction c is taken from it.
  private func cochranMantelHaenszel(correction: Double) -> TestResult {
    var (moved, variance) = (0.0, 0.0)
    for table in tables {
      let (n1, n2) = (Double(table.treatment.total), Double(table.reference.total))
      let size = table.size
      moved -= table.eventsMoved(oddsRatio: 1)
      variance +=
        (n1 / size) * (n2 / size) * Double(table.events) * (Double(table.nonEvents) / (size - 1))
    }
    guard variance > 0 else { return oneDegree(0) }
    return oneDegree(max(0, abs(moved) - correction) / variance.squareRoot())
  }
}
