import Comparison
import Incidence
import Inference
import Probability
import Testing

/// The probability that an exact interval holds the true value, summed over all outcomes: never
/// below the level.
@Suite struct ExactCoverageTests {
  @Test(arguments: [(3, 4), (5, 5), (8, 3)])
  func riskIntervals(n1: Int, n2: Int) throws {
    let outcomes = try (0...n1).flatMap { x1 in try (0...n2).map { try table(x1, n1, $0, n2) } }
    let difference: [[AcceptedValues]] = try outcomes.map {
      [
        try $0.exactScoreDifference(tail: 0.025), try $0.exactSimpleDifference(tail: 0.025),
        try $0.exactTwoSidedDifference(alpha: 0.05),
      ]
    }
    let ratio = try outcomes.map { try $0.exactScoreRatio(tail: 0.025) }
    let odds = outcomes.map { table in
      let conditional = AcceptedLimits(table.conditionalLimits(tail: 0.025, midP: false))
      let hull = AcceptedLimits(table.baptistaPike(.percent95, midP: false).limits)
      return [conditional, hull]
    }
    for p1 in stride(from: 0.02, to: 1, by: 0.06) {
      for p2 in stride(from: 0.05, to: 1, by: 0.075) {
        let (first, second) = (
          Binomial(trials: n1, probability: p1), Binomial(trials: n2, probability: p2)
        )
        let masses = outcomes.map {
          first.density($0.treatment.events) * second.density($0.reference.events)
        }
        func coverage(_ holds: (Int) -> Bool) -> Double {
          masses.indices.reduce(0) { holds($1) ? $0 + masses[$1] : $0 }
        }
        for method in 0..<3 {
          let found = coverage { AcceptedLimits(difference[$0][method].limits).hold(p1 - p2) }
          #expect(found >= 0.95 - 1e-9, "difference \(method) at \(p1), \(p2)")
        }
        let found = coverage { AcceptedLimits(ratio[$0].limits).hold(p1 / p2) }
        #expect(found >= 0.95 - 1e-9, "ratio at \(p1), \(p2)")
        for method in 0..<2 {
          let found = coverage { odds[$0][method].hold(p1 * (1 - p2) / ((1 - p1) * p2)) }
          #expect(found >= 0.95 - 1e-9, "odds ratio \(method) at \(p1), \(p2)")
        }
      }
    }
  }

  @Test func rateRatio() throws {
    let (time1, time2) = (3.0, 5.0)
    for (mean1, mean2) in [(0.5, 0.5), (1, 4), (6, 2), (9, 9)] {
      let (first, second) = (Poisson(mean: mean1), Poisson(mean: mean2))
      let ratio = (mean1 / time1) / (mean2 / time2)
      var missed = 0.0
      for x1 in 0..<45 {
        for x2 in 0..<45 {
          let limits = try personTime(x1, time1, x2, time2).conditionalLimits(
            tail: 0.025, midP: false)
          guard !AcceptedLimits(limits).hold(ratio) else { continue }
          missed += first.density(x1) * second.density(x2)
        }
      }
      #expect(missed <= 0.05)
    }
  }
}

/// The ends of an interval that belong to it.
private struct AcceptedLimits {
  let limits: Limits

  init(_ limits: Limits) { self.limits = limits }

  func hold(_ value: Double) -> Bool {
    limits.lower <= value * (1 + 1e-12) + 1e-11 && value * (1 - 1e-12) - 1e-11 <= limits.upper
  }
}
