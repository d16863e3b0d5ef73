import Comparison
import Glibc
import Incidence
import MetaAnalysis
import Probability
import TestSupport

/// The studies of a data set of `datasets.csv`.
func studies(_ dataset: String) throws -> StudyTables {
  let rows = try referenceTable("MetaAnalysis", "datasets").filter { $0["dataset"] == dataset }
  if rows[0]["kind"] == "rate" {
    return .rates(
      try rows.map {
        PersonTimeTable(
          treatment: try PoissonCount(events: $0.int("x1"), personYears: $0.double("n1")),
          reference: try PoissonCount(events: $0.int("x2"), personYears: $0.double("n2")))
      })
  }
  return .risks(
    try rows.map {
      TwoByTwoTable(
        treatment: try BinomialCount(events: $0.int("x1"), total: $0.int("n1")),
        reference: try BinomialCount(events: $0.int("x2"), total: $0.int("n2")))
    })
}

func table(_ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int) throws -> TwoByTwoTable {
  TwoByTwoTable(
    treatment: try BinomialCount(events: x1, total: n1),
    reference: try BinomialCount(events: x2, total: n2))
}

/// The log odds ratio of a table with ½ in all cells.
func oddsWithHalf(_ x1: Int, _ n1: Int, _ x2: Int, _ n2: Int) -> Double {
  log(Double(2 * x1 + 1) / Double(2 * (n1 - x1) + 1))
    - log(Double(2 * x2 + 1) / Double(2 * (n2 - x2) + 1))
}

/// Two to eight studies of rare or common events.
func randomTables(_ random: inout RandomStream) throws -> [TwoByTwoTable] {
  let rate = Double.random(in: 0.01...0.5, using: &random)
  return try (0..<Int.random(in: 2...8, using: &random)).map { _ in
    let (n1, n2) = (Int.random(in: 5...80, using: &random), Int.random(in: 5...80, using: &random))
    let shift = Double.random(in: 0.3...2, using: &random)
    let x1 = (0..<n1).count { _ in
      Double.random(in: 0...1, using: &random) < min(0.95, rate * shift)
    }
    let x2 = (0..<n2).count { _ in Double.random(in: 0...1, using: &random) < rate }
    return try table(x1, n1, x2, n2)
  }
}
