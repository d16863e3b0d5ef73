import Incidence
import Inference
import Probability
import TestSupport
import Testing

@Suite struct BlakerIntervalTests {
  /// Just inside a limit the count is accepted; at no p outside on a fine grid it is.
  @Test(arguments: [0.5, 0.9, 0.95, 0.999])
  func isTheHullOfTheAcceptedProportions(level: Double) throws {
    let level = try #require(ConfidenceLevel(level))
    for total in [1, 2, 5, 13, 30] {
      for events in 0...total {
        let count = try BinomialCount(events: events, total: total)
        let (lower, upper) = try limits(count, level)
        if events > 0 { #expect(count.acceptability(lower * (1 + 1e-11)) > level.alpha) }
        if events < total {
          #expect(count.acceptability(upper * (1 - 1e-11)) > level.alpha)
        }
        for step in 1..<1000 {
          let p = Double(step) / 1000
          guard p < lower || p > upper else { continue }
          #expect(count.acceptability(p) <= level.alpha, "\(events)/\(total) at \(p)")
        }
      }
    }
  }

  /// The same close to the limits of larger counts.
  @Test func nothingIsAcceptedCloselyOutside() throws {
    var stream = RandomStream(seed: 5)
    for _ in 0..<60 {
      let count = try BinomialCount.random(upTo: 1000, using: &stream)
      let level = try #require(ConfidenceLevel(0.5 + stream.uniform() / 2))
      let (lower, upper) = try limits(count, level)
      for distance in [1e-11, 1e-8, 1e-5, 1e-4, 1e-3, 1e-2] {
        if count.events > 0 {
          #expect(count.acceptability(lower * (1 - distance)) <= level.alpha * (1 + 1e-10))
        }
        guard count.nonEvents > 0 else { continue }
        #expect(count.acceptability(upper + (1 - upper) * distance) <= level.alpha * (1 + 1e-10))
      }
      if count.events > 0 {
        #expect(count.acceptability(lower * (1 + 1e-11)) > level.alpha * (1 - 1e-10))
      }
    }
  }

  /// A rejected p between the limits makes a hull, and a hull has such a p.
  @Test func aGapMakesAHull() throws {
    var hulls = 0
    for (total, step) in [(6, 40), (10, 400), (20, 400)] {
      for events in (total - 2)...total {
        for k in stride(from: step / 2, to: step, by: 1) {
          let level = try #require(ConfidenceLevel(Double(k) / Double(step)))
          let count = try BinomialCount(events: events, total: total)
          let interval = try #require(count.confidenceInterval(method: .blaker, level: level))
          let (lower, upper) = try limits(count, level)
          let points = interval.isHull ? 10_000 : 40
          let hasGap = (1..<points).contains {
            let p = lower + (upper - lower) * Double($0) / Double(points)
            return count.acceptability(p) <= level.alpha
          }
          #expect(interval.isHull == hasGap, "\(count) \(level)")
          if interval.isHull { hulls += 1 }
        }
      }
    }
    #expect(hulls >= 5)
  }

  @Test func liesInsideClopperPearson() throws {
    var stream = RandomStream(seed: 6)
    for _ in 0..<300 {
      let count = try BinomialCount.random(upTo: 2000, using: &stream)
      let exact = try #require(count.confidenceInterval(method: .clopperPearson))
      let (lower, upper) = try limits(count, .percent95)
      // Tied tails widen it by up to 1e-7.
      #expect(try lower >= #require(exact.lower) * (1 - 1e-7))
      #expect(try upper <= #require(exact.upper) * (1 + 1e-7))
    }
  }

  private func limits(
    _ count: BinomialCount, _ level: ConfidenceLevel
  ) throws -> (lower: Double, upper: Double) {
    let interval = try #require(count.confidenceInterval(method: .blaker, level: level))
    return (try #require(interval.lower), try #require(interval.upper))
  }
}

extension BinomialCount {
  /// Pr(γ(X) ≤ γ(x)), one outcome after the other.
  fileprivate func acceptability(_ p: Double) -> Double {
    let law = Binomial(trials: total, probability: p)
    func smallerTail(_ k: Int) -> Double { min(law.lowerTail(k), law.upperTail(k)) }
    let own = smallerTail(events) * (1 + 1e-7)
    return (0...total).reduce(0) { sum, k in
      sum + (k == events || smallerTail(k) <= own ? law.density(k) : 0)
    }
  }
}
