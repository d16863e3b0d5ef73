public import Inference

/// A comparison of a curve with the reference curve.
public enum CurveComparison: String, StatisticalMethod {
  case parallelism
  case equalED50 = "equal-ed50"
  case relativePotency = "relative-potency"

  public var title: String {
    switch self {
    case .parallelism: "Parallelism"
    case .equalED50: "Equal ED50"
    case .relativePotency: "Relative potency"
    }
  }

  public var summary: String {
    switch self {
    case .parallelism:
      """
      Extra sum of squares of curves that share all but the location (counts: likelihood ratio); with \
      limits, ratios of parameters by equivalence, each within them at level 2·level − 1.
      """
    case .equalED50:
      "Extra sum of squares of curves that share the ED50 (counts: likelihood ratio)."
    case .relativePotency:
      """
      ED50 of the reference over ED50 of the curve, above 1 where the curve is more potent; limits by \
      Fieller and by profile likelihood. drc's EDcomp gives the inverse.
      """
    }
  }

  public var reference: String {
    switch self {
    case .parallelism: "Finney (1978), Statistical Method in Biological Assay, 3rd ed.; USP ⟨1032⟩"
    case .equalED50: "Bates & Watts (1988), Nonlinear Regression Analysis, 3.10"
    case .relativePotency: "Fieller (1954), J. R. Stat. Soc. B 16:175"
    }
  }
}
