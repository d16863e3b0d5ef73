public import Inference
public import MetaAnalysis

/// What holds for every analysis that does not say otherwise.
public struct Defaults: Hashable, Sendable {
  public var level = ConfidenceLevel.percent95
  /// From it and an analysis' id its random stream is made.
  public var seed = 1
  public var rounding = RoundingRule.halfAway
  /// The conventions of meta-analysis.
  public var preset = MetaAnalysisPreset.none
  /// The largest number of subjects that a search for denominators tries.
  public var maximumSubjects = 1000

  init() {}

  init?(_ element: Element) {
    guard var reader = ObjectReader(element) else { return nil }
    level = reader.optional("level") { $0.confidenceLevel() } ?? level
    seed =
      reader.optional("seed") {
        $0.integer(in: 0...Int.max, expected: "an integer of at least 0")
      } ?? seed
    rounding = reader.optional("rounding") { $0.choice(what: "a rounding rule") } ?? rounding
    preset = reader.optional("preset") { $0.choice(what: "a preset") } ?? preset
    maximumSubjects = reader.optional("maximumSubjects") { $0.maximumSubjects() } ?? maximumSubjects
    reader.finish()
  }
}

extension Element {
  /// The largest number of subjects that a search for denominators tries.
  func maximumSubjects() -> Int? {
    integer(in: 1...1_000_000, expected: "an integer from 1 to 1000000")
  }
}
