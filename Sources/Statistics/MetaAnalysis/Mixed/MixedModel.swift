import Comparison
public import Inference
public import LinearAlgebra

/// A model of the counts of studies whose effects may vary between studies, by maximum likelihood.
///
/// Stijnen, Hamza & Özdemir (2010), Stat. Med. 29:3046; Jackson et al. (2018), Stat. Med. 37:1059.
public struct MixedModel: Sendable {
  /// What is known, or assumed, of the level of each study.
  public enum Likelihood: Hashable, Sendable {
    /// An intercept for each study; treatment coded ±½.
    case unconditionalFixed
    /// A normal intercept; treatment coded ±½. For one group a normal log odds or log rate alone.
    case unconditionalRandom
    /// The treatment group's events given both margins; for rates given the events.
    case conditionalExact
    /// The treatment group's events given the events; for rates this is exact.
    case conditionalApproximate
    /// Beta-binomial groups with one intraclass correlation, without regard to studies.
    case betaBinomial
  }

  public let likelihood: Likelihood
  public let studies: StudyTables
  /// Those that the likelihood learns from.
  let informative: [InformativeStudy]
  let model: LikelihoodModel

  /// `design` has a row of moderators for each study and is a column of ones unless given.
  ///
  /// - Throws: `NotEstimable` where no study is informative, the moderators of those that are do not
  ///   tell the coefficients apart, the likelihood is not one of these data, or is a
  ///   sum over too many counts.
  public init(
    _ likelihood: Likelihood, _ studies: StudyTables, design: Matrix? = nil
  ) throws(NotEstimable) {
    precondition(
      design.map { $0.rows == studies.count && $0.columns > 0 } ?? true, "not a design")
    try studies.requireFewCounts(likelihood)
    let informative = try informativeStudies(likelihood, studies)
    guard !informative.isEmpty else {
      throw NotEstimable("no study has both events and subjects without one")
    }
    let rows = Matrix(informative.map { design?.row($0.index) ?? [1] })
    guard rows.hasIndependentColumns else {
      throw NotEstimable("the studies do not tell the coefficients apart")
    }
    let (levels, spreads) =
      switch (likelihood, studies) {
      case (.unconditionalRandom, .risks), (.unconditionalRandom, .rates): (1, 2)
      case (.betaBinomial, _): (1, 1)
      default: (0, 1)
      }
    self.likelihood = likelihood
    self.studies = studies
    self.informative = informative
    model = LikelihoodModel(
      studies: informative.map(\.likelihood), design: rows, levels: levels, spreads: spreads)
  }

  /// The fit with effects that vary between studies where `random`, else with τ² = 0.
  ///
  /// - Throws: `NotEstimable` where the likelihood rises without bound in τ², or in a coefficient
  ///   of several.
  public func fit(random: Bool) throws(NotEstimable) -> MixedFit {
    try MixedFit(self, random: random)
  }
}

/// Those of `studies` that `likelihood` learns from.
private func informativeStudies(
  _ likelihood: MixedModel.Likelihood, _ studies: StudyTables
) throws(NotEstimable) -> [InformativeStudy] {
  switch (likelihood, studies) {
  case (.conditionalExact, .risks(let tables)):
    tables.enumerated().compactMap { InformativeStudy(conditional: $1, at: $0) }
  case (.conditionalApproximate, .risks(let tables)):
    tables.enumerated().compactMap { InformativeStudy(approximate: $1, at: $0) }
  case (.conditionalExact, .rates(let tables)), (.conditionalApproximate, .rates(let tables)):
    tables.enumerated().compactMap { InformativeStudy(conditional: $1, at: $0) }
  case (.unconditionalFixed, .risks(let tables)):
    tables.enumerated().compactMap { InformativeStudy(fixedIntercept: $1, at: $0) }
  case (.unconditionalFixed, .rates(let tables)):
    tables.enumerated().compactMap { InformativeStudy(fixedIntercept: $1, at: $0) }
  case (.unconditionalRandom, .proportions(let counts)):
    counts.enumerated().map { InformativeStudy($1, at: $0) }
  case (.unconditionalRandom, .eventRates(let counts)):
    counts.enumerated().map { InformativeStudy($1, at: $0) }
  case (.unconditionalRandom, .risks(let tables)):
    tables.enumerated().map { InformativeStudy(randomIntercept: $1, at: $0) }
  case (.unconditionalRandom, .rates(let tables)):
    tables.enumerated().map { InformativeStudy(randomIntercept: $1, at: $0) }
  case (.betaBinomial, .risks(let tables)):
    tables.enumerated().map { InformativeStudy(betaBinomial: $1, at: $0) }
  default: throw NotEstimable("the likelihood is not one of these data")
  }
}

extension StudyTables {
  /// Stops at likelihoods that are a sum over too many counts: more than 100 000 outcomes of a study
  /// given both margins, or more than a million subjects of beta-binomial groups.
  fileprivate func requireFewCounts(_ likelihood: MixedModel.Likelihood) throws(NotEstimable) {
    guard case .risks(let tables) = self else { return }
    switch likelihood {
    case .conditionalExact:
      guard tables.allSatisfy({ $0.possibleTreatmentEvents.count <= 100_000 }) else {
        throw NotEstimable("too many events for the exact distribution")
      }
    case .betaBinomial:
      let subjects = tables.reduce(0.0) { $0 + Double($1.total) }
      guard subjects <= 1_000_000 else {
        throw NotEstimable("too many subjects for the beta-binomial distribution")
      }
    case .unconditionalFixed, .unconditionalRandom, .conditionalApproximate: break
    }
  }
}

extension Matrix {
  var hasIndependentColumns: Bool {
    ((try? PivotedQR(self).rank) ?? 0) == columns
  }
}
