import Incidence

/// The four cells of a table, which are not whole once something is added to them.
package struct RiskCells: Hashable, Sendable {
  package var events1: Double
  package var nonEvents1: Double
  package var events2: Double
  package var nonEvents2: Double

  package init(events1: Double, nonEvents1: Double, events2: Double, nonEvents2: Double) {
    self.events1 = events1
    self.nonEvents1 = nonEvents1
    self.events2 = events2
    self.nonEvents2 = nonEvents2
  }

  package var total1: Double { events1 + nonEvents1 }
  package var total2: Double { events2 + nonEvents2 }
  package var size: Double { total1 + total2 }
}

/// Events, not whole once something is added to them, over person-time in two groups.
package struct RateCells: Hashable, Sendable {
  package var events1: Double
  package var years1: Double
  package var events2: Double
  package var years2: Double

  package init(events1: Double, years1: Double, events2: Double, years2: Double) {
    self.events1 = events1
    self.years1 = years1
    self.events2 = events2
    self.years2 = years2
  }
}

extension TwoByTwoTable {
  package var cells: RiskCells {
    RiskCells(
      events1: Double(treatment.events), nonEvents1: Double(treatment.nonEvents),
      events2: Double(reference.events), nonEvents2: Double(reference.nonEvents))
  }
}

extension PersonTimeTable {
  package var cells: RateCells {
    RateCells(
      events1: Double(treatment.events), years1: treatment.personYears,
      events2: Double(reference.events), years2: reference.personYears)
  }
}
