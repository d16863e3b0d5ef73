import Comparison
import Glibc
import Incidence
import Inference
import Probability
import TestSupport
import Testing

/// What must hold of every indirect comparison, tried on random ones.
@Suite struct IndirectPropertyTests {
  @Test func exchangedTreatmentsTurnTheEffectRound() throws {
    var stream = RandomStream(seed: 41)
    for _ in 0..<300 {
      let comparison = try IndirectComparison.random(using: &stream)
      let exchanged = IndirectComparison(
        treatment: comparison.reference, reference: comparison.treatment)
      for contrast in RiskContrast.allCases {
        for method in IndirectMethod.allCases {
          let first = try? comparison.confidenceInterval(contrast, method: method)
          let second = try? exchanged.confidenceInterval(contrast, method: method)
          #expect((first == nil) == (second == nil))
          guard let first, let second else { continue }
          let (lower, upper) = (try #require(second.lower), try #require(second.upper))
          let turned = contrast == .difference ? (-upper, -lower) : (1 / upper, 1 / lower)
          let scale = contrast == .difference ? 1.0 : 0
          #expect(close(try #require(first.lower), turned.0, scale), "\(contrast) \(comparison)")
          #expect(close(try #require(first.upper), turned.1, scale), "\(contrast) \(comparison)")
        }
      }
    }
  }

  /// The maximum over the other parameters is found here by nested golden sections.
  @Test func theLikelihoodAtALimitIsTheLargestOfAll() throws {
    var stream = RandomStream(seed: 42)
    let z = Normal.standard.quantile(upperTail: 0.025)
    var compared = 0
    for _ in 0..<12 {
      let comparison = try IndirectComparison.random(using: &stream)
      for contrast in RiskContrast.allCases {
        let found = try comparison.confidenceInterval(contrast, method: .profile)
        for limit in [found.lower, found.upper] {
          let limit = try #require(limit)
          guard limit > 1e-3, limit < 1e3, contrast != .difference || abs(limit) < 1.9 else {
            continue
          }
          let half = comparison.smallestHalfDeviance(contrast, limit)
          #expect(relativeError(2 * half, z * z) < 1e-6, "\(contrast) \(limit) \(comparison)")
          compared += 1
        }
      }
    }
    #expect(compared > 40)
  }

  @Test func theTestAtALimitLeavesAlpha() throws {
    var stream = RandomStream(seed: 43)
    for _ in 0..<300 {
      let comparison = try IndirectComparison.random(using: &stream)
      for contrast in RiskContrast.allCases {
        for method in IndirectMethod.allCases {
          guard let found = try? comparison.confidenceInterval(contrast, method: method) else {
            continue
          }
          for limit in [found.lower, found.upper] {
            let limit = try #require(limit)
            guard limit.isFinite, limit != 0, abs(limit) < 2 || contrast != .difference,
              let test = try? comparison.test(contrast, method: method, null: limit)
            else { continue }
            #expect(
              relativeError(test.pValue, 0.05) < 1e-9, "\(contrast) \(method) \(comparison)")
          }
        }
      }
    }
  }

