import Comparison
import Incidence
import MetaAnalysis
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
