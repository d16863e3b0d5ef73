public import JSON

/// How many published values came out in which way.
public struct VerdictCounts: Hashable, Sendable {
  private var counts: [PublishedCheck.Verdict: Int] = [:]

  public init() {}

  public init(_ checks: some Sequence<PublishedCheck>) {
    for check in checks { counts[check.verdict, default: 0] += 1 }
  }

  /// Those of a `status.json`, where a verdict that it does not name has none.
  public init(_ json: JSONNode) {
    for verdict in PublishedCheck.Verdict.allCases {
      counts[verdict] = json[member: verdict.rawValue]?.asInteger
    }
  }

  public subscript(verdict: PublishedCheck.Verdict) -> Int { counts[verdict] ?? 0 }

  public var total: Int { counts.values.reduce(0, +) }

  /// Those that count against a run.
  public var failing: Int { self[.differs] + self[.notComputed] }

  public static func += (counts: inout VerdictCounts, others: VerdictCounts) {
    counts.counts.merge(others.counts, uniquingKeysWith: +)
  }

  public var json: JSONValue {
    .object(PublishedCheck.Verdict.allCases.map { ($0.rawValue, .integer(self[$0])) })
  }
}

extension PublishedCheck {
  /// `risks: t, a, Term 0: events: published 4, computed 3`.
  public var summary: String {
    let place = (place.groups.compactMap { $0?.level } + [place.level])
      .filter { !$0.isEmpty }.joined(separator: ", ")
    let statistic = [statistic.method, statistic.name].filter { !$0.isEmpty }
      .joined(separator: " ")
    return "\(analysis): \(place): \(statistic): published \(published), computed "
      + (computed.isEmpty ? "nothing" : computed) + (reason.map { " (\($0))" } ?? "")
  }
}
