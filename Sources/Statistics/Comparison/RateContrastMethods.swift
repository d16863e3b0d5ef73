public import Inference

/// A method for a confidence interval of a difference of two rates.
public enum RateDifferenceMethod: String, StatisticalMethod {
  case wald
  case miettinenNurminen = "miettinen-nurminen"
  case mover
  case scas

  public var title: String {
    switch self {
    case .wald: "Wald"
    case .miettinenNurminen: "Miettinen–Nurminen score"
    case .mover: "MOVER from Jeffreys limits"
    case .scas: "Skewness-corrected score"
    }
  }

  public var summary: String {
    switch self {
    case .wald:
      """
      d ± z√(Σ x/T²): "wald" in statsmodels; a single point at 0 v 0. SAS has no procedure for two \
      rates.
      """
    case .miettinenNurminen:
      "The score interval: \"score\" in statsmodels, R's lrstat and ratesci without skewness."
    case .mover:
      "The Jeffreys limits of each rate, squared and added: MOVER-J in R's ratesci."
    case .scas: "The score interval corrected for skewness: SCAS in R's ratesci."
    }
  }

  public var reference: String {
    switch self {
    case .wald: "Rothman (1986), Modern Epidemiology"
    case .miettinenNurminen: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    case .mover: "Li, Tang & Wong (2014), Comput. Stat. Data Anal. 71:1105; Laud (2017)"
    case .scas: "Laud (2017), Pharm. Stat. 16:334"
    }
  }
}

/// A method for a confidence interval of a ratio of two rates.
public enum RateRatioMethod: String, StatisticalMethod {
  case waldLog = "wald-log"
  case miettinenNurminen = "miettinen-nurminen"
  case conditionalExact = "conditional-exact"
  case conditionalMidP = "conditional-mid-p"
  case mover
  case scas

  public var title: String {
    switch self {
    case .waldLog: "Wald on the logarithm"
    case .miettinenNurminen: "Miettinen–Nurminen score"
    case .conditionalExact: "Exact conditional"
    case .conditionalMidP: "Mid-P conditional"
    case .mover: "MOVER from Jeffreys limits"
    case .scas: "Skewness-corrected score"
    }
  }

  public var summary: String {
    switch self {
    case .waldLog:
      "r exp(±z√(1/x₁ + 1/x₂)), not estimable with no event in a group: \"wald-log\" in statsmodels."
    case .miettinenNurminen:
      """
      The score interval, which is Wilson's for the treatment's share of the events: "score" in \
      statsmodels, which fails at 0 events; R's lrstat.
      """
    case .conditionalExact:
      """
      Clopper and Pearson's limits for the treatment's share of the events: R's poisson.test, whose \
      p-value is by minimum likelihood and may contradict it.
      """
    case .conditionalMidP:
      """
      Mid-P limits for the treatment's share of the events: "cond-midp" in statsmodels, mid-P in \
      R's exactci.
      """
    case .mover:
      "The Jeffreys limits of each rate, combined around the ratio: MOVER-J in R's ratesci."
    case .scas: "The score interval corrected for skewness: SCAS in R's ratesci."
    }
  }

  public var reference: String {
    switch self {
    case .waldLog: "Rothman (1986), Modern Epidemiology"
    case .miettinenNurminen: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    case .conditionalExact: "Przyborowski & Wilenski (1940), Biometrika 31:313"
    case .conditionalMidP: "Berry & Armitage (1995), The Statistician 44:417"
    case .mover: "Li, Tang & Wong (2014), Comput. Stat. Data Anal. 71:1105; Laud (2017)"
    case .scas: "Laud (2017), Pharm. Stat. 16:334"
    }
  }
}
