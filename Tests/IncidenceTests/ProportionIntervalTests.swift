import Glibc
import Incidence
import Inference
import Probability
import TestSupport
import Testing

@Suite struct ProportionIntervalTests {
  @Test func matchesReference() throws {
    var worst: [ProportionIntervalMethod: (error: Double, row: String)] = [:]
    for row in try referenceTable("Incidence", "proportion-interval") {
      let method = try #require(ProportionIntervalMethod(rawValue: row["method"]))
      let interval = try #require(
        row.proportionCount.confidenceInterval(
          method: method, level: row.level, sides: row.sides))

      let error = max(row.error(interval.lower, "lower"), row.error(interval.upper, "upper"))

      #expect(error <= method.tolerance, "off by \(error): \(row.testDescription)")
      if error >= worst[method]?.error ?? 0 { worst[method] = (error, row.testDescription) }
    }
    for method in ProportionIntervalMethod.allCases {
      let (error, row) = try #require(worst[method])
      print("worst relative error, \(method.rawValue): \(error) \(row)")
    }
  }

  /// The equation that defines each limit, with the limit put back.
  @Test(arguments: ProportionIntervalMethod.allCases.filter { $0 != .blaker })
  func limitsSolveTheirEquation(method: ProportionIntervalMethod) throws {
    var stream = RandomStream(seed: 1).split(named: method.rawValue)
    for _ in 0..<300 {
      let count = try BinomialCount.random(upTo: 3000, using: &stream)
      let level = try #require(ConfidenceLevel(0.5 + stream.uniform() / 2))
      guard let interval = count.confidenceInterval(method: method, level: level) else { continue }
      for (limit, isLower) in [(interval.lower, true), (interval.upper, false)] {
        let p = try #require(limit)
        guard p > 0, p < 1 else { continue }
        let residual = count.residual(method, at: p, isLower: isLower, level: level)
        #expect(abs(residual) < 1e-11, "\(count) \(level) \(p)")
      }
    }
  }

  @Test(arguments: ProportionIntervalMethod.allCases)
  func swappingEventsAndNonEventsMirrorsTheInterval(method: ProportionIntervalMethod) throws {
    var stream = RandomStream(seed: 2).split(named: method.rawValue)
    for _ in 0..<300 {
      let count = try BinomialCount.random(upTo: 500, using: &stream)
      let mirrored = try BinomialCount(events: count.nonEvents, total: count.total)
      guard let one = count.confidenceInterval(method: method) else { continue }
      let other = try #require(mirrored.confidenceInterval(method: method))
      #expect(abs(try #require(one.lower) + #require(other.upper) - 1) < 1e-15)
      #expect(abs(try #require(one.upper) + #require(other.lower) - 1) < 1e-15)
    }
  }

  @Test(arguments: ProportionIntervalMethod.allCases)
  func aHigherLevelHoldsTheLower(method: ProportionIntervalMethod) throws {
    var stream = RandomStream(seed: 3).split(named: method.rawValue)
    for _ in 0..<200 {
      let count = try BinomialCount.random(upTo: 500, using: &stream)
      let intervals = try [0.1, 0.5, 0.8, 0.95, 0.999, 0.999_999].map {
        count.confidenceInterval(method: method, level: try #require(ConfidenceLevel($0)))
      }
      .compactMap { $0 }
      for (inner, outer) in zip(intervals, intervals.dropFirst()) {
        #expect(try #require(outer.lower) <= #require(inner.lower))
        #expect(try #require(outer.upper) >= #require(inner.upper))
      }
    }
  }

  @Test(arguments: ProportionIntervalMethod.allCases)
  func limitsRiseWithTheEvents(method: ProportionIntervalMethod) throws {
    // Wald's upper limit falls towards its degenerate end at all events.
    guard method != .wald, method != .waldCorrected else { return }
    for total in [1, 2, 9, 60] {
      let intervals = try (0...total).compactMap {
        try BinomialCount(events: $0, total: total).confidenceInterval(method: method)
      }
      for (fewer, more) in zip(intervals, intervals.dropFirst()) {
        #expect(try #require(fewer.lower) <= #require(more.lower))
        #expect(try #require(fewer.upper) <= #require(more.upper))
      }
    }
  }

  @Test func midPLiesInsideClopperPearson() throws {
    var stream = RandomStream(seed: 4)
    for _ in 0..<500 {
      let count = try BinomialCount.random(upTo: 2000, using: &stream)
      let midP = try #require(count.confidenceInterval(method: .midP))
      let exact = try #require(count.confidenceInterval(method: .clopperPearson))
      #expect(try #require(midP.lower) >= #require(exact.lower))
      #expect(try #require(midP.upper) <= #require(exact.upper))
    }
  }

  @Test(arguments: ProportionIntervalMethod.allCases)
  func endsAreExactWithoutEventsAndWithAll(method: ProportionIntervalMethod) throws {
    for total in [1, 20, 10_000_000] {
      for level in [0.2, 0.5, 0.95, 0.999_999_999] {
        for sides in method.possibleSides {
          let level = try #require(ConfidenceLevel(level))
          let none = try BinomialCount(events: 0, total: total)
            .confidenceInterval(method: method, level: level, sides: sides)
          let all = try BinomialCount(events: total, total: total)
            .confidenceInterval(method: method, level: level, sides: sides)
          guard let none, let all else {
            #expect(method == .logit && none == nil && all == nil)
            continue
          }
          #expect(none.lower == (sides == .upper ? nil : 0))
          #expect(all.upper == (sides == .lower ? nil : 1))
          for limit in [none.upper, all.lower].compactMap({ $0 }) {
            #expect(limit >= 0 && limit <= 1)
          }
        }
      }
    }
  }

  @Test func aTwoSidedIntervalWithoutEventsKeepsHalfOfAlpha() throws {
    let count = try BinomialCount(events: 0, total: 20)
    let twoSided = try #require(count.confidenceInterval(method: .clopperPearson)?.upper)
    let oneSided = try #require(
      count.confidenceInterval(method: .clopperPearson, sides: .upper)?.upper)
    let midP = try #require(count.confidenceInterval(method: .midP)?.upper)
    #expect(abs(twoSided - 0.1684) < 0.00005)
    #expect(abs(oneSided - 0.1391) < 0.00005)
    #expect(relativeError(midP, oneSided) < 1e-15)
  }

  @Test(arguments: ProportionIntervalMethod.allCases)
  func extremeLevelsStayWithinTheParameterSpace(method: ProportionIntervalMethod) throws {
    for level in [1.2e-16, 1e-9, 0.4, 1 - 1e-12, 1 - 0x1p-53] {
      for (events, total) in [(1, 2), (1, 10_000_000), (9_999_999, 10_000_000), (3, 50)] {
        for sides in method.possibleSides {
          let level = try #require(ConfidenceLevel(level))
          let interval = try #require(
            BinomialCount(events: events, total: total).confidenceInterval(
              method: method, level: level, sides: sides))
          for limit in [interval.lower, interval.upper].compactMap({ $0 }) {
            #expect(limit >= 0 && limit <= 1, "\(events) \(total) \(level) \(sides)")
          }
        }
      }
    }
  }

  @Test(arguments: [ProportionIntervalMethod.likelihoodRatio, .blaker])
  func theProportionLiesBetweenTheLimitsAtEveryLevel(method: ProportionIntervalMethod) throws {
    for level in [1.2e-16, 1e-12, 1e-6, 0.01, 0.3, 0.95, 0.999_999, 1 - 0x1p-53] {
      let level = try #require(ConfidenceLevel(level))
      for total in [1, 2, 3, 4, 5, 10, 11, 37, 50, 1000, 1_000_000] {
        for events in Set([0, 1, 2, total / 3, total / 2, total - 1, total]) where events <= total {
          let count = try BinomialCount(events: events, total: total)
          let interval = try #require(count.confidenceInterval(method: method, level: level))
          let (lower, upper) = (try #require(interval.lower), try #require(interval.upper))
          // Rounding of the estimate shows at levels near 0.
          #expect(lower <= count.proportion * (1 + 1e-15), "\(events)/\(total) \(level.value)")
          #expect(upper >= count.proportion * (1 - 1e-15), "\(events)/\(total) \(level.value)")
        }
      }
    }
  }

  @Test(arguments: [0, 20])
  func waldIsDegenerateWithoutEventsAndWithoutNonEvents(events: Int) throws {
    let count = try BinomialCount(events: events, total: 20)
    for sides in Sides.allCases {
      let isOpen = (sides != .lower && count.events == 0) || (sides != .upper && count.events > 0)
      for method in ProportionIntervalMethod.allCases where method.possibleSides.contains(sides) {
        guard let interval = count.confidenceInterval(method: method, sides: sides) else {
          continue
        }
        #expect(count.isDegenerate(interval) == (method == .wald && isOpen))
      }
    }
  }
}
