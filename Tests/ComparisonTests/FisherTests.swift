import Comparison
import Incidence
import Probability
import TestSupport
import Testing

@Suite struct FisherTests {
  @Test func matchesReference() throws {
    var worst = Worst()
    for row in try referenceTable("Comparison", "fisher") {
      let table = try row.table
      worst.check(table.fisher(), "fisher", of: row, within: 1e-12)
      worst.check(table.fisher(midP: true), "mid_p", of: row, within: 1e-12)
      worst.check(table.fisherCentral(), "central", of: row, within: 1e-12)
      worst.check(table.fisherCentral(midP: true), "central_mid_p", of: row, within: 1e-12)
      worst.check(table.fisherBlaker(), "blaker", of: row, within: 1e-12)
    }
    worst.report("Fisher's tests")
  }

  /// R 4.2.2 and SciPy 1.17.1; Fagerland's contingencytables for mid-P; R's fisher.test.
  @Test func agreesWithOtherPrograms() throws {
    #expect(relativeError(try table(7, 34, 1, 34).fisher(), 0.0544001305) < 1e-9)
    #expect(abs(try table(7, 34, 1, 34).fisher(midP: true) - 0.02966) < 5e-6)
    #expect(abs(try table(2, 17877, 10, 20000).fisher() - 0.0421) < 5e-5)
    #expect(abs(try table(0, 62, 16, 258).fisher() - 0.0487) < 5e-5)
  }

  /// The definitions, one outcome after the other.
  @Test func matchesTheDefinitions() throws {
    var stream = RandomStream(seed: 31)
    for _ in 0..<2000 {
      let table = try TwoByTwoTable.random(upTo: 80, using: &stream)
      guard !table.hasOneOutcomeOnly else { continue }
      let law = Hypergeometric(
        marked: table.treatment.total, unmarked: table.reference.total, drawn: table.events)
      let x = table.treatment.events
      let own = law.density(x)
      func sum(_ holds: (Int) -> Bool) -> Double {
        law.support.reduce(0) { holds($1) ? $0 + law.density($1) : $0 }
      }
      func smaller(_ u: Int) -> Double { min(law.lowerTail(u), law.upperTail(u)) }
      let whole = sum { law.density($0) <= own * (1 + 1e-7) }
      let ties = sum { abs(law.density($0) / own - 1) <= 1e-7 }
      #expect(relativeError(table.fisher(), whole) < 1e-12, "\(table)")
      #expect(relativeError(table.fisher(midP: true), whole - ties / 2) < 1e-12, "\(table)")
      let blaker = sum { smaller($0) <= smaller(x) * (1 + 1e-7) }
      #expect(relativeError(table.fisherBlaker(), blaker) < 1e-12, "\(table)")
      #expect(relativeError(table.fisherCentral(), min(1, 2 * smaller(x))) < 1e-12)
    }
  }

  @Test func exchangingGroupsOrOutcomesChangesNothing() throws {
    var stream = RandomStream(seed: 32)
    for _ in 0..<2000 {
      let table = try TwoByTwoTable.random(upTo: 1000, using: &stream)
      for other in [table.exchanged, try table.complemented] {
        #expect(relativeError(other.fisher(), table.fisher()) < 1e-11, "\(table)")
        #expect(relativeError(other.fisher(midP: true), table.fisher(midP: true)) < 1e-11)
        #expect(relativeError(other.fisherBlaker(), table.fisherBlaker()) < 1e-11)
        #expect(relativeError(other.fisherCentral(), table.fisherCentral()) < 1e-11)
      }
    }
  }

  @Test func noInformation() throws {
    for table in [try table(0, 10, 0, 12), try table(10, 10, 12, 12)] {
      #expect(table.fisher() == 1 && table.fisher(midP: true) == 1)
      #expect(table.fisherCentral(midP: true) == 1 && table.fisherBlaker() == 1)
    }
  }

  /// Far in the tail the p-value stays a number.
  @Test func extremeTables() throws {
    let huge = try table(900_000, 1_000_000, 100_000, 1_000_000)
    #expect(huge.fisher() >= 0 && huge.fisher() < 1e-300)
    #expect(try table(100, 200, 0, 200).fisher() > 0)
    #expect(try table(0, 1_000_000, 0, 1_000_000).fisher() == 1)
  }
}
