public import Inference

/// A method for a confidence interval of an odds ratio.
public enum OddsRatioMethod: String, StatisticalMethod {
  case woolf
  case gart
  case miettinenNurminen = "miettinen-nurminen"
  case score
  case scas
  case likelihoodRatio = "likelihood-ratio"
  case conditionalExact = "conditional-exact"
  case conditionalMidP = "conditional-mid-p"
  case baptistaPike = "baptista-pike"
  case baptistaPikeMidP = "baptista-pike-mid-p"

  public var title: String {
    switch self {
    case .woolf: "Woolf logit"
    case .gart: "Gart adjusted logit"
    case .miettinenNurminen: "Miettinen–Nurminen score"
    case .score: "Score"
    case .scas: "Skewness-corrected score"
    case .likelihoodRatio: "Likelihood ratio"
    case .conditionalExact: "Cornfield exact conditional"
    case .conditionalMidP: "Cornfield mid-P conditional"
    case .baptistaPike: "Baptista–Pike exact conditional"
    case .baptistaPikeMidP: "Baptista–Pike mid-P conditional"
    }
  }

  public var summary: String {
    switch self {
    case .woolf:
      """
      Wald on the logarithm, not estimable with a zero cell: CL=WALD of SAS PROC FREQ OR, "wald" \
      in R's DescTools, which adds ½ where there is a zero.
      """
    case .gart:
      """
      Wald on the logarithm with ½ added to every cell of any table; the estimate stays that of \
      the data: CL=WALDMODIFIED in SAS PROC FREQ, which prints the shifted estimate.
      """
    case .miettinenNurminen:
      """
      The score interval with the variance factor N/(N − 1), whose test at 1 is n-1-chi-square: CL=SCORE of SAS PROC FREQ OR, R's \
      ratesci without bias correction.
      """
    case .score:
      """
      The score interval without the factor N/(N − 1), whose test at 1 is Pearson's χ²: \
      CL=SCORE(CORRECT=NO) in SAS PROC FREQ, the uncorrected score of R's contingencytables.
      """
    case .scas:
      """
      The score interval with N/(N − 1), corrected for bias and skewness, without continuity \
      correction: SCAS in R's ratesci; SAS PROC FREQ has none.
      """
    case .likelihoodRatio:
      """
      The ratios whose profile likelihood is within e^(−z²/2) of the maximum, whose test at 1 is \
      likelihood-ratio: CL=LR of SAS PROC \
      FREQ OR, the profile interval of R's logistic glm.
      """
    case .conditionalExact:
      """
      Exact given both margins, α/2 in each tail, with the conditional maximum-likelihood estimate; \
      its test at 1 is fisher-central: CL=EXACT of SAS PROC FREQ OR and R's fisher.test, whose limits can be off in the \
      fourth digit.
      """
    case .conditionalMidP:
      """
      Exact given both margins with half the probability of the observed table in each tail, and \
      the conditional estimate; its test at 1 is fisher-central-mid-p: CL=MIDP of SAS PROC FREQ OR, "midp" in R's epitools.
      """
    case .baptistaPike:
      """
      The ratios that Fisher's test by minimum likelihood accepts, ties to 1e-7 included; where \
      they have gaps, their hull: "minlike" in R's exact2x2.
      """
    case .baptistaPikeMidP:
      """
      As baptista-pike with half the probability of the ties; where the accepted ratios have gaps, \
      their hull: the Baptista–Pike mid-P interval of R's contingencytables.
      """
    }
  }

  public var reference: String {
    switch self {
    case .woolf: "Woolf (1955), Ann. Hum. Genet. 19:251"
    case .gart: "Gart (1966), Biometrika 53:471"
    case .miettinenNurminen: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    case .score: "Cornfield (1956), Proc. 3rd Berkeley Symp. 4:135"
    case .scas: "Laud (2017), Pharm. Stat. 16:334, corrigendum (2018) 17:290"
    case .likelihoodRatio: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    case .conditionalExact: "Cornfield (1956), Proc. 3rd Berkeley Symp. 4:135"
    case .conditionalMidP: "Mehta & Walsh (1992), Am. Stat. 46:146"
    case .baptistaPike: "Baptista & Pike (1977), Appl. Stat. 26:214"
    case .baptistaPikeMidP:
      "Fagerland, Lydersen & Laake (2015), Stat. Methods Med. Res. 24:224"
    }
  }
}
