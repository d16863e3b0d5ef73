import Incidence

/// A table that can be one stratum of a stratified score.
protocol StratumTable: ScoredTable, Hashable {
  /// N, or T.
  var size: Double { get }

  /// n₁n₂/N, or T₁T₂/T.
  var mantelHaenszelWeight: Double { get }

  /// Whether the score of `contrast` varies with its value at all.
  func isInformative(_ contrast: Measure) -> Bool

  /// The weights of Miettinen & Nurminen (1985), Stat. Med. 4:213, up to a common factor.
  static func optimalWeights(
    _ tables: [Self], _ contrast: Measure, at value: Double
  ) -> [Double]

  /// All strata as one, whose contrast lies near that of the strata.
  static func pooled(_ tables: [Self]) -> Self
}

extension TwoByTwoTable: StratumTable {
  var size: Double { Double(total) }

  var mantelHaenszelWeight: Double {
    Double(treatment.total) * Double(reference.total) / size
  }

  /// A stratum without events says nothing of a ratio, one with events only nothing of odds.
  func isInformative(_ contrast: RiskContrast) -> Bool {
    switch contrast {
    case .difference: true
    case .ratio: events > 0
    case .oddsRatio: !hasOneOutcomeOnly
    }
  }

  /// 1 / (a/n₁ + b/n₂), with R the weighted means of the restricted risks.
  ///
  /// For a difference a = R₁(1 − R₁) and b = R₂(1 − R₂); for a ratio a = 1 − R₁ and
  /// b = θ(1 − R₂). For the odds ratio they are n₁n₂(q₁p₂)² / (n₁p₁q₁ + n₂p₂q₂).
  static func optimalWeights(
    _ tables: [TwoByTwoTable], _ contrast: RiskContrast, at value: Double
  ) -> [Double] {
    let risks = tables.map { $0.restrictedRisks(contrast, at: value) }
    let sizes = tables.map { (Double($0.treatment.total), Double($0.reference.total)) }
    guard contrast != .oddsRatio else {
      return zip(risks, sizes).map { risks, n in
        let root = risks.q1 * risks.p2
        return n.0 * n.1 * root * root
          / (n.0 * risks.p1 * risks.q1 + n.1 * risks.p2 * risks.q2)
      }
    }
    return selfConsistentWeights(sizes) { weights in
      func mean(_ risk: KeyPath<RestrictedRisks, Double>) -> Double {
        zip(weights, risks).reduce(0) { $0 + $1.0 * $1.1[keyPath: risk] }
      }
      let (q1, q2) = (mean(\.q1), mean(\.q2))
      return contrast == .difference ? (mean(\.p1) * q1, mean(\.p2) * q2) : (q1, value * q2)
    }
  }

  static func pooled(_ tables: [TwoByTwoTable]) -> TwoByTwoTable {
    TwoByTwoTable(
      treatment: .pooled(tables.map(\.treatment)), reference: .pooled(tables.map(\.reference)))
  }
}

extension PersonTimeTable: StratumTable {
  var size: Double { personYears }

  var mantelHaenszelWeight: Double {
    treatment.personYears * (reference.personYears / personYears)
  }

  /// A stratum without events says nothing of a ratio.
  func isInformative(_ contrast: RateContrast) -> Bool {
    contrast == .difference || events > 0
  }

  /// 1 / (a/T₁ + b/T₂) with the weighted means a, b of the restricted rates, or a = 1 and b = θ
  /// for a ratio.
  static func optimalWeights(
    _ tables: [PersonTimeTable], _ contrast: RateContrast, at value: Double
  ) -> [Double] {
    let sizes = tables.map { ($0.treatment.personYears, $0.reference.personYears) }
    guard contrast == .difference else {
      return sizes.map { 1 / (1 / $0.0 + value / $0.1) }
    }
    let rates = tables.map { $0.restrictedRates(contrast, at: value) }
    return selfConsistentWeights(sizes) { weights in
      zip(weights, rates).reduce((0, 0)) { sum, stratum in
        (sum.0 + stratum.0 * stratum.1.rate1, sum.1 + stratum.0 * stratum.1.rate2)
      }
    }
  }

  static func pooled(_ tables: [PersonTimeTable]) -> PersonTimeTable {
    PersonTimeTable(
      treatment: .pooled(tables.map(\.treatment)), reference: .pooled(tables.map(\.reference)))
  }
}

/// The weights 1 / (s/n₁ + (1 − s)/n₂) whose own `variances` a, b have s = a/(a + b).
///
/// That share lies between 0 and 1 for every s, so that both are equal somewhere.
private func selfConsistentWeights(
  _ sizes: [(Double, Double)], variances: ([Double]) -> (Double, Double)
) -> [Double] {
  func weights(_ share: Double) -> [Double] {
    let weights = sizes.map { 1 / (share / $0.0 + (1 - share) / $0.1) }
    let total = weights.reduce(0, +)
    return weights.map { $0 / total }
  }
  func excess(_ share: Double) -> Double {
    let (a, b) = variances(weights(share))
    return (a + b > 0 ? a / (a + b) : 0.5) - share
  }
  return weights(sizes.count == 1 ? 0.5 : root(of: excess, 0, 1))
}

extension BinomialCount {
  fileprivate static func pooled(_ counts: [BinomialCount]) -> BinomialCount {
    let (events, total) = counts.reduce((0, 0)) { ($0.0 + $1.events, $0.1 + $1.total) }
    guard let pooled = try? BinomialCount(events: events, total: total) else {
      preconditionFailure("no counts to be pooled")
    }
    return pooled
  }
}

extension PoissonCount {
  fileprivate static func pooled(_ counts: [PoissonCount]) -> PoissonCount {
    let (events, years) = counts.reduce((0, 0)) { ($0.0 + $1.events, $0.1 + $1.personYears) }
    guard let pooled = try? PoissonCount(events: events, personYears: years) else {
      preconditionFailure("no counts to be pooled")
    }
    return pooled
  }
}
