public import Inference

/// How the scores of strata are weighted in a Miettinen–Nurminen interval.
public enum StratumWeights: String, StatisticalMethod {
  case mantelHaenszel = "mantel-haenszel"
  case inverseVariance = "inverse-variance"
  case miettinenNurminen = "miettinen-nurminen"
  case sampleSize = "sample-size"
  case equal

  public var title: String {
    switch self {
    case .mantelHaenszel: "Mantel–Haenszel"
    case .inverseVariance: "Inverse variance"
    case .miettinenNurminen: "Miettinen–Nurminen"
    case .sampleSize: "Sample size"
    case .equal: "Equal"
    }
  }

  public var summary: String {
    switch self {
    case .mantelHaenszel:
      """
      n₁n₂/N, for rates T₁T₂/T, with which the score test of equal risks is the \
      Cochran–Mantel–Haenszel test: "MH" in R's ratesci.
      """
    case .inverseVariance:
      """
      1/V under the value that is scored, for the odds ratio the Cochran–Mantel–Haenszel test at \
      1: "INV" in R's ratesci.
      """
    case .miettinenNurminen:
      """
      The optimal weights under the value that is scored, from the weighted means of the risks: \
      "MN" in R's ratesci.
      """
    case .sampleSize: "N, for rates T: each stratum counts as its size; SAS PROC FREQ has none."
    case .equal: "1: each stratum counts the same whatever its size; SAS PROC FREQ has none."
    }
  }

  public var reference: String {
    switch self {
    case .mantelHaenszel: "Mantel & Haenszel (1959), J. Natl. Cancer Inst. 22:719"
    case .inverseVariance: "Gart (1985), Biometrika 72:673"
    case .miettinenNurminen, .sampleSize, .equal:
      "Miettinen & Nurminen (1985), Stat. Med. 4:213"
    }
  }
}

extension RiskContrast {
  /// The weights whose score test of equal risks is the Cochran–Mantel–Haenszel test.
  public var defaultWeights: StratumWeights {
    self == .oddsRatio ? .inverseVariance : .mantelHaenszel
  }
}

extension RateContrast {
  /// The weights whose score test of equal rates is that of Mantel and Haenszel.
  public var defaultWeights: StratumWeights { .mantelHaenszel }
}
