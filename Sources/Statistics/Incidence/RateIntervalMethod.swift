public import Inference

/// A method for a confidence interval of the rate of a Poisson count.
public enum RateIntervalMethod: String, StatisticalMethod {
  case exact
  case midP = "mid-p"
  case score
  case wald
  case waldLog = "wald-log"
  case jeffreys
  case byar
  case byarHalf = "byar-half"
  case likelihoodRatio = "likelihood-ratio"
  case scas

  public var title: String {
    switch self {
    case .exact: "Garwood exact"
    case .midP: "Mid-P exact"
    case .score: "Score"
    case .wald: "Wald"
    case .waldLog: "Wald on the log scale"
    case .jeffreys: "Jeffreys"
    case .byar: "Byar"
    case .byarHalf: "Byar with one half"
    case .likelihoodRatio: "Likelihood ratio"
    case .scas: "Skewness-corrected score"
    }
  }

  public var summary: String {
    switch self {
    case .exact:
      """
      χ² quantiles with 2x and 2x + 2 degrees of freedom, α/2 in each tail, also at 0 events: R's \
      poisson.test, "exact" in DescTools, the gamma limits of SAS programs.
      """
    case .midP:
      """
      Exact with half the probability of the observed count in each tail: the central mid-P of R's \
      exactci; SAS has no procedure for it, and Byar's method with x + ½ approximates it.
      """
    case .score:
      """
      (x + z²/2 ± z√(x + z²/4))/T, without continuity correction: "score" in R's DescTools and \
      "Wilson" in ratesci; SAS has no procedure for it.
      """
    case .wald:
      """
      (x ± z√x)/T, cut at 0: "normal" in R's tern, where it is the default.
      """
    case .waldLog:
      """
      x/T · e^(±z/√x), not estimable at 0 events: "normal_log" in R's tern, and what a Poisson \
      regression with the logarithm as its link gives, such as that of SAS PROC GENMOD.
      """
    case .jeffreys:
      """
      Equal-tailed Gamma(x + ½), with 0 at no events: Jeffreys' interval of R's ratesci; SAS has no \
      procedure for it.
      """
    case .byar:
      """
      x(1 − 1/9x − z/3√x)³/T below and the same with x + 1 and +z above, 0 at no events, as texts \
      of epidemiology have it; R's DescTools, cardx and tern mean `byar-half` by "byar".
      """
    case .byarHalf:
      """
      Byar's formula with x + ½ in both limits, close to mid-P, cut at 0 and 0 at no events: "byar" \
      in R's DescTools, cardx and tern.
      """
    case .likelihoodRatio:
      """
      The rates whose likelihood is within e^(−z²/2) of the maximum, also at 0 events; SAS has no \
      procedure for it.
      """
    case .scas:
      """
      The score interval corrected for skewness, without continuity correction, with 0 at no \
      events: SCAS in R's ratesci; SAS has no procedure for it.
      """
    }
  }

  public var reference: String {
    switch self {
    case .exact: "Garwood (1936), Biometrika 28:437"
    case .midP: "Cohen & Yang (1994), Stat. Med. 13:2189"
    case .score: "Rao (1948), Math. Proc. Camb. Philos. Soc. 44:50"
    case .wald: "Rothman, Greenland & Lash (2008), Modern Epidemiology"
    case .waldLog: "Rothman, Greenland & Lash (2008), Modern Epidemiology"
    case .jeffreys: "Brown, Cai & DasGupta (2003), Stat. Sin. 13:19"
    case .byar: "Breslow & Day (1987), Statistical Methods in Cancer Research II"
    case .byarHalf: "Rothman & Boice (1979), Epidemiologic Analysis with a Programmable Calculator"
    case .likelihoodRatio: "Wilks (1938), Ann. Math. Stat. 9:60"
    case .scas: "Laud (2017), Pharm. Stat. 16:334"
    }
  }
}
