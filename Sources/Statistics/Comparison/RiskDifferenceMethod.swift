public import Inference

/// A method for a confidence interval of a difference of two risks.
public enum RiskDifferenceMethod: String, StatisticalMethod {
  case wald
  case waldCorrected = "wald-cc"
  case miettinenNurminen = "miettinen-nurminen"
  case mee
  case newcombe
  case newcombeCorrected = "newcombe-cc"
  case agrestiCaffo = "agresti-caffo"
  case hauckAnderson = "hauck-anderson"
  case scas
  case likelihoodRatio = "likelihood-ratio"
  case exactScore = "exact-score"
  case exactSimple = "exact-simple"
  case exactTwoSided = "exact-two-sided"

  public var title: String {
    switch self {
    case .wald: "Wald"
    case .waldCorrected: "Wald with continuity correction"
    case .miettinenNurminen: "Miettinen–Nurminen score"
    case .mee: "Mee score"
    case .newcombe: "Newcombe"
    case .newcombeCorrected: "Newcombe with continuity correction"
    case .agrestiCaffo: "Agresti–Caffo"
    case .hauckAnderson: "Hauck–Anderson"
    case .scas: "Skewness-corrected score"
    case .likelihoodRatio: "Likelihood ratio"
    case .exactScore: "Chan–Zhang exact unconditional"
    case .exactSimple: "Santner–Snell exact unconditional"
    case .exactTwoSided: "Agresti–Min exact unconditional"
    }
  }

  public var summary: String {
    switch self {
    case .wald:
      """
      d ± z√(Σ p(1 − p)/n), cut to [−1, 1]: the default of SAS PROC FREQ RISKDIFF, "wald" in R's \
      DescTools; a single point at 0 v 0.
      """
    case .waldCorrected:
      """
      Wald ± ½(1/n₁ + 1/n₂): CL=WALD(CORRECT) in SAS PROC FREQ, the default of R's tern; \
      prop.test takes no more than |d| for the correction.
      """
    case .miettinenNurminen:
      """
      The score interval with the variance factor N/(N − 1), whose test at 0 is n-1-chi-square: CL=MN \
      in SAS PROC FREQ, "mn" in R's DescTools and ratesci; gsDesign drops the factor by default.
      """
    case .mee:
      """
      The score interval without the factor N/(N − 1), whose test at 0 is Pearson's χ² and at \
      another value that of Farrington and Manning: CL=MN(CORRECT=MEE) in SAS PROC FREQ, "mee" in \
      R's DescTools.
      """
    case .newcombe:
      """
      Wilson's limits of each risk, squared and added (method 10): CL=NEWCOMBE in SAS PROC FREQ, \
      "score" in R's DescTools, which is not the score interval.
      """
    case .newcombeCorrected:
      """
      Wilson's continuity-corrected limits of each risk, squared and added (method 11): \
      CL=NEWCOMBE(CORRECT) in SAS PROC FREQ, "scorecc" in R's DescTools.
      """
    case .agrestiCaffo:
      """
      Wald with one event and one non-event added to each group; the estimate stays that of the \
      data: CL=AC in SAS PROC FREQ, the default of R's DescTools.
      """
    case .hauckAnderson:
      """
      Wald with n − 1 in the variances and the correction 1/(2 min n): CL=HA in SAS PROC FREQ, \
      "ha" in R's DescTools.
      """
    case .scas:
      """
      The score interval with N/(N − 1), corrected for skewness, without continuity correction: \
      SCAS in R's ratesci; SAS PROC FREQ has none.
      """
    case .likelihoodRatio:
      """
      The differences whose profile likelihood is within e^(−z²/2) of the maximum; its test at 0 is \
      likelihood-ratio. SAS PROC FREQ and R's DescTools have none.
      """
    case .exactScore:
      """
      Two one-sided exact tests at α/2 over the whole range of the nuisance risk, ordered by the \
      score statistic: EXACT RISKDIFF(METHOD=SCORE) in SAS PROC FREQ, "score" in R's exact2x2.
      """
    case .exactSimple:
      """
      Two one-sided exact tests at α/2, ordered by the difference itself: \
      EXACT RISKDIFF(METHOD=NOSCORE) in SAS PROC FREQ, "simple" in R's exact2x2.
      """
    case .exactTwoSided:
      """
      One exact test at α, ordered by the size of the score statistic, at 0 the test barnard; where \
      the accepted values have gaps, their hull: EXACT RISKDIFF(METHOD=SCORE2) in SAS PROC FREQ.
      """
    }
  }

  public var reference: String {
    switch self {
    case .wald: "Fleiss (1981), Statistical Methods for Rates and Proportions"
    case .waldCorrected: "Fleiss (1981), Statistical Methods for Rates and Proportions"
    case .miettinenNurminen: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    case .mee: "Mee (1984), Biometrics 40:1175; Farrington & Manning (1990), Stat. Med. 9:1447"
    case .newcombe: "Newcombe (1998), Stat. Med. 17:873, method 10"
    case .newcombeCorrected: "Newcombe (1998), Stat. Med. 17:873, method 11"
    case .agrestiCaffo: "Agresti & Caffo (2000), Am. Stat. 54:280"
    case .hauckAnderson: "Hauck & Anderson (1986), Am. Stat. 40:318"
    case .scas: "Laud (2017), Pharm. Stat. 16:334"
    case .likelihoodRatio: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    case .exactScore: "Chan & Zhang (1999), Biometrics 55:1202"
    case .exactSimple: "Santner & Snell (1980), J. Am. Stat. Assoc. 75:386"
    case .exactTwoSided: "Agresti & Min (2001), Biometrics 57:963"
    }
  }
}
