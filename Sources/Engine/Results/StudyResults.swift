public import Inference

/// The results of a study: all that its files are renderings of.
public struct StudyResults: Sendable {
  /// A publication or file that numbers were taken from.
  public struct Source: Hashable, Sendable {
    public let id: String
    public let citation: String
    public let doi: String?
    public let url: String?

    public init(id: String, citation: String, doi: String?, url: String?) {
      self.id = id
      self.citation = citation
      self.doi = doi
      self.url = url
    }
  }

  public let id: String
  public let title: String
  public let description: String?
  public let sources: [Source]
  /// How its numbers are shown.
  public var rounding: Rounding
  public let program: Program
  public let analyses: [AnalysisResult]
  public let published: [PublishedCheck]

  public init(
    id: String, title: String, description: String?, sources: [Source], rounding: RoundingRule,
    program: Program, analyses: [AnalysisResult], published: [PublishedCheck]
  ) {
    self.id = id
    self.title = title
    self.description = description
    self.sources = sources
    self.rounding = Rounding(rounding)
    self.program = program
    self.analyses = analyses
    self.published = published
  }
}

/// The program that computed results.
public struct Program: Hashable, Sendable {
  public let version: String
  /// Identifies the very executable.
  public let build: String

  public init(version: String, build: String) {
    self.version = version
    self.build = build
  }
}

/// A published value held against the computed one.
public struct PublishedCheck: Hashable, Sendable {
  public enum Verdict: String, CaseIterable, Sendable {
    /// The computed value prints as the published one.
    case reproduced
    /// It does, but the count was rebuilt from this very number, so nothing is shown.
    case consistent
    /// It does not, as the study says with its reason.
    case explained
    case differs
    /// The analysis failed.
    case notComputed = "not computed"
  }

  public let analysis: String
  public let place: RowPlace
  public let statistic: StatisticKey
  /// The number as published.
  public let published: String
  /// The computed number printed in the same way; empty where there is none.
  public let computed: String
  public let verdict: Verdict
  /// Why it differs or is explained.
  public let reason: String?
  /// The id of its source.
  public let source: String?

  public init(
    analysis: String, place: RowPlace, statistic: StatisticKey, published: String,
    computed: String, verdict: Verdict, reason: String?, source: String?
  ) {
    self.analysis = analysis
    self.place = place
    self.statistic = statistic
    self.published = published
    self.computed = computed
    self.verdict = verdict
    self.reason = reason
    self.source = source
  }
}

extension Sequence<PublishedCheck> {
  /// How many have `verdict`.
  public func count(_ verdict: PublishedCheck.Verdict) -> Int {
    reduce(0) { $0 + ($1.verdict == verdict ? 1 : 0) }
  }
}
