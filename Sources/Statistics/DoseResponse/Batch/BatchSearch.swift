/// How thoroughly a batch looks for the least sum of squares.
public enum BatchSearch: String, CaseIterable, Sendable {
  /// From the best of a few starts: for simulations and assays whose curves are complete.
  case fast
  /// From several of many starts, steps among them: for screens, where anything may happen.
  case global
}
