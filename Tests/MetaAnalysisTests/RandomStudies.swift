import Comparison
import Incidence
import Probability

/// Tables and rates drawn with a seed, rare events and zeros among them.
struct RandomStudies {
  private var stream: RandomStream

  init(seed: UInt64) {
    stream = RandomStream(seed: seed)
  }

  mutating func uniform() -> Double { stream.uniform() }

  mutating func int(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(stream.uniform() * Double(range.count))
  }

  /// Up to `most` tables, the risks below 1 %, around ½ or anywhere.
  mutating func risks(most: Int = 12) throws -> [TwoByTwoTable] {
    let risk = [0.01, 0.5, 1][int(0...2)]
    return try (0..<int(1...most)).map { _ in
      TwoByTwoTable(treatment: try count(below: risk), reference: try count(below: risk))
    }
  }

  private mutating func count(below risk: Double) throws -> BinomialCount {
    let total = int(1...200)
    let p = risk * uniform()
    let events = (0..<total).count { _ in uniform() < p }
    return try BinomialCount(events: events, total: total)
  }

  mutating func rates(most: Int = 12) throws -> [PersonTimeTable] {
    try (0..<int(1...most)).map { _ in
      PersonTimeTable(
        treatment: try PoissonCount(events: int(0...6), personYears: 1 + 500 * uniform()),
        reference: try PoissonCount(events: int(0...6), personYears: 1 + 500 * uniform()))
    }
  }
}

extension TwoByTwoTable {
  var exchanged: TwoByTwoTable { TwoByTwoTable(treatment: reference, reference: treatment) }

  /// With events and non-events exchanged.
  var complement: TwoByTwoTable {
    TwoByTwoTable(treatment: treatment.complement, reference: reference.complement)
  }
}

extension PersonTimeTable {
  var exchanged: PersonTimeTable { PersonTimeTable(treatment: reference, reference: treatment) }
}
