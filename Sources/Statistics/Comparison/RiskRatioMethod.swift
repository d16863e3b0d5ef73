public import Inference

/// A method for a confidence interval of a ratio of two risks.
public enum RiskRatioMethod: String, StatisticalMethod {
  case log
  case logAdjusted = "log-adjusted"
  case miettinenNurminen = "miettinen-nurminen"
  case koopman
  case moverWilson = "mover-wilson"
  case scas
  case likelihoodRatio = "likelihood-ratio"
  case exactScore = "exact-score"

  public var title: String {
    switch self {
    case .log: "Katz logarithm"
    case .logAdjusted: "Adjusted logarithm"
    case .miettinenNurminen: "Miettinen–Nurminen score"
    case .koopman: "Koopman score"
    case .moverWilson: "MOVER from Wilson limits"
    case .scas: "Skewness-corrected score"
    case .likelihoodRatio: "Likelihood ratio"
    case .exactScore: "Chan–Zhang exact unconditional"
    }
  }

  public var summary: String {
    switch self {
    case .log:
      """
      Wald on the logarithm, not estimable with no event in a group: CL=WALD of SAS PROC FREQ \
      RELRISK, "katz.log" in R's DescTools, "log" in statsmodels.
      """
    case .logAdjusted:
      """
      Wald on the logarithm with ½ added to both numbers of events and of subjects, centre and \
      variance; the estimate stays that of the data: "adj.log" in R's DescTools, CL=WALDMODIFIED in \
      SAS PROC FREQ.
      """
    case .miettinenNurminen:
      """
      The score interval with the variance factor N/(N − 1), whose test at 1 is n-1-chi-square: CL=SCORE of SAS PROC FREQ RELRISK, \
      R's ratesci.
      """
    case .koopman:
      """
      The score interval without the factor N/(N − 1), whose test at 1 is Pearson's χ²: \
      CL=SCORE(CORRECT=NO) in SAS PROC FREQ, "koopman" in R's DescTools, "score" in statsmodels.
      """
    case .moverWilson:
      """
      Wilson's limits of each risk, combined around the ratio of the estimates: MOVER-R in R's \
      contingencytables; SAS PROC FREQ has none.
      """
    case .scas:
      """
      The score interval with N/(N − 1), corrected for skewness, without continuity correction: \
      SCAS in R's ratesci, which without that factor is that of Gart and Nam.
      """
    case .likelihoodRatio:
      """
      The ratios whose profile likelihood is within e^(−z²/2) of the maximum, whose test at 1 is \
      likelihood-ratio: CL=LR of SAS PROC \
      FREQ RELRISK.
      """
    case .exactScore:
      """
      Two one-sided exact tests at α/2 over the whole range of the nuisance risk, ordered by the \
      score statistic: EXACT RELRISK(METHOD=SCORE) in SAS PROC FREQ, "score" in R's exact2x2.
      """
    }
  }

  public var reference: String {
    switch self {
    case .log: "Katz et al. (1978), Biometrics 34:469"
    case .logAdjusted: "Walter (1975), Biometrika 62:371"
    case .miettinenNurminen: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    case .koopman: "Koopman (1984), Biometrics 40:513"
    case .moverWilson: "Donner & Zou (2012), Stat. Methods Med. Res. 21:347"
    case .scas: "Laud (2017), Pharm. Stat. 16:334; Gart & Nam (1988), Biometrics 44:323"
    case .likelihoodRatio: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    case .exactScore: "Chan & Zhang (1999), Biometrics 55:1202"
    }
  }
}
