import Incidence
import Inference
import Probability

// Tests that the odds ratio is the same in all strata, every one of them informative.

extension Strata where Table == TwoByTwoTable {
  /// Σ (x₁ − E)²/V at the odds ratio of Mantel and Haenszel, on k − 1 degrees of freedom.
  ///
  /// E is the number expected under that odds ratio with both margins as observed, and
  /// 1/V = 1/n₁p₁q₁ + 1/n₂p₂q₂ with the risks there.
  func breslowDay() throws(NotEstimable) -> TestResult {
    homogeneity(try breslowDayTerms().reduce(0) { $0 + $1.moved * $1.moved / $1.variance })
  }

  /// Less (Σ (x₁ − E))² / ΣV, since the odds ratio of Mantel and Haenszel is not the most likely one.
  func breslowDayTarone() throws(NotEstimable) -> TestResult {
    let terms = try breslowDayTerms()
    let statistic = terms.reduce(0) { $0 + $1.moved * $1.moved / $1.variance }
    let moved = terms.reduce(0) { $0 + $1.moved }
    let variance = terms.reduce(0) { $0 + $1.variance }
    return homogeneity(max(0, statistic - moved * moved / variance))
  }

  /// Σ w (y − ȳ)² of the log odds ratios y with w = 1/Σ(1/cell), on k − 1 degrees of freedom.
  ///
  /// ½ is added to all cells of all strata where any cell is 0.
  func woolf() throws(NotEstimable) -> TestResult {
    guard tables.count > 1 else { throw .fewerThanTwoStrata }
    let hasZero = tables.contains {
      min($0.treatment.events, $0.treatment.nonEvents, $0.reference.events, $0.reference.nonEvents)
        == 0
    }
    let effects = try tables.map { table throws(NotEstimable) in
      try table.logOddsRatio(adding: hasZero ? 0.5 : 0)
    }
    let weights = effects.map { 1 / ($0.standardError * $0.standardError) }
    let mean =
      zip(weights, effects).reduce(0) { $0 + $1.0 * $1.1.centre } / weights.reduce(0, +)
    return homogeneity(
      zip(weights, effects).reduce(0) { sum, stratum in
        let residual = stratum.1.centre - mean
        return sum + stratum.0 * residual * residual
      })
  }

  /// x₁ − E and V of each stratum.
  private func breslowDayTerms() throws(NotEstimable) -> [(moved: Double, variance: Double)] {
    guard tables.count > 1 else { throw .fewerThanTwoStrata }
    let common = try cells.mantelHaenszelOddsRatio().estimate()
    guard common > 0, common.isFinite else {
      throw NotEstimable("the common odds ratio is 0 or infinite")
    }
    return tables.map { table in
      let term = table.scoreTerm(.oddsRatio, at: common)
      return (-table.eventsMoved(oddsRatio: common), 1 / term.variance)
    }
  }

  private func homogeneity(_ statistic: Double) -> TestResult {
    let degrees = tables.count - 1
    return TestResult(
      statistic: statistic, degreesOfFreedom: degrees,
      pValue: ChiSquare(degreesOfFreedom: Double(degrees)).upperTail(statistic))
  }
}

extension NotEstimable {
  static let fewerThanTwoStrata = NotEstimable("fewer than two strata carry information")
}
