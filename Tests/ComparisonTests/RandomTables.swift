import Comparison
import Glibc
import Incidence
import Inference
import Probability

extension BinomialCount {
  /// Few or many subjects, often with no event, with very few, with nearly all or with all.
  static func random(upTo total: Double, using stream: inout RandomStream) throws -> BinomialCount {
    let total = Int(exp(stream.uniform() * log(total + 1)))
    let few = min(total, Int.random(in: 0...4, using: &stream))
    let events = [
      0, total, few, total - few, Int.random(in: 0...total, using: &stream),
      Int.random(in: 0...total, using: &stream),
    ].randomElement(using: &stream)
    return try BinomialCount(events: events ?? 0, total: total)
  }
}

extension PoissonCount {
  static func random(using stream: inout RandomStream) throws -> PoissonCount {
    let most = [0, 3, 100, 100_000].randomElement(using: &stream) ?? 0
    return try PoissonCount(
      events: Int.random(in: 0...most, using: &stream), personYears: exp(12 * stream.uniform()))
  }
}

extension TwoByTwoTable {
  static func random(
    upTo total: Double = 10_000, using stream: inout RandomStream
  ) throws -> TwoByTwoTable {
    TwoByTwoTable(
      treatment: try .random(upTo: total, using: &stream),
      reference: try .random(upTo: total, using: &stream))
  }

  func withArmsSwapped() -> TwoByTwoTable {
    TwoByTwoTable(treatment: reference, reference: treatment)
  }

  func withOutcomesSwapped() -> TwoByTwoTable {
    TwoByTwoTable(treatment: treatment.complement, reference: reference.complement)
  }
}

extension PersonTimeTable {
  static func random(using stream: inout RandomStream) throws -> PersonTimeTable {
    PersonTimeTable(
      treatment: try .random(using: &stream), reference: try .random(using: &stream))
  }

  func withArmsSwapped() -> PersonTimeTable {
    PersonTimeTable(treatment: reference, reference: treatment)
  }
}

extension ConfidenceLevel {
  /// Between 0.5 and 0.9999, the tail logarithmically.
  static func random(using stream: inout RandomStream) -> ConfidenceLevel {
    ConfidenceLevel(1 - 0.5 * exp(stream.uniform() * log(2e-4))) ?? .percent95
  }

  static let rising = [0.5, 0.8, 0.95, 0.99, 0.9999].compactMap { ConfidenceLevel($0) }
}

extension RiskInterval {
  static let score: [RiskInterval] = [
    .difference(.miettinenNurminen), .difference(.mee), .ratio(.miettinenNurminen),
    .ratio(.koopman), .oddsRatio(.miettinenNurminen), .oddsRatio(.score),
  ]
  static let skewnessCorrected: [RiskInterval] = [
    .difference(.scas), .ratio(.scas), .oddsRatio(.scas),
  ]
  static let likelihood: [RiskInterval] = [
    .difference(.likelihoodRatio), .ratio(.likelihoodRatio), .oddsRatio(.likelihoodRatio),
  ]
  static let wald: [RiskInterval] = [
    .difference(.wald), .difference(.waldCorrected), .difference(.agrestiCaffo),
    .difference(.hauckAnderson), .ratio(.log), .ratio(.logAdjusted), .oddsRatio(.woolf),
    .oddsRatio(.gart),
  ]
  static let squareAndAdd: [RiskInterval] = [
    .difference(.newcombe), .difference(.newcombeCorrected), .ratio(.moverWilson),
  ]
  static let asymptotic = score + skewnessCorrected + likelihood + wald + squareAndAdd

  var isRatio: Bool { contrast != .difference }
}

extension RateInterval {
  static let score: [RateInterval] = [
    .difference(.miettinenNurminen), .ratio(.miettinenNurminen),
  ]
  static let skewnessCorrected: [RateInterval] = [.difference(.scas), .ratio(.scas)]
  static let wald: [RateInterval] = [.difference(.wald), .ratio(.waldLog)]
  static let squareAndAdd: [RateInterval] = [.difference(.mover), .ratio(.mover)]
  static let asymptotic = score + skewnessCorrected + wald + squareAndAdd

  var isRatio: Bool { contrast == .ratio }
}

/// Whether b = −a, or b = 1/a for ratios, to 1e-12 of the limit or, of a difference, the width.
func areOpposite(_ a: Double, _ b: Double, isRatio: Bool, width: Double) -> Bool {
  guard isRatio else { return abs(a + b) <= 1e-12 * max(abs(a), width) }
  return a == 1 / b || abs(a * b - 1) <= 1e-12
}
