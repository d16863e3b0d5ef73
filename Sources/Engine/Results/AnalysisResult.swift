/// Everything that one analysis gave.
public struct AnalysisResult: Sendable {
  /// How it ended.
  public enum Outcome: Hashable, Sendable {
    case completed
    /// Could not be computed, because of this.
    case failed(String)
    /// Was not begun, because of this.
    case skipped(String)

    /// Why there are no results.
    public var reason: String? {
      switch self {
      case .completed: nil
      case .failed(let reason), .skipped(let reason): reason
      }
    }
  }

  public let id: String
  public let kind: String
  /// The title to show; the id where the study gives none.
  public let title: String
  /// The confidence level of its intervals.
  public let level: Double
  public var outcome = Outcome.completed
  public var groups: [ResultGroup] = []
  public var series: [Series] = []
  /// The labels of group levels, by group name and level: what to call arm `h5` in a table.
  public var labels: [Grouping: String] = [:]
  /// The methods used, in the order listed.
  public var methods: [MethodNote] = []
  /// Who was counted, how, and what else belongs under a table.
  public var notes: [String] = []
  public var warnings: [String] = []
  /// The ids of the sources of its numbers.
  public var sources: [String] = []
  /// What its results follow from, as a hash: definition, inputs, defaults, program.
  public var fingerprint = ""

  public init(id: String, kind: String, title: String, level: Double) {
    self.id = id
    self.kind = kind
    self.title = title
    self.level = level
  }

  public var status: String {
    switch outcome {
    case .completed: "completed"
    case .failed: "failed"
    case .skipped: "skipped"
    }
  }
}

/// A method as a report's footers name it.
public struct MethodNote: Hashable, Sendable {
  /// The spelling in study definitions and results.
  public let name: String
  /// What the method is called.
  public let title: String
  /// The convention used, in a sentence.
  public let summary: String
  /// Author, year, journal.
  public let reference: String

  public init(name: String, title: String, summary: String, reference: String) {
    self.name = name
    self.title = title
    self.summary = summary
    self.reference = reference
  }
}

/// Named columns of equal length that stand beside the rows of an analysis.
public struct Series: Hashable, Sendable {
  public struct Column: Hashable, Sendable {
    public enum Values: Hashable, Sendable {
      /// A missing number is `nil`.
      case numbers([Double?])
      case texts([String])
    }

    public let name: String
    public let values: Values

    public init(_ name: String, _ values: Values) {
      self.name = name
      self.values = values
    }
  }

  public let name: String
  public let columns: [Column]

  public init(_ name: String, _ columns: [Column]) {
    self.name = name
    self.columns = columns
  }
}
