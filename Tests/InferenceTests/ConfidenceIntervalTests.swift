import Inference
import Testing

@Suite struct ConfidenceIntervalTests {
  @Test func keepsTheLimitsAskedFor() {
    let level = ConfidenceLevel.percent95
    let intervals = Sides.allCases.map {
      ConfidenceInterval(lower: 1, upper: 2, level: level, sides: $0)
    }

    #expect(intervals.map(\.lower) == [1, 1, nil])
    #expect(intervals.map(\.upper) == [2, nil, 2])
    #expect(intervals.map(\.sides) == Sides.allCases)
  }

  @Test func theLowerLimitIsNeverTheGreater() {
    let interval = ConfidenceInterval(
      lower: 2.0.nextUp, upper: 2, level: .percent95, sides: .two)

    #expect(interval.lower == 2)
    #expect(interval.upper == 2.0.nextUp)
  }
}
