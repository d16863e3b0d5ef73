import Comparison
import Glibc
import Incidence

/// A study that a likelihood learns from.
struct InformativeStudy: Sendable {
  /// Its place among all studies.
  let index: Int
  let likelihood: any StudyLikelihood
  /// +1 where the study by itself puts the effect at ∞, −1 where at −∞, 0 where in between.
  ///
  /// Studies whose level is not their own are not taken by themselves, and have 0.
  let direction: Int
  /// What the logarithm of its likelihood tends to in that direction.
  let supremum: Double

  init(
    index: Int, likelihood: any StudyLikelihood, isLowest: Bool = false,
    isHighest: Bool = false, supremum: Double = 0
  ) {
    self.index = index
    self.likelihood = likelihood
    direction = isHighest ? 1 : isLowest ? -1 : 0
    self.supremum = supremum
  }
}

extension InformativeStudy {
  /// Given both margins of the table.
  init?(conditional table: TwoByTwoTable, at index: Int) {
    guard !table.hasOneOutcomeOnly else { return nil }
    let possible = table.possibleTreatmentEvents
    self.init(
      index: index, likelihood: NormalMixture(kernel: HypergeometricKernel(table)),
      isLowest: table.treatment.events == possible.lowerBound,
      isHighest: table.treatment.events == possible.upperBound)
  }

  /// Given the events of both groups, of which each belongs to the treatment group with odds
  /// e^θ n₁/n₂: a good approximation for rare events.
  init?(approximate table: TwoByTwoTable, at index: Int) {
    guard !table.hasOneOutcomeOnly else { return nil }
    self.init(
      share: table.treatment.events, of: table.events,
      offset: log(Double(table.treatment.total) / Double(table.reference.total)), at: index)
  }

  /// Given the events of both groups, which is exact for rates.
  init?(conditional table: PersonTimeTable, at index: Int) {
    guard table.events > 0 else { return nil }
    self.init(
      share: table.treatment.events, of: table.events,
      offset: log(table.treatment.personYears / table.reference.personYears), at: index)
  }

  private init(share events: Int, of all: Int, offset: Double, at index: Int) {
    self.init(
      index: index,
      likelihood: NormalMixture(
        kernel: BinomialKernel(events: events, trials: all, offset: offset)),
      isLowest: events == 0, isHighest: events == all)
  }

  /// With an intercept of its own.
  init?(fixedIntercept table: TwoByTwoTable, at index: Int) {
    guard !table.hasOneOutcomeOnly else { return nil }
    let (treatment, reference) = (table.treatment, table.reference)
    let arms = TwoArms(table)
    self.init(
      index: index,
      likelihood: FixedInterceptStudy(
        arms: arms, start: log(Double(table.events) / Double(table.nonEvents))),
      isLowest: treatment.events == 0 || reference.nonEvents == 0,
      isHighest: treatment.nonEvents == 0 || reference.events == 0,
      supremum: arms.treatment.peak + arms.reference.peak)
  }

  /// With an intercept of its own.
  init?(fixedIntercept table: PersonTimeTable, at index: Int) {
    guard table.events > 0 else { return nil }
    let arms = TwoArms(table)
    self.init(
      index: index,
      likelihood: FixedInterceptStudy(
        arms: arms, start: log(Double(table.events) / table.personYears)),
      isLowest: table.treatment.events == 0, isHighest: table.reference.events == 0,
      supremum: arms.treatment.peak + arms.reference.peak)
  }

  /// One group, whose log odds vary between studies.
  init(_ count: BinomialCount, at index: Int) {
    self.init(
      index: index,
      likelihood: NormalMixture(kernel: BinomialKernel(count)),
      isLowest: count.events == 0, isHighest: count.nonEvents == 0)
  }

  /// One group, whose log rate varies between studies.
  init(_ count: PoissonCount, at index: Int) {
    self.init(
      index: index,
      likelihood: NormalMixture(kernel: PoissonKernel(count)),
      isLowest: count.events == 0, isHighest: false)
  }

  /// With a normal intercept, so that also studies without events tell of it.
  init(randomIntercept table: TwoByTwoTable, at index: Int) {
    self.init(index: index, likelihood: RandomInterceptStudy(arms: TwoArms(table)))
  }

  /// With a normal intercept, so that also studies without events tell of it.
  init(randomIntercept table: PersonTimeTable, at index: Int) {
    self.init(index: index, likelihood: RandomInterceptStudy(arms: TwoArms(table)))
  }

  /// Beta-binomial groups.
  init(betaBinomial table: TwoByTwoTable, at index: Int) {
    self.init(
      index: index,
      likelihood: BetaBinomialStudy(
        treatment: BetaBinomialArm(table.treatment), reference: BetaBinomialArm(table.reference)))
  }
}

extension TwoArms where Kernel == BinomialKernel {
  fileprivate init(_ table: TwoByTwoTable) {
    self.init(
      treatment: BinomialKernel(table.treatment), reference: BinomialKernel(table.reference))
  }
}

extension TwoArms where Kernel == PoissonKernel {
  fileprivate init(_ table: PersonTimeTable) {
    self.init(treatment: PoissonKernel(table.treatment), reference: PoissonKernel(table.reference))
  }
}
