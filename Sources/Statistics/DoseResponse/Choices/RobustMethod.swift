public import Inference

/// How a fit withstands wells that are far off.
public enum RobustMethod: String, StatisticalMethod {
  case none, huber, tukey, cauchy, rout

  public var title: String {
    switch self {
    case .none: "Least squares"
    case .huber: "Huber"
    case .tukey: "Tukey's biweight"
    case .cauchy: "Cauchy"
    case .rout: "ROUT"
    }
  }

  public var summary: String {
    let scale = "the scale is the median absolute residual/0.6745 · n/(n − p)"
    return switch self {
    case .none: "Every well counts by the square of its residual."
    case .huber: "Residuals beyond 1.345 scales count linearly; \(scale)."
    case .tukey: "Residuals count less and less, and beyond 4.685 scales no more; \(scale)."
    case .cauchy: "The loss is log(1 + (r/(2.385 s))²); \(scale)."
    case .rout:
      """
      A Lorentzian fit, from which wells are told apart at a false discovery rate of 1 % and listed, \
      then least squares without them: Prism's.
      """
    }
  }

  public var reference: String {
    switch self {
    case .none: "Legendre (1805), Nouvelles méthodes"
    case .huber: "Huber (1964), Ann. Math. Stat. 35:73"
    case .tukey: "Beaton & Tukey (1974), Technometrics 16:147"
    case .cauchy: "Holland & Welsch (1977), Commun. Stat. A 6:813"
    case .rout: "Motulsky & Brown (2006), BMC Bioinformatics 7:123"
    }
  }
}
