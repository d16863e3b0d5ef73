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
  ///   tell the coefficients apart, or the likelihood is not one of these data.
  public init(
    _ likelihood: Likelihood, _ studies: StudyTables, design: Matrix? = nil
  ) throws(NotEstimable) {
    precondition(
      design.map { $0.rows == studies.count && $0.columns > 0 } ?? true, "not a design")
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

extension Matrix {
  var hasIndependentColumns: Bool {
    ((try? PivotedQR(self).rank) ?? 0) == columns
  }
}
