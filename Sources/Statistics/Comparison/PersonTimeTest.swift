public import Inference

/// A test that two rates are equal.
public enum PersonTimeTest: String, StatisticalMethod {
  case conditional = "poisson-conditional"
  case conditionalCentral = "poisson-conditional-central"
  case conditionalMidP = "poisson-conditional-mid-p"
  case score = "poisson-score"
  case eTest = "poisson-e-test"

  /// The names of what the test gives: exact ones have a p-value alone.
  public var statisticNames: [String] {
    self == .score ? ["statistic", "p_value"] : ["p_value"]
  }

  public var title: String {
    switch self {
    case .conditional: "Exact conditional"
    case .conditionalCentral: "Exact conditional, central"
    case .conditionalMidP: "Mid-P conditional, central"
    case .score: "Score"
    case .eTest: "E-test"
    }
  }

  public var summary: String {
    switch self {
    case .conditional:
      """
      Given all events, two-sided by minimum likelihood: R's poisson.test, whose interval is the \
      central one and may contradict it.
      """
    case .conditionalCentral:
      """
      Given all events, twice the smaller tail, at most 1: the two-sided test that agrees with the \
      conditional-exact interval.
      """
    case .conditionalMidP:
      """
      Given all events, twice the smaller tail with half the probability of the observed split: \
      the test that agrees with the conditional-mid-p interval.
      """
    case .score:
      "The score test of equal rates, which agrees with Miettinen and Nurminen's intervals."
    case .eTest:
      """
      The probability, at the pooled rate, of a Wald statistic with unpooled variance no smaller \
      than observed; statsmodels' default pools the variance.
      """
    }
  }

  public var reference: String {
    switch self {
    case .conditional, .conditionalCentral: "Przyborowski & Wilenski (1940), Biometrika 31:313"
    case .conditionalMidP: "Berry & Armitage (1995), The Statistician 44:417"
    case .score: "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    case .eTest: "Krishnamoorthy & Thomson (2004), J. Stat. Plan. Inference 119:23"
    }
  }
}
