import Incidence
import Inference
import Probability
import TestSupport
import Testing

/// The probability that an exact interval holds the true value, summed over all outcomes: never
/// below the level.
@Suite struct ExactCoverageTests {
  @Test(arguments: [ProportionIntervalMethod.clopperPearson, .blaker], [0.9, 0.95, 0.99])
  func proportions(method: ProportionIntervalMethod, level: Double) throws {
    let level = try #require(ConfidenceLevel(level))
    for n in 1...15 {
      let intervals = try (0...n).map { x in
        let count = try BinomialCount(events: x, total: n)
        return try #require(count.confidenceInterval(method: method, level: level))
      }
      for (p, coverage) in coverages(intervals, 0...1, { Binomial(trials: n, probability: $0) }) {
        #expect(coverage >= level.value - 1e-13, "\(method) of \(n) at \(p)")
      }
    }
  }

  @Test(arguments: [0.9, 0.95, 0.99]) func rates(level: Double) throws {
    let level = try #require(ConfidenceLevel(level))
    // Beyond 60 events no interval holds an expected number of 15.
    let intervals = try (0...60).map { x in
      let count = try PoissonCount(events: x, personYears: 1)
      return try #require(count.confidenceInterval(method: .exact, level: level))
    }
    for (mean, coverage) in coverages(intervals, 0...15, { Poisson(mean: $0) }) {
      #expect(coverage >= level.value - 1e-13, "at \(mean)")
    }
  }

  /// The coverage just inside and outside every limit, and at a thousand values besides.
  private func coverages(
    _ intervals: [ConfidenceInterval], _ range: ClosedRange<Double>,
    _ law: (Double) -> some DiscreteDistribution
  ) -> [(value: Double, coverage: Double)] {
    func coverage(_ value: Double, holding other: Double) -> Double {
      let law = law(value)
      return intervals.indices.reduce(0) {
        intervals[$1].contains(other) ? $0 + law.density($1) : $0
      }
    }
    let limits = intervals.flatMap { [$0.lower, $0.upper].compactMap { $0 } }
    let ends = rangesBetween(limits, within: range).flatMap { piece in
      let middle = (piece.lowerBound + piece.upperBound) / 2
      return [piece.lowerBound, piece.upperBound].map { ($0, coverage($0, holding: middle)) }
    }
    let grid = (1..<1000).map { index in
      let value = range.upperBound * Double(index) / 1000
      return (value, coverage(value, holding: value))
    }
    return ends + grid
  }
}
