public import Inference

/// A method for a confidence interval of the rate of a Poisson count.
public enum RateIntervalMethod: String, StatisticalMethod {
  case exact
  case midP = "mid-p"
  case score

  public var title: String {
    switch self {
    case .exact: "Garwood exact"
    case .midP: "Mid-P exact"
    case .score: "Score"
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
    }
  }

  public var reference: String {
    switch self {
    case .exact: "Garwood (1936), Biometrika 28:437"
    case .midP: "Cohen & Yang (1994), Stat. Med. 13:2189"
    case .score: "Rao (1948), Math. Proc. Camb. Philos. Soc. 44:50"
    }
  }
}
