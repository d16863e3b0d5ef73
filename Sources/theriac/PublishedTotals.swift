import Results

/// How published values came out, over all studies of a run.
struct PublishedTotals: Sendable {
  private var counts: [PublishedCheck.Verdict: Int] = [:]
  /// Those that count against a run, in the order of the studies.
  private var alarms: [String] = []

  init(_ checks: [PublishedCheck] = []) {
    for check in checks {
      counts[check.verdict, default: 0] += 1
      if check.verdict == .differs || check.verdict == .notComputed {
        alarms.append("\(check.verdict.rawValue): \(check.summary)")
      }
    }
  }

  mutating func add(_ others: PublishedTotals) {
    counts.merge(others.counts, uniquingKeysWith: +)
    alarms += others.alarms
  }

  /// The closing lines: what else than reproduced, then the published values that count.
  var lines: [String] {
    let others = [
      (PublishedCheck.Verdict.consistent, "rebuilt from the very number, so nothing is shown"),
      (.explained, "not expected to come out, as the study says"),
      (.notComputed, "for the reasons above"),
    ]
    return alarms
      + others.filter { self[$0.0] > 0 }.map { verdict, meaning in
        "\(counted(self[verdict], "published value")) \(verdict.rawValue) (\(meaning))"
      } + ["published values: \(self[.reproduced]) reproduced, \(self[.differs]) differ"]
  }

  private subscript(verdict: PublishedCheck.Verdict) -> Int { counts[verdict] ?? 0 }
}

extension PublishedCheck {
  fileprivate var summary: String {
    let place = (place.groups.compactMap { $0?.level } + [place.level])
      .filter { !$0.isEmpty }.joined(separator: ", ")
    let statistic = [statistic.method, statistic.name].filter { !$0.isEmpty }
      .joined(separator: " ")
    return "\(analysis): \(place): \(statistic): published \(published), computed "
      + (computed.isEmpty ? "nothing" : computed) + (reason.map { " (\($0))" } ?? "")
  }
}
