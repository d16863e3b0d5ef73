import Comparison
import Incidence
import MetaAnalysis
import TestSupport

/// The studies of `Datasets/References/MetaAnalysis`.
enum Studies {
  /// The two-by-two tables of `dataset`, in order.
  static func risks(_ dataset: String) throws -> [TwoByTwoTable] {
    try rows(dataset, kind: "risk").map {
      TwoByTwoTable(
        treatment: try BinomialCount(events: $0.int("x1"), total: $0.int("n1")),
        reference: try BinomialCount(events: $0.int("x2"), total: $0.int("n2")))
    }
  }

  /// The events over person-time of `dataset`, in order.
  static func rates(_ dataset: String) throws -> [PersonTimeTable] {
    try rows(dataset, kind: "rate").map {
      PersonTimeTable(
        treatment: try PoissonCount(events: $0.int("x1"), personYears: $0.double("n1")),
        reference: try PoissonCount(events: $0.int("x2"), personYears: $0.double("n2")))
    }
  }

  /// The effects of `effects.csv`, in order.
  static func effects(_ dataset: String) throws -> [EffectSize] {
    try referenceTable("MetaAnalysis", "effects").filter { $0["dataset"] == dataset }.map {
      EffectSize(value: $0.double("y"), variance: $0.double("v"))
    }
  }

  private static func rows(_ dataset: String, kind: String) throws -> [ReferenceRow] {
    try table.get().filter { $0["dataset"] == dataset && $0["kind"] == kind }
  }

  private static let table = Result { try referenceTable("MetaAnalysis", "datasets") }
}

/// What R's metafor gives for one dataset and measure, from `metafor.csv`.
struct Metafor {
  /// Of those with two risks in each study.
  static let datasets = [
    "bcg", "nissen2007_cvdeath", "nielweise2007", "collins1985a_b", "li2007", "egger2001", "tpora8",
  ]

  let values: [String: Double]

  init(_ dataset: String, _ measure: String) throws {
    let rows = try Metafor.table.get().filter {
      $0["dataset"] == dataset && $0["measure"] == measure
    }
    values = Dictionary(
      uniqueKeysWithValues: rows.compactMap { row in
        Double(row["value"]).map { ("\(row["model"]).\(row["statistic"])", $0) }
      })
  }

  private static let table = Result { try referenceTable("MetaAnalysis", "metafor") }

  /// `nil` where metafor has none.
  subscript(name: String) -> Double? { values[name] }
}
