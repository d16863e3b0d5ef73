public import Inference
public enum Multiplicity: String, StatisticalMethod {
  case bonferroni, holm
  case doubleFDR = "double-fdr"
  public var usesSystems: Bool { self == .doubleFDR }
  public var title: String { "" }
  public var summary: String { "" }
  public var reference: String { "" }
}
