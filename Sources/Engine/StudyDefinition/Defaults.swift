public import Inference

/// What holds for every analysis that does not say otherwise.
public struct Defaults: Hashable, Sendable {
  /// A set of conventions of meta-analysis, named after the program that has them.
  public enum Preset: String, CaseIterable, Sendable {
    case none, revman5, metafor, meta8
  }

  public var level = ConfidenceLevel.percent95
  /// From it and an analysis' id its random stream is made.
  public var seed = 1
  public var rounding = RoundingRule.halfAway
  public var preset = Preset.none
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
