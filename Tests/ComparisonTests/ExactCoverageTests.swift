import Comparison
import Glibc
import Incidence
import Inference
import Probability
import TestSupport
import Testing

/// The probability that an exact interval holds the true value, summed over all outcomes: never
/// below the level.
@Suite struct ExactCoverageTests {
  @Test(
    arguments: [(15, 15), (15, 4), (1, 15)],
    [
      RiskInterval.difference(.exactScore), .difference(.exactSimple),
      .difference(.exactTwoSided), .ratio(.exactScore),
    ])
  func unconditional(sizes: (Int, Int), method: RiskInterval) throws {
    let (n1, n2) = sizes
    let limits = try scaledLimits(n1, n2, method)
    let ends = limits.values.flatMap { [$0.lower, $0.upper] }
    let isDifference = method.contrast == .difference
    for piece in rangesBetween(ends, within: isDifference ? -1...1 : -9...9) {
      let middle = (piece.lowerBound + piece.upperBound) / 2
      let held = limits.filter { $0.value.lower <= middle && middle <= $0.value.upper }.keys
      for value in [piece.lowerBound, piece.upperBound] {
        for place in stride(from: 0.01, through: 0.99, by: 0.07) {
          let (p1, p2) = risks(isDifference, value, place)
          let first = Binomial(trials: n1, probability: p1).densities
          let second = Binomial(trials: n2, probability: p2).densities
          let coverage = held.reduce(0) { $0 + first[$1.x1] * second[$1.x2] }
          #expect(coverage >= 0.95 - 1e-9, "\(method) at \(p1), \(p2)")
        }
      }
    }
  }

  /// Given both margins the odds ratio is the only parameter.
  @Test(arguments: [OddsRatioMethod.conditionalExact, .baptistaPike])
  func givenBothMargins(method: OddsRatioMethod) throws {
    for (n1, n2) in (1...15).flatMap({ n1 in (1...15).map { (n1, $0) } }) {
      for events in 1..<(n1 + n2) {
        let possible = max(0, events - n2)...min(n1, events)
        let limits = try possible.map { x1 in
          let table = try table(x1, n1, events - x1, n2)
          return logarithms(try table.confidenceInterval(.oddsRatio(method)))
        }
        for (value, coverage) in coverages(
          limits, from: possible.lowerBound,
          {
            NoncentralHypergeometric(marked: n1, unmarked: n2, drawn: events, oddsRatio: exp($0))
          })
        {
          #expect(coverage >= 0.95 - 1e-9, "\(n1), \(n2), \(events) events at \(exp(value))")
        }
      }
    }
  }

  /// Given the events of both groups the rate ratio is the only parameter.
  @Test(arguments: [(3.0, 5.0), (1, 1), (20, 1)]) func givenEvents(years: (Double, Double)) throws {
    for events in 1...50 {
      let limits = try (0...events).map { x1 in
        let table = try personTime(x1, years.0, events - x1, years.1)
        return logarithms(try table.confidenceInterval(.ratio(.conditionalExact)))
      }
      for (value, coverage) in coverages(
        limits, from: 0,
        {
          let odds = exp($0) * years.0 / years.1
          return Binomial(trials: events, probability: odds / (1 + odds))
        })
      {
        #expect(coverage >= 0.95 - 1e-9, "\(events) events at \(exp(value))")
      }
    }
  }

  // MARK: What is summed

  private struct Outcome: Hashable {
    let x1: Int
    let x2: Int
  }

  /// The limits of every outcome, those of a ratio in their logarithm.
  ///
  /// Outcomes that are mirror images of others are not computed again.
  private func scaledLimits(
    _ n1: Int, _ n2: Int, _ method: RiskInterval
  ) throws -> [Outcome: (lower: Double, upper: Double)] {
    let isDifference = method.contrast == .difference
    var found: [Outcome: (lower: Double, upper: Double)] = [:]
    for x1 in 0...n1 {
      for x2 in 0...n2 where found[Outcome(x1: x1, x2: x2)] == nil {
        let interval = try table(x1, n1, x2, n2).confidenceInterval(method)
        let limits =
          isDifference ? (interval.lower ?? -1, interval.upper ?? 1) : logarithms(interval)
        let mirrored = (lower: -limits.1, upper: -limits.0)
        found[Outcome(x1: x1, x2: x2)] = limits
        if n1 == n2 { found[Outcome(x1: x2, x2: x1)] = mirrored }
        guard isDifference else { continue }
        found[Outcome(x1: n1 - x1, x2: n2 - x2)] = mirrored
        if n1 == n2 { found[Outcome(x1: n2 - x2, x2: n1 - x1)] = limits }
      }
    }
    return found
  }

  private func logarithms(_ interval: ConfidenceInterval) -> (lower: Double, upper: Double) {
    (log(interval.lower ?? 0), log(interval.upper ?? .infinity))
  }

  /// The risks with a difference or logarithm of a ratio, at a place of what is possible.
  private func risks(_ isDifference: Bool, _ value: Double, _ place: Double) -> (Double, Double) {
    if isDifference {
      let p2 = max(0, -value) + place * (1 - abs(value))
      return (min(1, max(0, p2 + value)), p2)
    }
    return value > 0 ? (place, place * exp(-value)) : (place * exp(value), place)
  }

  /// The coverage of the intervals of `first`, `first` + 1, … just inside and outside every limit.
  private func coverages(
    _ limits: [(lower: Double, upper: Double)], from first: Int,
    _ law: (Double) -> some DiscreteDistribution
  ) -> [(value: Double, coverage: Double)] {
    let ends = limits.flatMap { [$0.lower, $0.upper] }
    return rangesBetween(ends, within: -12...12).flatMap { piece in
      let middle = (piece.lowerBound + piece.upperBound) / 2
      return [piece.lowerBound, piece.upperBound].map { value in
        let law = law(value)
        let coverage = limits.indices.reduce(0) { sum, index in
          let isHeld = limits[index].lower <= middle && middle <= limits[index].upper
          return isHeld ? sum + law.density(first + index) : sum
        }
        return (value, coverage)
      }
    }
  }
}

extension Binomial {
  fileprivate var densities: [Double] { support.map(density) }
}
