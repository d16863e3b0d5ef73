import Comparison
import Incidence
import Inference
import MetaAnalysis
import Probability
import TestSupport
import Testing

@Suite struct FirthRegressionTests {
  @Test func matchesReference() throws {
    var worst = Worst()
    for (key, rows) in Dictionary(
      grouping: try referenceTable("MetaAnalysis", "firth"), by: { [$0["dataset"], $0["studies"]] })
    {
      guard case .risks(var tables) = try studies(key[0]) else { continue }
      if key[1] == "informative" { tables.removeAll(where: \.hasOneOutcomeOnly) }
      let fit = try FirthRegression(tables)
      let interval = try fit.profileInterval(level: .percent95)
      let test = try fit.profileTest()
      let values = [
        "estimate": fit.estimate, "standard_error": fit.standardError, "lower": interval.lower,
        "upper": interval.upper, "likelihood_ratio": test.statistic, "p_value": test.pValue,
      ]
      #expect(fit.gradientNorm <= 1e-10)
      for row in rows where abs(row.double("value")) > 1e-12 {
        let value = try #require(values[row["statistic"]] ?? nil)
        worst.check(value, "value", of: row, within: 1e-9)
      }
    }
    worst.report("firth")
  }

  /// One study has the maximum of ½ in all cells: log((x₁ + ½)(n₂ − x₂ + ½)/…).
  @Test func oneStudyIsHaldanesEstimate() throws {
    let fit = try FirthRegression([try table(3, 20, 0, 11)])
    #expect(abs(fit.estimate - oddsWithHalf(3, 20, 0, 11)) < 1e-11)
  }

  @Test func swappingTheGroupsTurnsTheSign() throws {
    var random = RandomStream(seed: 5)
    for _ in 0..<200 {
      let tables = try randomTables(&random)
      guard tables.contains(where: { !$0.hasOneOutcomeOnly }) else { continue }
      let fit = try FirthRegression(tables)
      let mirrored = try FirthRegression(tables.map(\.exchanged))
      let reversed = try FirthRegression(tables.reversed())
      let limits = try fit.profileInterval(level: .percent95)
      let others = try mirrored.profileInterval(level: .percent95)
      #expect(abs(fit.estimate + mirrored.estimate) < 1e-9, "\(tables)")
      #expect(abs(fit.estimate - reversed.estimate) < 1e-10, "\(tables)")
      #expect(
        abs(try #require(limits.lower) + (try #require(others.upper))) < 1e-8, "\(tables)")
    }
  }
}
