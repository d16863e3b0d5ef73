import Comparison
import Incidence
import Inference
import LinearAlgebra

/// How a likelihood rises without a maximum, as the counts alone tell.
struct Unboundedness {
  /// +1 or −1 where the only coefficient is ∞ or −∞.
  let direction: Double
  /// What the logarithm of the likelihood tends to.
  let supremum: Double
}

extension MixedModel {
  /// `nil` where the coefficients have finite estimates, or are several.
  ///
  /// - Throws: `NotEstimable` where something else than the coefficient has no bound either.
  func unboundedness(random: Bool) throws(NotEstimable) -> Unboundedness? {
    if model.levels > 0 { return try unboundednessOfGroups(random) }
    if let unbounded = unboundednessOfStudies { return unbounded }
    if random, isAtEndsOnly {
      throw NotEstimable(
        "each study by itself has an infinite effect, and these differ in sign: τ² has no bound")
    }
    return nil
  }

  /// Whether each study by itself has an infinite effect.
  ///
  /// Then the likelihood with random effects tends to a bound as τ grows, instead of to 0.
  var isAtEndsOnly: Bool { informative.allSatisfy { $0.direction != 0 } }

  /// Where no study that the coefficient moves has a finite effect, and all have the same sign.
  private var unboundednessOfStudies: Unboundedness? {
    guard model.design.columns == 1 else { return nil }
    let column = model.design.column(0)
    let signs = Set(
      zip(informative, column).filter { $1 != 0 }.map { $1 > 0 ? $0.direction : -$0.direction })
    guard signs.count == 1, let sign = signs.first, sign != 0 else { return nil }
    return Unboundedness(
      direction: Double(sign), supremum: informative.reduce(0) { $0 + $1.supremum })
  }

  /// Where all events, or all subjects without one, of all studies together are in one group.
  private func unboundednessOfGroups(_ random: Bool) throws(NotEstimable) -> Unboundedness? {
    let (treatment, reference) = studies.arms
    guard treatment.hasEvents || reference.hasEvents else {
      throw NotEstimable("no study has events")
    }
    guard treatment.hasOthers || reference.hasOthers else {
      throw NotEstimable("all subjects have the event")
    }
    if random || likelihood == .unconditionalRandom, treatment.isAtEnds, reference.isAtEnds {
      throw NotEstimable(
        "in each group all subjects have the event or none: variances have no bound")
    }
    let column = model.design.column(0)
    guard model.design.columns == 1, column.allSatisfy({ $0 == column[0] }) else { return nil }
    let isHighest = !reference.hasEvents || !treatment.hasOthers
    let isLowest = !treatment.hasEvents || !reference.hasOthers
    guard isHighest || isLowest else { return nil }
    // The likelihood of the other group is 1 at its bound.
    let remaining = reference.hasEvents && reference.hasOthers ? reference : treatment
    return Unboundedness(
      direction: isHighest == (column[0] > 0) ? 1 : -1,
      supremum: remaining.hasEvents && remaining.hasOthers
        ? try remaining.largestLogLikelihood(likelihood, random: random) : 0)
  }
}

extension StudyTables {
  /// The groups of all studies, for two groups.
  fileprivate var arms: (treatment: Arms, reference: Arms) {
    switch self {
    case .risks(let tables): (.risks(tables.map(\.treatment)), .risks(tables.map(\.reference)))
    case .rates(let tables): (.rates(tables.map(\.treatment)), .rates(tables.map(\.reference)))
    case .proportions, .eventRates: preconditionFailure("one group")
    }
  }
}

/// One group of all studies.
private enum Arms {
  case risks([BinomialCount])
  case rates([PoissonCount])

  var hasEvents: Bool {
    switch self {
    case .risks(let counts): counts.contains { $0.events > 0 }
    case .rates(let counts): counts.contains { $0.events > 0 }
    }
  }

  /// Whether some subjects are without the event; time always is.
  var hasOthers: Bool {
    switch self {
    case .risks(let counts): counts.contains { $0.nonEvents > 0 }
    case .rates: true
    }
  }

  /// Whether each study has all or none of its subjects with the event.
  var isAtEnds: Bool {
    switch self {
    case .risks(let counts): counts.allSatisfy { $0.events == 0 || $0.nonEvents == 0 }
    case .rates(let counts): counts.allSatisfy { $0.events == 0 }
    }
  }

  func largestLogLikelihood(
    _ likelihood: MixedModel.Likelihood, random: Bool
  ) throws(NotEstimable) -> Double {
    switch (likelihood, self) {
    case (.betaBinomial, .risks(let counts)):
      try LikelihoodModel(
        studies: counts.map { BetaBinomialStudy(treatment: BetaBinomialArm($0), reference: nil) },
        design: Matrix(repeating: 1, rows: counts.count, columns: 1), levels: 1, spreads: 1
      ).maximum(from: [0, 0, 0], means: [0], spreads: random ? [2] : []).value
    case (_, .risks(let counts)):
      try MixedModel(.unconditionalRandom, .proportions(counts)).fit(random: true).logLikelihood
    case (_, .rates(let counts)):
      try MixedModel(.unconditionalRandom, .eventRates(counts)).fit(random: true).logLikelihood
    }
  }
}
