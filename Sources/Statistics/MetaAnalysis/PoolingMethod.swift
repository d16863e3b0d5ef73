public import Inference

/// A method for pooling the effects of studies.
public enum PoolingMethod: String, StatisticalMethod {
  case inverseVariance = "inverse-variance"
  case mantelHaenszel = "mantel-haenszel"
  case mantelHaenszelSato = "mantel-haenszel-sato"
  case peto
  case sampleSize = "ssw"
  case ivhet
  case firth
  case exactConditional = "exact-conditional"
  case exactConditionalMidP = "exact-conditional-mid-p"
  case unconditionalFixed = "glmm-unconditional-fixed"
  case unconditionalRandom = "glmm-unconditional-random"
  case conditionalExact = "glmm-conditional-exact"
  case conditionalApproximate = "glmm-conditional-approximate"
  case betaBinomial = "beta-binomial"

  /// The measures that it can pool.
  public var measures: [EffectMeasure] {
    switch self {
    case .inverseVariance, .ivhet: EffectMeasure.allCases
    case .mantelHaenszel:
      [.oddsRatio, .riskRatio, .riskDifference, .rateRatio, .rateDifference]
    case .mantelHaenszelSato: [.riskDifference]
    case .peto, .firth, .betaBinomial: [.oddsRatio]
    case .sampleSize:
      [.oddsRatio, .riskRatio, .riskDifference, .arcsineDifference, .rateRatio, .rateDifference]
    case .exactConditional, .exactConditionalMidP, .unconditionalFixed, .conditionalExact,
      .conditionalApproximate:
      [.oddsRatio, .rateRatio]
    case .unconditionalRandom: [.oddsRatio, .rateRatio, .proportionLogit, .rateLog]
    }
  }

  /// Whether it is a mixed model of the counts, fitted by maximum likelihood.
  public var isMixedModel: Bool {
    switch self {
    case .unconditionalFixed, .unconditionalRandom, .conditionalExact, .conditionalApproximate:
      true
    default: false
    }
  }

  /// Whether effects may differ from study to study; `beta-binomial` always lets them.
  public var hasRandomEffects: Bool {
    self == .inverseVariance || self == .sampleSize || self == .betaBinomial || isMixedModel
  }

  public var title: String {
    switch self {
    case .inverseVariance: "Inverse variance"
    case .mantelHaenszel: "Mantel–Haenszel"
    case .mantelHaenszelSato: "Mantel–Haenszel, Sato variance"
    case .peto: "Peto one-step"
    case .sampleSize: "Sample-size weights"
    case .ivhet: "Inverse-variance heterogeneity (IVhet)"
    case .firth: "Firth logistic regression"
    case .exactConditional: "Exact conditional"
    case .exactConditionalMidP: "Mid-P conditional"
    case .unconditionalFixed: "Mixed model, fixed study effects"
    case .unconditionalRandom: "Mixed model, random study effects"
    case .conditionalExact: "Mixed model, exact conditional likelihood"
    case .conditionalApproximate: "Mixed model, approximate conditional likelihood"
    case .betaBinomial: "Beta-binomial"
    }
  }

  public var summary: String {
    switch self {
    case .inverseVariance:
      """
      The mean weighted by 1/v, or by 1/(v + τ²): biased for rare events, where ½ has to be added; \
      R's rma.uni and metagen.
      """
    case .mantelHaenszel:
      """
      Robins, Breslow and Greenland's variance for odds ratios, Greenland and Robins' for the \
      others; nothing is added to zeros unless asked: R's metafor. RevMan and R's meta add ½ in \
      studies with a zero.
      """
    case .mantelHaenszelSato:
      """
      The Mantel–Haenszel difference with Sato's variance, which holds for many small studies too: \
      R's metafor.
      """
    case .peto:
      """
      Σ(x − E)/ΣV of the hypergeometric distribution: good below 1 % of events with arms of like \
      size and moderate effects, biased otherwise, which is checked and printed; R's rma.peto.
      """
    case .sampleSize:
      """
      Weights n₁n₂/N that depend on no event, so that they do not correlate with the effect; R's \
      meta gives an infinite standard error where a study has no event.
      """
    case .ivhet:
      """
      The common-effect estimate with a standard error that allows for τ² by DerSimonian and \
      Laird; R's meta takes the chosen τ² instead.
      """
    case .firth:
      """
      Logistic regression with study intercepts and Jeffreys' penalty, limits and p by penalised \
      profile likelihood: R's logistf. LRP of R's meta is Wald's with an overdispersion factor.
      """
    case .exactConditional:
      """
      Exact given the margins of each study, α/2 in each tail, with the conditional \
      maximum-likelihood estimate; p is twice the smaller tail. R's mantelhaen.test prints a p by \
      minimum likelihood, which may contradict its interval.
      """
    case .exactConditionalMidP:
      """
      Exact given the margins of each study with half the probability of what was observed in each \
      tail, and the conditional estimate; R's mantelhaen.test has none.
      """
    case .unconditionalFixed:
      """
      Logistic or Poisson regression with an intercept for each study, treatment coded ±½ and a \
      normal effect: UM.FS of R's metafor, which takes 7 nodes.
      """
    case .unconditionalRandom:
      """
      Logistic or Poisson regression with a normal intercept and an independent normal effect, \
      coded ±½; for one group a normal logit or log rate alone: UM.RS of R's metafor, which is a \
      Laplace approximation.
      """
    case .conditionalExact:
      """
      The noncentral hypergeometric likelihood (for rates the binomial) with a normal log ratio: \
      CM.EL of R's metafor, which stops short of its optimum.
      """
    case .conditionalApproximate:
      """
      The treatment group's events binomial among all events of the study, with a normal log \
      ratio: CM.AL of R's metafor; good for rare events, for rates exact.
      """
    case .betaBinomial:
      """
      Beta-binomial counts with a logit mean for each group and one intraclass correlation, no \
      study terms: it compares arms across studies and does not keep the randomisation.
      """
    }
  }

  public var reference: String {
    switch self {
    case .inverseVariance: "DerSimonian & Laird (1986), Control. Clin. Trials 7:177"
    case .mantelHaenszel: "Mantel & Haenszel (1959), J. Natl. Cancer Inst. 22:719"
    case .mantelHaenszelSato: "Sato (1989), Biometrics 45:1323"
    case .peto: "Yusuf et al. (1985), Prog. Cardiovasc. Dis. 27:335"
    case .sampleSize: "Bakbergenuly, Hoaglin & Kulinskaya (2020), Res. Synth. Methods 11:827"
    case .ivhet: "Doi et al. (2015), Contemp. Clin. Trials 45:130"
    case .firth: "Firth (1993), Biometrika 80:27; Heinze & Schemper (2002), Stat. Med. 21:2409"
    case .exactConditional: "Gart (1970), Biometrika 57:471"
    case .exactConditionalMidP: "Mehta, Patel & Gray (1985), J. Am. Stat. Assoc. 80:969"
    case .unconditionalFixed, .unconditionalRandom:
      "Jackson et al. (2018), Stat. Med. 37:1059"
    case .conditionalExact, .conditionalApproximate:
      "Stijnen, Hamza & Özdemir (2010), Stat. Med. 29:3046"
    case .betaBinomial: "Kuss (2015), Stat. Med. 34:1097"
    }
  }
}
