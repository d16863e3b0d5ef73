public import Inference

/// A method for a confidence interval of a binomial proportion.
public enum ProportionIntervalMethod: String, StatisticalMethod {
  case wald
  case wilson
  case clopperPearson = "clopper-pearson"
  case midP = "mid-p"
  case jeffreys
  case agrestiCoull = "agresti-coull"

  public var title: String {
    switch self {
    case .wald: "Wald"
    case .wilson: "Wilson score"
    case .clopperPearson: "Clopper–Pearson exact"
    case .midP: "Mid-P exact"
    case .jeffreys: "Jeffreys"
    case .agrestiCoull: "Agresti–Coull"
    }
  }

  public var summary: String {
    switch self {
    case .wald:
      """
      p ± z√(p(1 − p)/n) without continuity correction, cut to [0, 1]: one of the two defaults of \
      SAS PROC FREQ BINOMIAL, "asymptotic" in R's binom, "wald" in DescTools.
      """
    case .wilson:
      """
      The score interval without continuity correction: CL=WILSON in SAS PROC FREQ, the default \
      of R's DescTools, "wilson" in binom, prop.test with correct = FALSE.
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
    }
  }

  public var reference: String {
    switch self {
    case .wald: "Laplace (1812), Théorie analytique des probabilités"
    case .wilson: "Wilson (1927), J. Am. Stat. Assoc. 22:209"
    case .clopperPearson: "Clopper & Pearson (1934), Biometrika 26:404"
    case .midP: "Berry & Armitage (1995), The Statistician 44:417"
    case .jeffreys: "Brown, Cai & DasGupta (2001), Stat. Sci. 16:101"
    case .agrestiCoull: "Agresti & Coull (1998), Am. Stat. 52:119"
    }
  }
}
