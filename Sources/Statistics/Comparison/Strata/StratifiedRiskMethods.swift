public import Inference

/// A method for a common difference of two risks over strata.
public enum StratifiedRiskDifferenceMethod: String, StatisticalMethod {
  case mantelHaenszel = "mantel-haenszel"
  case mantelHaenszelSato = "mantel-haenszel-sato"
  case inverseVariance = "inverse-variance"
  case miettinenNurminen = "miettinen-nurminen"
  case newcombe
  case summaryScore = "summary-score"

  public var title: String {
    switch self {
    case .mantelHaenszel: "Mantel–Haenszel"
    case .mantelHaenszelSato: "Mantel–Haenszel, Sato variance"
    case .inverseVariance: "Inverse variance"
    case .miettinenNurminen: "Stratified Miettinen–Nurminen score"
    case .newcombe: "Stratified Newcombe"
    case .summaryScore: "Summary score"
    }
  }

  public var summary: String {
    switch self {
    case .mantelHaenszel:
      """
      Greenland and Robins' variance: "cmh" in R's tern and the default of meta; \
      COMMONRISKDIFF(CL=MH) of SAS PROC FREQ has Sato's.
      """
    case .mantelHaenszelSato:
      """
      The Mantel–Haenszel difference with Sato's variance, which holds for many small strata too: \
      COMMONRISKDIFF(CL=MH) of SAS PROC FREQ, R's metafor.
      """
    case .inverseVariance:
      """
      Each difference weighted by its inverse variance, ½ entering the variance of a stratum with \
      a zero: the common-effect model of R's meta.
      """
    case .miettinenNurminen:
      """
      The differences whose weighted score lies within ±z, with N/(N − 1) in each stratum: R's \
      ratesci without skewness; SAS PROC FREQ has none.
      """
    case .newcombe:
      """
      Weighted Wilson limits of each arm, squared and added, with Mantel–Haenszel weights: \
      COMMONRISKDIFF(CL=NEWCOMBE) of SAS PROC FREQ, "strat_newcombe" in R's tern.
      """
    case .summaryScore:
      """
      The centres of each stratum's Miettinen–Nurminen interval weighted by its width: \
      COMMONRISKDIFF(CL=SCORE) of SAS PROC FREQ; its estimate depends on the level.
      """
    }
  }

  public var reference: String {
    switch self {
    case .mantelHaenszel: "Greenland & Robins (1985), Biometrics 41:55"
    case .mantelHaenszelSato: "Sato (1989), Biometrics 45:1323"
    case .inverseVariance: "Fleiss (1981), Statistical Methods for Rates and Proportions"
    case .miettinenNurminen: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    case .newcombe: "Yan & Su (2010), Stat. Biopharm. Res. 2:482"
    case .summaryScore: "Agresti (2013), Categorical Data Analysis, 3rd ed."
    }
  }
}

/// A method for a common ratio of two risks over strata.
public enum StratifiedRiskRatioMethod: String, StatisticalMethod {
  case mantelHaenszel = "mantel-haenszel"
  case inverseVariance = "inverse-variance"
  case miettinenNurminen = "miettinen-nurminen"

  public var title: String {
    switch self {
    case .mantelHaenszel: "Mantel–Haenszel"
    case .inverseVariance: "Inverse variance"
    case .miettinenNurminen: "Stratified Miettinen–Nurminen score"
    }
  }

  public var summary: String {
    switch self {
    case .mantelHaenszel:
      """
      Greenland and Robins' variance of the logarithm, nothing added to zeros: the Mantel–Haenszel \
      relative risk of SAS PROC FREQ CMH, R's metafor.
      """
    case .inverseVariance:
      """
      The mean of the logarithms, ½ added to the cells of a stratum with a zero: the logit estimate \
      of SAS PROC FREQ CMH, the common-effect model of R's meta.
      """
    case .miettinenNurminen:
      """
      The ratios whose weighted score lies within ±z, with N/(N − 1) in each stratum: R's ratesci \
      without skewness; SAS PROC FREQ has none.
      """
    }
  }

  public var reference: String {
    switch self {
    case .mantelHaenszel: "Greenland & Robins (1985), Biometrics 41:55"
    case .inverseVariance: "Katz et al. (1978), Biometrics 34:469"
    case .miettinenNurminen: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    }
  }
}

/// A method for a common odds ratio over strata.
public enum StratifiedOddsRatioMethod: String, StatisticalMethod {
  case mantelHaenszel = "mantel-haenszel"
  case inverseVariance = "inverse-variance"
  case miettinenNurminen = "miettinen-nurminen"
  case conditionalExact = "conditional-exact"
  case conditionalMidP = "conditional-mid-p"

  public var title: String {
    switch self {
    case .mantelHaenszel: "Mantel–Haenszel"
    case .inverseVariance: "Woolf"
    case .miettinenNurminen: "Stratified Miettinen–Nurminen score"
    case .conditionalExact: "Exact conditional"
    case .conditionalMidP: "Mid-P conditional"
    }
  }

  public var summary: String {
    switch self {
    case .mantelHaenszel:
      """
      Robins, Breslow and Greenland's variance of the logarithm, nothing added to zeros: SAS PROC \
      FREQ CMH, R's mantelhaen.test.
      """
    case .inverseVariance:
      """
      The mean of the logarithms, ½ added to the cells of a stratum with a zero: the logit estimate \
      of SAS PROC FREQ CMH, the common-effect model of R's meta.
      """
    case .miettinenNurminen:
      """
      The ratios whose weighted score lies within ±z, with N/(N − 1) in each stratum: R's ratesci \
      without bias and skewness; with inverse-variance weights its test at 1 is Cochran, Mantel and \
      Haenszel's.
      """
    case .conditionalExact:
      """
      Exact given all margins, α/2 in each tail, with the conditional maximum-likelihood estimate: \
      EXACT COMOR of SAS PROC FREQ; R's mantelhaen.test with exact = TRUE, whose p-value is by \
      minimum likelihood and may contradict it.
      """
    case .conditionalMidP:
      """
      Exact given all margins with half the probability of the observed sum in each tail, and the \
      conditional estimate; R's mantelhaen.test has none.
      """
    }
  }

  public var reference: String {
    switch self {
    case .mantelHaenszel: "Robins, Breslow & Greenland (1986), Biometrics 42:311"
    case .inverseVariance: "Woolf (1955), Ann. Hum. Genet. 19:251"
    case .miettinenNurminen: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    case .conditionalExact: "Gart (1970), Biometrika 57:471"
    case .conditionalMidP: "Mehta, Patel & Gray (1985), J. Am. Stat. Assoc. 80:969"
    }
  }
}
