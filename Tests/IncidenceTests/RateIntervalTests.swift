import Glibc
import Incidence
import Inference
import Probability
import TestSupport
import Testing

@Suite struct RateIntervalTests {
  @Test func matchesReference() throws {
    var worst: [RateIntervalMethod: (error: Double, row: String)] = [:]
    for row in try referenceTable("Incidence", "rate-interval") {
      let method = try #require(RateIntervalMethod(rawValue: row["method"]))
      let count = try PoissonCount(
        events: row.int("events"), personYears: row.double("person_years"))
      let interval = try #require(
        count.confidenceInterval(method: method, level: row.level, sides: row.sides))

      let error = max(row.error(interval.lower, "lower"), row.error(interval.upper, "upper"))

      #expect(error <= method.tolerance, "off by \(error): \(row.testDescription)")
      if error >= worst[method]?.error ?? 0 { worst[method] = (error, row.testDescription) }
    }
    for method in RateIntervalMethod.allCases {
      let (error, row) = try #require(worst[method])
      print("worst relative error, rate \(method.rawValue): \(error) \(row)")
    }
  }

  @Test(arguments: RateIntervalMethod.allCases)
  func limitsSolveTheirEquation(method: RateIntervalMethod) throws {
    var stream = RandomStream(seed: 1).split(named: method.rawValue)
    for _ in 0..<300 {
      let events = Int.random(in: 1...2000, using: &stream)
      let count = try PoissonCount(events: events, personYears: 1000 * stream.uniform())
      let level = try #require(ConfidenceLevel(0.5 + stream.uniform() / 2))
      let interval = try #require(count.confidenceInterval(method: method, level: level))
      for (limit, isLower) in [(interval.lower, true), (interval.upper, false)] {
        let rate = try #require(limit)
        guard rate > 0 else { continue }
        let residual = count.residual(method, at: rate, isLower: isLower, level: level)
        #expect(abs(residual) < 1e-11, "\(count) \(level) \(rate)")
      }
    }
  }

  @Test(arguments: RateIntervalMethod.allCases)
  func limitsScaleWithThePersonYears(method: RateIntervalMethod) throws {
    for events in [0, 1, 7, 300] {
      let one = try PoissonCount(events: events, personYears: 3)
        .confidenceInterval(method: method)
      let eight = try PoissonCount(events: events, personYears: 24)
        .confidenceInterval(method: method)
      guard let one, let eight else {
        #expect(method == .waldLog && events == 0)
        continue
      }
      #expect(try #require(one.lower) == 8 * #require(eight.lower))
      #expect(try #require(one.upper) == 8 * #require(eight.upper))
    }
  }

  @Test(arguments: RateIntervalMethod.allCases)
  func isNestedInLevelAndRisesWithTheEvents(method: RateIntervalMethod) throws {
    let levels = try [0.1, 0.5, 0.9, 0.99, 0.999_999].map { try #require(ConfidenceLevel($0)) }
    for level in levels {
      let intervals = try (0...60).compactMap {
        try PoissonCount(events: $0, personYears: 1)
          .confidenceInterval(method: method, level: level)
      }
      for (fewer, more) in zip(intervals, intervals.dropFirst()) {
        #expect(try #require(fewer.lower) < #require(more.lower) || fewer.lower == 0)
        // Few events are so uncertain on the log scale that their limit is above that of more.
        if method != .waldLog { #expect(try #require(fewer.upper) < #require(more.upper)) }
      }
    }
    for events in 0...60 {
      let intervals = try levels.compactMap {
        try PoissonCount(events: events, personYears: 1)
          .confidenceInterval(method: method, level: $0)
      }
      for (inner, outer) in zip(intervals, intervals.dropFirst()) {
        #expect(try #require(outer.lower) <= #require(inner.lower))
        #expect(try #require(outer.upper) > #require(inner.upper) || outer.upper == 0)
      }
    }
  }

  @Test(arguments: RateIntervalMethod.allCases)
  func extremeLevelsGiveFiniteLimits(method: RateIntervalMethod) throws {
    for level in [1.2e-16, 1e-9, 0.4, 1 - 1e-12, 1 - 0x1p-53] {
      for events in [0, 1, 3, 10_000_000] {
        for sides in Sides.allCases {
          let interval = try PoissonCount(events: events, personYears: 10).confidenceInterval(
            method: method, level: try #require(ConfidenceLevel(level)), sides: sides)
          guard let interval else {
            #expect(method == .waldLog && events == 0)
            continue
          }
          for limit in [interval.lower, interval.upper].compactMap({ $0 }) {
            #expect(limit >= 0 && limit.isFinite, "\(events) \(level) \(sides)")
          }
        }
      }
    }
  }

  @Test func midPLiesInsideTheExactInterval() throws {
    for events in 0...300 {
      let count = try PoissonCount(events: events, personYears: 10)
      let midP = try #require(count.confidenceInterval(method: .midP))
      let exact = try #require(count.confidenceInterval(method: .exact))
      #expect(try #require(midP.lower) >= #require(exact.lower))
      #expect(try #require(midP.upper) < #require(exact.upper))
    }
  }

  @Test func withoutEventsTheLowerLimitIsZero() throws {
    let count = try PoissonCount(events: 0, personYears: 10)
    for method in RateIntervalMethod.allCases {
      for sides in Sides.allCases {
        guard let interval = count.confidenceInterval(method: method, sides: sides) else {
          #expect(method == .waldLog)
          continue
        }
        #expect(interval.lower == (sides == .upper ? nil : 0))
        #expect(interval.upper.map { $0 > 0 } == (sides == .lower ? nil : method != .wald))
        #expect(count.isDegenerate(interval) == (method == .wald && sides != .lower))
      }
    }
    // −log(0.025) / 10 and −log(0.05) / 10.
    #expect(
      try #require(count.confidenceInterval(method: .exact)?.upper) / 0.368_887_945_411_393_63 - 1
        < 1e-15)
    #expect(
      try #require(count.confidenceInterval(method: .midP)?.upper) / 0.299_573_227_355_399_1 - 1
        < 1e-15)
  }
}

