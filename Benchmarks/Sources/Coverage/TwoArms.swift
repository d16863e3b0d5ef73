import Comparison
import Foundation
import Incidence
import Inference
import Probability

/// The interval of every outcome of two groups by one method.
///
/// Differences are taken as they are, ratios by their logarithm.
struct TwoArms {
  let n1: Int
  let n2: Int
  let contrast: RiskContrast
  private let intervals: [ConfidenceInterval]
  /// For each x₁ and x₂, in rows of x₁.
  private let lower: [Double]
  private let upper: [Double]

  init(_ n1: Int, _ n2: Int, _ method: RiskInterval) throws {
    (self.n1, self.n2) = (n1, n2)
    contrast = method.contrast
    let isDifference = contrast == .difference
    var found = [ConfidenceInterval?](repeating: nil, count: (n1 + 1) * (n2 + 1))
    for x1 in 0...n1 {
      for x2 in 0...n2 where found[x1 * (n2 + 1) + x2] == nil {
        let table = TwoByTwoTable(
          treatment: try BinomialCount(events: x1, total: n1),
          reference: try BinomialCount(events: x2, total: n2))
        let interval = try? table.confidenceInterval(method)
        let limits = [interval?.lower, interval?.upper].map { limit in
          limit.map { isDifference ? $0 : log($0) }
        }
        let whole = isDifference ? 1 : Double.infinity
        let (low, high) = (limits[0] ?? -whole, limits[1] ?? whole)
        func keep(_ x1: Int, _ x2: Int, _ low: Double, _ high: Double) {
          found[x1 * (n2 + 1) + x2] = ConfidenceInterval(
            lower: low, upper: high, level: .percent95, sides: .two)
        }
        keep(x1, x2, low, high)
        // Groups exchanged, events and non-events exchanged, and both.
        if n1 == n2 { keep(x2, x1, -high, -low) }
        if contrast != .ratio {
          keep(n1 - x1, n2 - x2, -high, -low)
          if n1 == n2 { keep(n2 - x2, n1 - x1, low, high) }
        }
      }
    }
    intervals = found.compactMap { $0 }
    lower = intervals.map { $0.lower ?? -.infinity }
    upper = intervals.map { $0.upper ?? .infinity }
  }

  /// 1 for the outcomes whose interval holds `value`, 0 for the others.
  private func holding(_ value: Double) -> [Double] {
    lower.indices.map { lower[$0] <= value && value <= upper[$0] ? 1 : 0 }
  }

  /// The probability of a set of outcomes.
  private func probability(_ outcomes: [Double], _ p1: Double, _ p2: Double) -> Double {
    let (first, second) = (masses(n1, p1), masses(n2, p2))
    var sum = 0.0
    for x1 in 0...n1 {
      var inner = 0.0
      for x2 in 0...n2 { inner += outcomes[x1 * (n2 + 1) + x2] * second[x2] }
      sum += first[x1] * inner
    }
    return sum
  }

  /// The risks with the contrast `value`, at a place between 0 and 1 of what is possible.
  private func risks(_ value: Double, _ place: Double) -> (Double, Double) {
    switch contrast {
    case .difference:
      let p2 = max(0, -value) + place * (1 - abs(value))
      return (min(1, max(0, p2 + value)), p2)
    case .ratio:
      return value > 0 ? (place, place * exp(-value)) : (place * exp(value), place)
    case .oddsRatio:
      let odds = exp(value) * place
      return (odds / (odds + 1 - place), place)
    }
  }

  /// The least coverage next to any limit, at random places of the nuisance risk, and its risks.
  func least(
    places count: Int, using stream: inout RandomStream
  ) -> (coverage: Double, p1: Double, p2: Double) {
    let range = contrast == .difference ? -1...1 : -12...12.0
    var least = (coverage: 1.0, p1: 0.0, p2: 0.0)
    for piece in pieces(of: intervals, within: range) {
      let outcomes = holding((piece.lowerBound + piece.upperBound) / 2)
      for value in [piece.lowerBound, piece.upperBound] {
        for index in 0..<count {
          let angle = (Double(index) + stream.uniform()) / Double(count) * Double.pi
          let half = sin(angle / 2)
          let (p1, p2) = risks(value, half * half)
          let found = probability(outcomes, p1, p2)
          if found < least.coverage { least = (found, p1, p2) }
        }
      }
    }
    return least
  }

  /// The average over risks evenly in the square.
  var mean: Double {
    let count = 50
    let places = (0..<count).map { (Double($0) + 0.5) / Double(count) }
    let sum = places.reduce(0) { sum, p1 in
      places.reduce(sum) { sum, p2 in
        let value =
          switch contrast {
          case .difference: p1 - p2
          case .ratio: log(p1 / p2)
          case .oddsRatio: log(p1 / (1 - p1) / (p2 / (1 - p2)))
          }
        return sum + probability(holding(value), p1, p2)
      }
    }
    return sum / Double(count * count)
  }
}

/// The probabilities of the counts 0...n, from the mode outwards.
private func masses(_ n: Int, _ p: Double) -> [Double] {
  var masses = [Double](repeating: 0, count: n + 1)
  let mode = min(n, Int(Double(n + 1) * p))
  masses[mode] = Binomial(trials: n, probability: p).density(mode)
  guard p > 0, p < 1 else { return masses }
  let odds = p / (1 - p)
  for x in stride(from: mode, to: 0, by: -1) {
    masses[x - 1] = masses[x] * Double(x) / (Double(n - x + 1) * odds)
  }
  for x in mode..<n {
    masses[x + 1] = masses[x] * Double(n - x) * odds / Double(x + 1)
  }
  return masses
}
