public import Inference

/// A method for a common difference of two rates over strata.
public enum StratifiedRateDifferenceMethod: String, StatisticalMethod {
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
      Greenland and Robins' variance: "MH" of rates in R's metafor and METHOD=MH in SAS PROC \
      STDRATE.
      """
    case .inverseVariance:
      """
      Each difference weighted by its inverse variance, ½ entering the variance of a stratum with \
      a zero: the common-effect model of R's meta.
      """
    case .miettinenNurminen:
      "The differences whose weighted score lies within ±z: R's ratesci without skewness."
    }
  }

  public var reference: String {
    switch self {
    case .mantelHaenszel: "Greenland & Robins (1985), Biometrics 41:55"
    case .inverseVariance: "Rothman (1986), Modern Epidemiology"
    case .miettinenNurminen: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    }
  }
}

/// A method for a common ratio of two rates over strata.
public enum StratifiedRateRatioMethod: String, StatisticalMethod {
  case mantelHaenszel = "mantel-haenszel"
  case inverseVariance = "inverse-variance"
  case miettinenNurminen = "miettinen-nurminen"
  case conditionalExact = "conditional-exact"
  case conditionalMidP = "conditional-mid-p"

  public var title: String {
    switch self {
    case .mantelHaenszel: "Mantel–Haenszel"
    case .inverseVariance: "Inverse variance"
    case .miettinenNurminen: "Stratified Miettinen–Nurminen score"
    case .conditionalExact: "Exact conditional"
    case .conditionalMidP: "Mid-P conditional"
    }
  }

  public var summary: String {
    switch self {
    case .mantelHaenszel:
      """
      Greenland and Robins' variance of the logarithm, nothing added to zeros: "MH" of rates in R's \
      metafor and METHOD=MH in SAS PROC STDRATE.
      """
    case .inverseVariance:
      """
      The mean of the logarithms, ½ added to both counts of a stratum with a zero: the \
      common-effect model of R's meta.
      """
    case .miettinenNurminen:
      "The ratios whose weighted score lies within ±z: R's ratesci without skewness."
    case .conditionalExact:
      """
      Exact given the events of each stratum, α/2 in each tail, with the conditional \
      maximum-likelihood estimate; neither SAS nor base R has it.
      """
    case .conditionalMidP:
      """
      Exact given the events of each stratum with half the probability of the observed sum in each \
      tail, and the conditional estimate; neither SAS nor base R has it.
      """
    }
  }

  public var reference: String {
    switch self {
    case .mantelHaenszel: "Greenland & Robins (1985), Biometrics 41:55"
    case .inverseVariance: "Rothman (1986), Modern Epidemiology"
    case .miettinenNurminen: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    case .conditionalExact: "Martin & Austin (1996), Epidemiology 7:29"
    case .conditionalMidP: "Martin & Austin (1996), Epidemiology 7:29"
    }
  }
}
