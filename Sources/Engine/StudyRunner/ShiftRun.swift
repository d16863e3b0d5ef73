import Incidence
import Inference
import Ordinal
import Results
import StudyDefinition

extension AgreementAnalysis {
  /// The counts of each pair of readings, then each kappa.
  var plannedGroups: [PlannedGroup] {
    let cells = categories.indices.flatMap { i in
      categories.indices.map { j in
        PlannedGroup(
          [Grouping("first", categories[i]), Grouping("second", categories[j])], outcome: outcome,
          [PlannedStatistics("agreement", ["count"]) { _ in [RowValue(table.counts[i][j])] }])
      }
    }
    let subjects = PlannedStatistics("agreement", ["subjects"]) { _ in [RowValue(table.total)] }
    return margin("agreement", "first", table.rowTotals, categories, outcome)
      + margin("agreement", "second", table.columnTotals, categories, outcome)
      + cells + [PlannedGroup([], outcome: outcome, [subjects] + methods.map(kappa))]
  }

  private func kappa(_ method: AgreementMethod) -> PlannedStatistics {
    PlannedStatistics(
      "agreement", method: method.rawValue,
      [
        "estimate", "standard_error", "lower", "upper", "null_standard_error", "z", "p_value",
        "observed_agreement", "expected_agreement",
      ]
    ) { level throws(NotEstimable) in
      let kappa = try Kappa(table, method)
      let interval = kappa.interval(level: level)
      let warning = kappa.standardError == 0 ? "degenerate interval: a single point" : nil
      return [
        RowValue(kappa.estimate), RowValue(kappa.standardError),
        RowValue(interval.lower ?? -1, warning: warning),
        RowValue(interval.upper ?? 1, warning: warning),
        RowValue(kappa.nullStandardError), RowValue(kappa.test.statistic ?? 0),
        RowValue(kappa.test.pValue), RowValue(kappa.observedAgreement),
        RowValue(kappa.expectedAgreement),
      ]
    }
  }

  func describe(in result: inout AnalysisResult) {
    result.methods = methods.map { MethodNote($0) }
    result.notes.append(
      "Rows are the first reading, columns the second. Limits are cut to −1 and 1.")
  }
}

extension ShiftAnalysis {
  /// The counts of each shift, then the numbers worsened, unchanged and improved, and the tests.
  func plannedGroups(of table: SquareTable) -> [PlannedGroup] {
    let cells = categories.indices.flatMap { i in
      categories.indices.map { j in
        PlannedGroup(
          [Grouping("baseline", categories[i]), Grouping("worst", categories[j])],
          outcome: outcome,
          [PlannedStatistics("shift", ["count"]) { _ in [RowValue(table.counts[i][j])] }])
      }
    }
    let changes = [
      ("worsened", table.worsened), ("unchanged", table.unchanged), ("improved", table.improved),
    ].flatMap { proportion($0, $1, of: table.total) }
    let subjects = PlannedStatistics("shift", ["subjects"]) { _ in [RowValue(table.total)] }
    let tests = methods.map { method in
      PlannedStatistics(
        "shift", method: method.rawValue, hasDegreesOfFreedom: method.hasDegreesOfFreedom
      ) { () throws(NotEstimable) in table.test(method) }
    }
    return margin("shift", "baseline", table.rowTotals, categories, outcome)
      + margin("shift", "worst", table.columnTotals, categories, outcome)
      + cells + [PlannedGroup([], outcome: outcome, [subjects] + changes + tests)]
  }

  private func proportion(_ name: String, _ count: Int, of total: Int) -> [PlannedStatistics] {
    [
      PlannedStatistics("shift", [name, "\(name)_percent"]) { _ in
        [RowValue(count), RowValue(100 * Double(count) / Double(total))]
      },
      PlannedStatistics(
        "shift", method: ProportionIntervalMethod.clopperPearson.rawValue,
        ["\(name)_lower", "\(name)_upper"]
      ) { level throws(NotEstimable) in
        guard let count = try? BinomialCount(events: count, total: total),
          let interval = count.confidenceInterval(method: .clopperPearson, level: level)
        else { throw NotEstimable("no subjects") }
        return [RowValue(interval.lower ?? 0), RowValue(interval.upper ?? 1)]
      },
    ]
  }

  func describe(in result: inout AnalysisResult) {
    result.methods =
      [MethodNote(ProportionIntervalMethod.clopperPearson)] + methods.map { MethodNote($0) }
    result.notes.append(
      "Rows are the grades at baseline, columns the worst grades after it. A statistic with a sign "
        + "is positive where more subjects worsened; p-values are two-sided.")
  }
}

/// The counts of one grading by itself.
private func margin(
  _ measure: String, _ grading: String, _ counts: [Int], _ categories: [String], _ outcome: String
) -> [PlannedGroup] {
  let total = counts.reduce(0, +)
  return zip(categories, counts).map { category, count in
    let statistics = PlannedStatistics(measure, ["count", "percent"]) { _ in
      [RowValue(count), RowValue(100 * Double(count) / Double(total))]
    }
    return PlannedGroup([Grouping(grading, category)], outcome: outcome, [statistics])
  }
}
