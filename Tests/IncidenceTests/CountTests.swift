import Incidence
import Testing

@Suite struct CountTests {
  @Test func refusesCountsThatCannotBe() {
    #expect(throws: CountError.noSubjects) { try BinomialCount(events: 0, total: 0) }
    #expect(throws: CountError.outOfRange(events: 3, total: 2)) {
      try BinomialCount(events: 3, total: 2)
    }
    #expect(throws: CountError.outOfRange(events: -1, total: 2)) {
      try BinomialCount(events: -1, total: 2)
    }
    #expect(throws: CountError.negative(events: -1)) {
      try PoissonCount(events: -1, personYears: 2)
    }
    for personYears in [0, -1, Double.infinity] {
      #expect(throws: CountError.noTimeAtRisk(personYears: personYears)) {
        try PoissonCount(events: 1, personYears: personYears)
      }
    }
    #expect(throws: CountError.self) { try PoissonCount(events: 1, personYears: .nan) }
  }

  @Test func estimates() throws {
    #expect(try BinomialCount(events: 3, total: 12).proportion == 0.25)
    #expect(try BinomialCount(events: 3, total: 12).nonEvents == 9)
    #expect(try PoissonCount(events: 3, personYears: 12).rate == 0.25)
  }

  @Test func methodsDescribeThemselves() {
    for method in ProportionIntervalMethod.allCases {
      #expect(!method.title.isEmpty && method.summary.hasSuffix("."))
      #expect(method.reference.contains("("))
    }
    for method in RateIntervalMethod.allCases {
      #expect(!method.title.isEmpty && method.summary.hasSuffix("."))
      #expect(method.reference.contains("("))
    }
  }
}
