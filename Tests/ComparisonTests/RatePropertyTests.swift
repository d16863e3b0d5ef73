import Comparison
import Incidence
import Inference
import Probability
import Testing

@Suite struct RatePropertyTests {
  @Test(arguments: RateInterval.asymptotic)
  func swappingTheArmsNegatesOrInverts(interval: RateInterval) throws {
    var stream = RandomStream(seed: 21).split(named: "\(interval)")
    for _ in 0..<1000 {
      let table = try PersonTimeTable.random(using: &stream)
      let level = ConfidenceLevel.random(using: &stream)
      guard let one = try? table.confidenceInterval(interval, level: level) else { continue }
      let other = try table.withArmsSwapped().confidenceInterval(interval, level: level)
      let (lower, upper) = (try #require(one.lower), try #require(one.upper))
      for (limit, opposite) in [(lower, other.upper), (upper, other.lower)] {
        #expect(
          areOpposite(
            limit, try #require(opposite), isRatio: interval.isRatio, width: upper - lower),
          "\(table) \(level.value) \(one) \(other)")
      }
    }
  }

  @Test(arguments: RateInterval.asymptotic)
  func aHigherLevelHoldsTheLower(interval: RateInterval) throws {
    var stream = RandomStream(seed: 22).split(named: "\(interval)")
    for _ in 0..<500 {
      let table = try PersonTimeTable.random(using: &stream)
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

  @Test(arguments: RateInterval.score + [.difference(.mover), .ratio(.mover)])
  func limitsRiseWithTheEventsOfTheTreatmentGroup(interval: RateInterval) throws {
    for (years1, years2) in [(1.0, 1.0), (12.5, 3.0), (0.2, 900.0)] {
      for events2 in [0, 1, 2, 7, 40] {
        let reference = try PoissonCount(events: events2, personYears: years2)
        let intervals = try (0...40).map {
          try PersonTimeTable(
            treatment: PoissonCount(events: $0, personYears: years1), reference: reference
          ).confidenceInterval(interval)
        }
        for (fewer, more) in zip(intervals, intervals.dropFirst()) {
          #expect(fewer.lower ?? 0 <= more.lower ?? 0, "\(reference) \(fewer) \(more)")
          #expect(fewer.upper ?? 0 <= more.upper ?? 0, "\(reference) \(fewer) \(more)")
        }
      }
    }
  }

  /// The unit of time changes nothing but the unit of a difference.
  @Test(arguments: RateInterval.asymptotic)
  func limitsFollowTheUnitOfTime(interval: RateInterval) throws {
    var stream = RandomStream(seed: 23).split(named: "\(interval)")
    for _ in 0..<500 {
      let table = try PersonTimeTable.random(using: &stream)
      let unit: Double = Bool.random(using: &stream) ? 0x1p-90 : 0x1p90
      let scaled = PersonTimeTable(
        treatment: try table.treatment.scaled(by: unit),
        reference: try table.reference.scaled(by: unit))
      guard let one = try? table.confidenceInterval(interval) else { continue }
      let other = try scaled.confidenceInterval(interval)
      let factor: Double = interval.isRatio ? 1 : unit
      let (lower, upper) = (try #require(one.lower), try #require(one.upper))
      let width: Double = interval.isRatio ? 0 : upper - lower
      for (limit, other) in [(lower, other.lower), (upper, other.upper)] {
        let found = try #require(other) * factor
        #expect(
          found == limit || abs(found - limit) <= 1e-12 * max(width, abs(limit)), "\(table)")
      }
    }
  }

  @Test(arguments: RateInterval.asymptotic)
  func limitsAreInOrderInsideTheRange(interval: RateInterval) throws {
    let levels = [1e-9, 0.2, 0.5, 0.95, 1 - 1e-12, 1 - 0x1p-53].compactMap { ConfidenceLevel($0) }
    for years1 in [1e-30, 0.5, 1e30] {
      for years2 in [1e-30, 40, 1e30] {
        for (events1, events2) in [(0, 0), (0, 1), (1, 0), (3, 2), (1_000_000, 1), (0, 1_000_000)] {
          let table = PersonTimeTable(
            treatment: try PoissonCount(events: events1, personYears: years1),
            reference: try PoissonCount(events: events2, personYears: years2))
          for level in levels {
            for sides in Sides.allCases {
              let found = try? table.confidenceInterval(interval, level: level, sides: sides)
              let lower = found?.lower ?? (interval.isRatio ? 0 : -.infinity)
              #expect(lower >= (interval.isRatio ? 0 : -.infinity), "\(table) \(level)")
              #expect(lower <= found?.upper ?? .infinity, "\(table) \(level)")
            }
          }
        }
      }
    }
  }

  @Test(arguments: RateInterval.score)
  func theEstimateLiesInside(interval: RateInterval) throws {
    var stream = RandomStream(seed: 24).split(named: "\(interval)")
    for _ in 0..<2000 {
      let table = try PersonTimeTable.random(using: &stream)
      guard let estimate = try? table.estimate(of: interval.contrast) else { continue }
      let level = ConfidenceLevel.random(using: &stream)
      let found = try table.confidenceInterval(interval, level: level)
      #expect(found.contains(estimate), "\(table) \(found)")
    }
  }
}

extension PoissonCount {
  fileprivate func scaled(by unit: Double) throws -> PoissonCount {
    try PoissonCount(events: events, personYears: personYears * unit)
  }
}
