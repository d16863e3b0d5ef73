import Comparison
import Incidence
import Inference
import Probability
import Testing

@Suite struct RiskPropertyTests {
  @Test(arguments: RiskInterval.asymptotic)
  func swappingTheArmsNegatesOrInverts(interval: RiskInterval) throws {
    var stream = RandomStream(seed: 11).split(named: "\(interval)")
    for _ in 0..<1000 {
      let table = try TwoByTwoTable.random(upTo: 1e6, using: &stream)
      try expectOpposite(table, table.withArmsSwapped(), interval, using: &stream)
    }
  }

  @Test(arguments: RiskInterval.asymptotic.filter { $0.contrast != .ratio })
  func swappingEventsAndNonEventsNegatesOrInverts(interval: RiskInterval) throws {
    var stream = RandomStream(seed: 12).split(named: "\(interval)")
    for _ in 0..<1000 {
      let table = try TwoByTwoTable.random(upTo: 1e6, using: &stream)
      try expectOpposite(table, table.withOutcomesSwapped(), interval, using: &stream)
    }
  }

  @Test(arguments: RiskInterval.asymptotic)
  func aHigherLevelHoldsTheLower(interval: RiskInterval) throws {
    var stream = RandomStream(seed: 13).split(named: "\(interval)")
    for _ in 0..<500 {
      let table = try TwoByTwoTable.random(upTo: 1e6, using: &stream)
      for sides in Sides.allCases {
        let intervals = ConfidenceLevel.rising.compactMap {
          try? table.confidenceInterval(interval, level: $0, sides: sides)
        }
        for (inner, outer) in zip(intervals, intervals.dropFirst()) {
          #expect(outer.lower ?? 0 <= inner.lower ?? 0, "\(table) \(outer) \(inner)")
          #expect(outer.upper ?? 0 >= inner.upper ?? 0, "\(table) \(outer) \(inner)")
        }
      }
    }
  }

  /// Wald's limits turn back towards their degenerate ends; see the incidence of one group.
  @Test(arguments: RiskInterval.score + RiskInterval.likelihood + [.difference(.newcombe)])
  func limitsRiseWithTheEventsOfTheTreatmentGroup(interval: RiskInterval) throws {
    for (total1, total2) in [(1, 1), (5, 2), (8, 13), (40, 9)] {
      for events2 in 0...total2 {
        let reference = try BinomialCount(events: events2, total: total2)
        let intervals = try (0...total1).map {
          try TwoByTwoTable(
            treatment: BinomialCount(events: $0, total: total1), reference: reference
          ).confidenceInterval(interval)
        }
        for (fewer, more) in zip(intervals, intervals.dropFirst()) {
          // Of two tables with one outcome only, one says nothing of a ratio.
          guard fewer.upper != .infinity || fewer.lower != 0 else { continue }
          guard more.upper != .infinity || more.lower != 0 else { continue }
          #expect(fewer.lower ?? 0 <= more.lower ?? 0, "\(reference) \(fewer) \(more)")
          #expect(fewer.upper ?? 0 <= more.upper ?? 0, "\(reference) \(fewer) \(more)")
        }
      }
    }
  }

  @Test(arguments: RiskInterval.asymptotic)
  func limitsAreInOrderInsideTheRange(interval: RiskInterval) throws {
    let levels = [1e-9, 0.2, 0.5, 0.95, 1 - 1e-12, 1 - 0x1p-53].compactMap { ConfidenceLevel($0) }
    let lowest: Double = interval.isRatio ? 0 : -1
    let highest: Double = interval.isRatio ? .infinity : 1
    var stream = RandomStream(seed: 14).split(named: "\(interval)")
    for _ in 0..<300 {
      let table = try TwoByTwoTable.random(upTo: 1e12, using: &stream)
      for level in levels {
        for sides in Sides.allCases {
          let found = try? table.confidenceInterval(interval, level: level, sides: sides)
          let (lower, upper) = (found?.lower ?? lowest, found?.upper ?? highest)
          #expect(lowest <= lower && lower <= upper && upper <= highest, "\(table) \(level)")
        }
      }
    }
  }

  @Test(arguments: RiskInterval.score + RiskInterval.likelihood)
  func theEstimateLiesInside(interval: RiskInterval) throws {
    var stream = RandomStream(seed: 15).split(named: "\(interval)")
    for _ in 0..<2000 {
      let table = try TwoByTwoTable.random(upTo: 1e9, using: &stream)
      guard let estimate = try? table.estimate(of: interval.contrast) else { continue }
      let level = ConfidenceLevel.random(using: &stream)
      let found = try table.confidenceInterval(interval, level: level)
      #expect(found.contains(estimate), "\(table) \(found)")
    }
  }

  @Test(arguments: RiskInterval.score + RiskInterval.likelihood + RiskInterval.skewnessCorrected)
  func aRatioOfNothingToNothingIsUnbounded(interval: RiskInterval) throws {
    guard interval.isRatio else { return }
    for (total1, total2) in [(1, 1), (10, 20), (3, 1_000_000)] {
      let table = TwoByTwoTable(
        treatment: try BinomialCount(events: 0, total: total1),
        reference: try BinomialCount(events: 0, total: total2))
      let found = try table.confidenceInterval(interval)
      #expect(found.lower == 0 && found.upper == .infinity)
      #expect(try table.test(interval, null: 1, alternative: .two)?.pValue == 1)
    }
  }

  private func expectOpposite(
    _ table: TwoByTwoTable, _ other: TwoByTwoTable, _ interval: RiskInterval,
    using stream: inout RandomStream
  ) throws {
    let level = ConfidenceLevel.random(using: &stream)
    guard let one = try? table.confidenceInterval(interval, level: level) else {
      #expect((try? other.confidenceInterval(interval, level: level)) == nil)
      return
    }
    let mirrored = try other.confidenceInterval(interval, level: level)
    let (lower, upper) = (try #require(one.lower), try #require(one.upper))
    for (limit, opposite) in [(lower, mirrored.upper), (upper, mirrored.lower)] {
      #expect(
        areOpposite(
          limit, try #require(opposite), isRatio: interval.isRatio, width: upper - lower),
        "\(table) \(level.value) \(one) \(mirrored)")
    }
  }
}
