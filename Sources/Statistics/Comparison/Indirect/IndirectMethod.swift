public import Inference

/// A method that compares two treatments by way of the anchors they were each compared with.
public enum IndirectMethod: String, StatisticalMethod {
  case bucher
  case profile

  public var title: String {
    switch self {
    case .bucher: "Bucher"
    case .profile: "Profile likelihood"
    }
  }

  public var summary: String {
    switch self {
    case .bucher:
      """
      The difference of the two contrasts, ratios on the logarithm, with both variances added; not \
      estimable with a zero: the two-trial network of R's netmeta, which adds ½. SAS has none.
      """
    case .profile:
      """
      The values whose likelihood, at its largest over all other parameters, is within e^(−z²/2) of \
      the maximum; nothing is added to zeros, and no event under both anchors leaves a ratio \
      unbounded. Neither SAS nor R has it under a name.
      """
    }
  }

  public var reference: String {
    switch self {
    case .bucher: "Bucher, Guyatt, Griffith & Walter (1997), J. Clin. Epidemiol. 50:683"
    case .profile: "Venzon & Moolgavkar (1988), Appl. Stat. 37:87"
    }
  }
}