extension RateIntervalMethod {
  /// The relative error allowed of a limit.
  var tolerance: Double {
    switch self {
    // 4 ulp.
    case .exact, .midP, .score, .jeffreys, .waldLog: 9e-16
    // Differences of close numbers when events are about z².
    case .wald: 2e-15
    // The same at (z² − 1)/6: 7 ulp at 1 event.
    case .scas: 2e-15
    // The cube of a difference of close numbers when events are about z²/9: 28 ulp at 1 event.
    case .byar, .byarHalf: 8e-15
    // Found as roots.
    case .likelihoodRatio: 1e-12
    }
  }
}

extension PoissonCount {
  /// What is left of the equation of a limit: a tail over α/2 less 1, or a score over z less 1.
  func residual(
    _ method: RateIntervalMethod, at rate: Double, isLower: Bool, level: ConfidenceLevel
  ) -> Double {
    let law = Poisson(mean: rate * personYears)
    let outer = isLower ? law.upperTail(events) : law.lowerTail(events)
    let tail = level.tailProbability(.two)
    let z = level.normalCriticalValue(.two)
    let (x, mean) = (Double(events), law.mean)
    let posterior = Gamma(shape: x + 0.5)
    // (μ/y)^⅓ = 1 − 1/9y ± z/3√y.
    func cubeRootScore(_ y: Double) -> Double {
      abs(cbrt(mean / y) - 1 + 1 / (9 * y)) * 3 * y.squareRoot() / z - 1
    }
    return switch method {
    case .exact: outer / tail - 1
    case .midP: (outer - law.density(events) / 2) / tail - 1
    case .score: abs(x - mean) / (z * mean.squareRoot()) - 1
    case .wald: abs(x - mean) / (z * x.squareRoot()) - 1
    case .waldLog: abs(log(mean / x)) * x.squareRoot() / z - 1
    case .jeffreys: (isLower ? posterior.lowerTail(mean) : posterior.upperTail(mean)) / tail - 1
    case .byar: cubeRootScore(isLower ? x : x + 1)
    case .byarHalf: cubeRootScore(x + 0.5)
    case .likelihoodRatio: 2 * (x * log(x / mean) + mean - x) / (z * z) - 1
    case .scas:
      // A z² + z = S/√V + A with A = 1/6√μ, times √μ.
      abs(x - mean - (z * z - 1) / 6) / (z * mean.squareRoot()) - 1
    }
  }
}
