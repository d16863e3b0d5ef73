/// Whether all studies share one effect, or each has its own from a common distribution.
public enum EffectModel: String, CaseIterable, Sendable {
  case common, random
}
