import Incidence
import Inference
import Probability

/// The interval of every outcome 0, 1, 2, … of one count by one method.
struct OneArm {
  let intervals: [ConfidenceInterval]
  /// The values of the parameter that are looked at.
  let range: ClosedRange<Double>
  /// The probability of an outcome at a value of the parameter.
  let probability: (Int, Double) -> Double

  /// A proportion of `subjects`.
  init(subjects: Int, method: ProportionIntervalMethod) throws {
    intervals = try (0...subjects).compactMap {
      try BinomialCount(events: $0, total: subjects).confidenceInterval(method: method)
    }
    range = 0...1
    probability = { Binomial(trials: subjects, probability: $1).density($0) }
  }

  /// A rate in one person-year, up to an expected number of events.
  init(expected: Double, method: RateIntervalMethod) throws {
    var intervals: [ConfidenceInterval] = []
    while let interval = try PoissonCount(events: intervals.count, personYears: 1)
      .confidenceInterval(method: method), interval.lower ?? 0 <= expected
    {
      intervals.append(interval)
    }
    self.intervals = intervals
    range = 0...expected
    probability = { Poisson(mean: $1).density($0) }
  }

  /// The probability, at `value`, of the outcomes whose interval holds `other`.
  private func coverage(at value: Double, holding other: Double) -> Double {
    intervals.indices.reduce(0) {
      intervals[$1].contains(other) ? $0 + probability($1, value) : $0
    }
  }

  func coverage(at value: Double) -> Double { coverage(at: value, holding: value) }

  /// The least coverage at any value, and that value.
  ///
  /// Between two neighbouring limits the outcomes whose intervals hold the value stay the same. They
  /// follow each other, so that their probability has one peak: it is least next to a limit.
  var least: (coverage: Double, value: Double) {
    pieces(of: intervals, within: range).map { piece in
      let middle = (piece.lowerBound + piece.upperBound) / 2
      return [piece.lowerBound, piece.upperBound].map { (coverage(at: $0, holding: middle), $0) }
    }.joined().min { $0.0 < $1.0 } ?? (1, 0)
  }

  /// The average over values evenly in the range.
  var mean: Double {
    let count = 2000
    return (0..<count).reduce(0) { sum, index in
      let share = (Double(index) + 0.5) / Double(count)
      return sum + coverage(at: range.lowerBound + share * (range.upperBound - range.lowerBound))
    } / Double(count)
  }
}

/// The ranges between neighbouring limits, without those that only rounding makes.
func pieces(
  of intervals: [ConfidenceInterval], within range: ClosedRange<Double>
) -> [ClosedRange<Double>] {
  let limits = intervals.flatMap { [$0.lower, $0.upper].compactMap { $0 } }
  let inside = limits.filter { $0 > range.lowerBound && $0 < range.upperBound }
  let ends = ([range.lowerBound, range.upperBound] + inside).sorted()
  return zip(ends, ends.dropFirst()).filter { $1 - $0 > 1e-11 }.map { $0...$1 }
}
