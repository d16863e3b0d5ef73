/// What the studies of a batch come to, added up one at a time.
public struct BatchTotals: Sendable {
  /// A published value that counts against a run.
  public struct Alarm: Sendable {
    public let study: String
    public let text: String
  }

  /// So many alarms are kept for a reader; all are counted.
  public static let maximumAlarms = 1000

  public private(set) var studies = 0
  /// The studies of which a published value differs or an analysis failed.
  public private(set) var incompleteStudies = 0
  /// The analyses by their status.
  public private(set) var analyses: [String: Int] = [:]
  public private(set) var results = 0
  public private(set) var published = VerdictCounts()
  /// In the order of the studies, the first ``maximumAlarms``.
  public private(set) var alarms: [Alarm] = []
  public private(set) var alarmCount = 0

  public init() {}

  public mutating func add(_ status: StudyStatus) {
    studies += 1
    incompleteStudies += status.isComplete ? 0 : 1
    for analysis in status.analyses { analyses[analysis.status, default: 0] += 1 }
    results += status.results
    published += status.published
    alarmCount += status.alarms.count
    alarms += status.alarms.prefix(Self.maximumAlarms - alarms.count).map {
      Alarm(study: status.study, text: $0)
    }
  }

  /// A study of which no status can be read.
  public mutating func addUnreadable() {
    studies += 1
    incompleteStudies += 1
  }

  public var analysisCount: Int { analyses.values.reduce(0, +) }
}
