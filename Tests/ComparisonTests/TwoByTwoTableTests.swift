import Comparison
import Incidence
import Testing

@Suite("Two-by-two tables") struct TwoByTwoTableTests {
  @Test("add up") func sums() throws {
    let table = TwoByTwoTable(
      treatment: try BinomialCount(events: 7, total: 34),
      reference: try BinomialCount(events: 1, total: 36))
    #expect(table.events == 8)
    #expect(table.nonEvents == 62)
    #expect(table.total == 70)
    #expect(!table.hasOneOutcomeOnly)
  }
}
