import Results

extension BatchTotals {
  /// The closing lines: the published values that count, what else than reproduced, then the totals.
  var publishedLines: [String] {
    let others = [
      (PublishedCheck.Verdict.consistent, "rebuilt from the very number, so nothing is shown"),
      (.explained, "not expected to come out, as the study says"),
      (.notComputed, "for the reasons above"),
    ]
    let further = alarmCount - alarms.count
    return alarms.map(\.text) + (further > 0 ? ["… and \(grouped(further)) more"] : [])
      + others.filter { published[$0.0] > 0 }.map { verdict, meaning in
        "\(counted(published[verdict], "published value")) \(verdict.rawValue) (\(meaning))"
      } + ["published values: \(published[.reproduced]) reproduced, \(published[.differs]) differ"]
  }

  var isComplete: Bool { incompleteStudies == 0 }
}
