import Incidence
import Inference
import TestSupport
import Testing

@Suite struct PublishedIntervalTests {
  @Test(arguments: try referenceTable("Incidence", "published-intervals"))
  func agreesToEveryPrintedDigit(row: ReferenceRow) throws {
    let interval = try interval(row)

    for (limit, column) in [(interval.lower, "lower"), (interval.upper, "upper")] {
      #expect(agrees(try #require(limit), printed: row[column]), "\(limit ?? .nan)")
    }
  }

  private func interval(_ row: ReferenceRow) throws -> ConfidenceInterval {
    if row["measure"] == "rate" {
      let method = try #require(RateIntervalMethod(rawValue: row["method"]))
      return try #require(
        PoissonCount(events: row.int("events"), personYears: row.double("size"))
          .confidenceInterval(method: method, level: row.level))
    }
    let method = try #require(ProportionIntervalMethod(rawValue: row["method"]))
    return try #require(
      BinomialCount(events: row.int("events"), total: row.int("size"))
        .confidenceInterval(method: method, level: row.level))
  }
}