  /// An anchor without events and one without events, too, leave any ratio possible.
  @Test func withoutEventsUnderBothAnchorsARatioIsNotIdentified() throws {
    func table(_ first: Int, _ second: Int) throws -> TwoByTwoTable {
      TwoByTwoTable(
        treatment: try BinomialCount(events: first, total: 50),
        reference: try BinomialCount(events: second, total: 40))
    }
    let comparisons = [
      IndirectComparison(treatment: try table(5, 0), reference: try table(3, 0)),
      IndirectComparison(treatment: try table(0, 0), reference: try table(3, 4)),
      IndirectComparison(treatment: try table(0, 2), reference: try table(0, 4)),
    ]
    for comparison in comparisons {
      for contrast in [RiskContrast.ratio, .oddsRatio] {
        let found = try comparison.confidenceInterval(contrast, method: .profile)
        #expect(found.lower == 0 && found.upper == .infinity)
        #expect(!comparison.isIdentified(contrast))
        #expect(throws: NotEstimable.self) { try comparison.estimate(of: contrast) }
        #expect(try comparison.test(contrast, method: .profile).pValue == 1)
        #expect(throws: NotEstimable.self) {
          try comparison.confidenceInterval(contrast, method: .bucher)
        }
      }
      #expect(comparison.isIdentified(.difference))
    }
  }

  @Test(arguments: [1e-9, 0.5, 0.999_999_9, 1 - 1e-15])
  func limitsAreInOrder(level: Double) throws {
    let level = try #require(ConfidenceLevel(level))
    let counts = [(0, 1), (1, 1), (0, 1_000_000_000), (1_000_000_000, 1_000_000_000), (3, 7)]
    let tables = try counts.flatMap { first in
      try counts.map { second in
        TwoByTwoTable(
          treatment: try BinomialCount(events: first.0, total: first.1),
          reference: try BinomialCount(events: second.0, total: second.1))
      }
    }
    for treatment in tables {
      for reference in tables {
        let comparison = IndirectComparison(treatment: treatment, reference: reference)
        for contrast in RiskContrast.allCases {
          let found = try comparison.confidenceInterval(contrast, method: .profile, level: level)
          let (lower, upper) = (try #require(found.lower), try #require(found.upper))
          #expect(lower <= upper, "\(contrast) \(comparison)")
          let p = try comparison.test(contrast, method: .profile).pValue
          #expect((0...1).contains(p), "\(contrast) \(comparison)")
          guard let estimate = try? comparison.estimate(of: contrast) else { continue }
          let slack = 1e-9 * max(1e-9, abs(estimate))
          #expect(
            lower <= estimate + slack && estimate <= upper + slack, "\(contrast) \(comparison)")
        }
      }
    }
  }

  private func close(_ value: Double, _ expected: Double, _ scale: Double) -> Bool {
    value == expected || abs(value - expected) <= 1e-11 * max(abs(expected), scale)
  }
}

extension IndirectComparison where Table == TwoByTwoTable {
  fileprivate static func random(using stream: inout RandomStream) throws -> Self {
    IndirectComparison(
      treatment: try TwoByTwoTable.random(using: &stream),
      reference: try TwoByTwoTable.random(using: &stream))
  }

  /// The smallest half deviance of two tables whose contrasts have the `effect`.
  fileprivate func smallestHalfDeviance(_ contrast: RiskContrast, _ effect: Double) -> Double {
    let isRatio = contrast != .difference
    let shift = isRatio ? log(effect) : effect
    let (low, high) = isRatio ? (-14.0, 14.0) : (max(-1, shift - 1), min(1, shift + 1))
    return goldenSection(low, high) { first in
      func each(_ table: TwoByTwoTable, _ value: Double) -> Double {
        table.smallestHalfDeviance(contrast, isRatio ? exp(value) : value)
      }
      return each(treatment, first) + each(reference, first - shift)
    }
  }
}

extension TwoByTwoTable {
  /// Over the risk of the reference group.
  fileprivate func smallestHalfDeviance(_ contrast: RiskContrast, _ value: Double) -> Double {
    func first(_ second: Double) -> Double {
      switch contrast {
      case .difference: second + value
      case .ratio: second * value
      case .oddsRatio: second * value / (1 - second + second * value)
      }
    }
    let (low, high) =
      switch contrast {
      case .difference: (max(0, -value), min(1, 1 - value))
      case .ratio: (0, min(1, 1 / value))
      case .oddsRatio: (0.0, 1.0)
      }
    return goldenSection(low, high) {
      treatment.halfDeviance($0 >= high ? first(high) : first($0)) + reference.halfDeviance($0)
    }
  }
}

extension BinomialCount {
  fileprivate func halfDeviance(_ p: Double) -> Double {
    func part(_ observed: Int, _ probability: Double) -> Double {
      let fitted = Double(total) * probability
      return observed == 0 ? 0 : Double(observed) * log(Double(observed) / fitted)
    }
    guard p >= 0, p <= 1 else { return .infinity }
    return part(events, p) + part(nonEvents, 1 - p)
  }
}

/// The smallest value of a function with one minimum; its ends count.
private func goldenSection(_ low: Double, _ high: Double, _ f: (Double) -> Double) -> Double {
  var (a, b) = (low, high)
  for _ in 0..<70 {
    let step = 0.381_966_011_250_105 * (b - a)
    if f(a + step) <= f(b - step) { b -= step } else { a += step }
  }
  return min(f((a + b) / 2), f(low), f(high))
}
