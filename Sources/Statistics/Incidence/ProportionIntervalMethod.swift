public import Inference

/// A method for a confidence interval of a binomial proportion.
public enum ProportionIntervalMethod: String, StatisticalMethod {
  case wald
  case waldCorrected = "wald-cc"
  case wilson
  case wilsonCorrected = "wilson-cc"
  case clopperPearson = "clopper-pearson"
  case midP = "mid-p"
  case blaker
  case jeffreys
  case agrestiCoull = "agresti-coull"
  case likelihoodRatio = "likelihood-ratio"
  case logit
  case arcsine
  case scas

  /// Whether the method has no limit by itself: its two tails are not separate.
  public var isTwoSidedOnly: Bool { self == .blaker }

  public var title: String {
    switch self {
    case .wald: "Wald"
    case .waldCorrected: "Wald with continuity correction"
    case .wilson: "Wilson score"
    case .wilsonCorrected: "Wilson score with continuity correction"
    case .clopperPearson: "Clopper–Pearson exact"
    case .midP: "Mid-P exact"
    case .blaker: "Blaker exact"
    case .jeffreys: "Jeffreys"
    case .agrestiCoull: "Agresti–Coull"
    case .likelihoodRatio: "Likelihood ratio"
    case .logit: "Logit"
    case .arcsine: "Arcsine"
    case .scas: "Skewness-corrected score"
    }
  }

  public var summary: String {
    switch self {
    case .wald:
      """
      p ± z√(p(1 − p)/n) without continuity correction, cut to [0, 1]: one of the two defaults of \
      SAS PROC FREQ BINOMIAL, "asymptotic" in R's binom, "wald" in DescTools.
      """
    case .waldCorrected:
      """
      p ± (z√(p(1 − p)/n) + 1/2n), cut to [0, 1]: CL=WALD(CORRECT) in SAS PROC FREQ, "waldcc" in \
      R's DescTools, the default of tern.
      """
    case .wilson:
      """
      The score interval without continuity correction: CL=WILSON in SAS PROC FREQ, the default \
      of R's DescTools, "wilson" in binom, prop.test with correct = FALSE.
      """
    case .wilsonCorrected:
      """
      The score interval with ½ taken from |x − np|, and 0 at no events and 1 at n: \
      CL=WILSON(CORRECT) in SAS PROC FREQ, "wilsoncc" in R's DescTools, the default of prop.test \
      unless x is n/2.
      """
    case .clopperPearson:
      """
      Exact, α/2 in each tail, also at 0 and n events: the exact interval of SAS PROC FREQ \
      BINOMIAL, R's binom.test, "exact" in binom, "clopper-pearson" in DescTools.
      """
    case .midP:
      """
      Exact with half the probability of the observed count in each tail: CL=MIDP in SAS PROC \
      FREQ, "midp" in R's DescTools; binom has none.
      """
    case .blaker:
      """
      Exact, from the probability of counts no less extreme in their smaller tail, ties to 1e-7 \
      included; where this set has gaps, its hull; two-sided only: CL=BLAKER in SAS PROC FREQ, \
      "blaker" in R's DescTools and exactci.
      """
    case .jeffreys:
      """
      Equal-tailed Beta(x + ½, n − x + ½), with 0 at no events and 1 at n: CL=JEFFREYS in SAS PROC \
      FREQ, "jeffreys" in R's DescTools; not the highest-density "bayes" of binom.
      """
    case .agrestiCoull:
      """
      Wald around (x + z²/2)/(n + z²), exact z and not 2, cut to [0, 1]: CL=AGRESTICOULL in SAS \
      PROC FREQ, "agresti-coull" in R's DescTools; binom's "agresti-coull" is not cut.
      """
    case .likelihoodRatio:
      """
      The p whose likelihood is within e^(−z²/2) of the maximum, also at 0 and n events: CL=LR in \
      SAS PROC FREQ, "lik" in R's DescTools, "lrt" in binom, which stops after about six digits.
      """
    case .logit:
      """
      logit p ± z√(1/x + 1/(n − x)), not estimable at 0 and n events: CL=LOGIT in SAS PROC FREQ, \
      "logit" in R's DescTools and binom.
      """
    case .arcsine:
      """
      sin² of the arcsine of √((x + ⅜)/(n + ¾)) ± z/2√n, the angle cut to [0, π/2], with 0 at no \
      events and 1 at n: "arcsine" in R's DescTools; SAS PROC FREQ has none.
      """
    case .scas:
      """
      The score interval corrected for skewness, without continuity correction, with 0 at no \
      events and 1 at n: SCAS in R's ratesci; SAS PROC FREQ has none.
      """
    }
  }

  public var reference: String {
    switch self {
    case .wald: "Laplace (1812), Théorie analytique des probabilités"
    case .waldCorrected: "Fleiss (1981), Statistical Methods for Rates and Proportions"
    case .wilson: "Wilson (1927), J. Am. Stat. Assoc. 22:209"
    case .wilsonCorrected: "Newcombe (1998), Stat. Med. 17:857, method 4"
    case .clopperPearson: "Clopper & Pearson (1934), Biometrika 26:404"
    case .midP: "Berry & Armitage (1995), The Statistician 44:417"
    case .blaker: "Blaker (2000), Can. J. Stat. 28:783"
    case .jeffreys: "Brown, Cai & DasGupta (2001), Stat. Sci. 16:101"
    case .agrestiCoull: "Agresti & Coull (1998), Am. Stat. 52:119"
    case .likelihoodRatio: "Wilks (1938), Ann. Math. Stat. 9:60"
    case .logit: "Brown, Cai & DasGupta (2001), Stat. Sci. 16:101"
    case .arcsine: "Anscombe (1948), Biometrika 35:246"
    case .scas: "Laud (2017), Pharm. Stat. 16:334"
    }
  }
}
