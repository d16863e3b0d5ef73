import Comparison
import Glibc
import Inference
import Probability
import Testing

/// What the unconditional exact methods rest on: more events in one group, or fewer in the other, speak
/// more strongly for a greater contrast, at every value of it (Barnard's convexity).
@Suite struct ScoreOrderTests {
  @Test func scoresRiseWithTheEventsOfTheTreatment() throws {
    var stream = RandomStream(seed: 71)
    for _ in 0..<60 {
      let (n1, n2) = (
        Int.random(in: 1...40, using: &stream), Int.random(in: 1...40, using: &stream)
      )
      let difference = 1.98 * stream.uniform() - 0.99
      let ratio = exp2(12 * stream.uniform() - 6)
      func score(_ x1: Int, _ x2: Int) throws -> (difference: Double, ratio: Double) {
        let table = try table(x1, n1, x2, n2)
        let first = try table.test(.difference(.mee), null: difference, alternative: .two)
        let second = try table.test(.ratio(.koopman), null: ratio, alternative: .two)
        return (try #require(first?.statistic), try #require(second?.statistic))
      }
      for x1 in 0...n1 {
        for x2 in 0...n2 {
          let here = try score(x1, x2)
          if x1 < n1 {
            let more = try score(x1 + 1, x2)
            #expect(more.difference >= here.difference, "\(x1)/\(n1) \(x2)/\(n2) \(difference)")
            #expect(more.ratio >= here.ratio, "\(x1)/\(n1) \(x2)/\(n2) \(ratio)")
          }
          if x2 < n2 {
            let fewer = try score(x1, x2 + 1)
            #expect(fewer.difference <= here.difference, "\(x1)/\(n1) \(x2)/\(n2) \(difference)")
            #expect(fewer.ratio <= here.ratio, "\(x1)/\(n1) \(x2)/\(n2) \(ratio)")
          }
        }
      }
    }
  }
}
