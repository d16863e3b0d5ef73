import Inference
import Ordinal
import Results
import StudyDefinition

extension OrdinalAnalysis {
  /// The counts of each group by grade, what concerns all groups, then each group and the reference.
  var plannedGroups: [PlannedGroup] {
    let ofAll = methods.filter { !$0.isPairwise }.map(overall)
    return counts + (ofAll.isEmpty ? [] : [PlannedGroup([], outcome: outcome, ofAll)])
      + labels.indices.map(ofGroup)
  }

  /// The subjects of a group, and what comparing it with the reference says.
  private func ofGroup(_ group: Int) -> PlannedGroup {
    let subjects = PlannedStatistics("ordinal", ["subjects"]) { _ in
      [RowValue(table.groupTotals[group])]
    }
    let compared = methods.filter { $0.isPairwise || $0 == .proportionalOdds }
    return PlannedGroup(
      [Grouping("group", labels[group])], outcome: outcome,
      [subjects] + (group == reference ? [] : compared.map { comparison($0, of: group) }))
  }

  private var counts: [PlannedGroup] {
    labels.indices.flatMap { group in
      let total = table.groupTotals[group]
      return categories.indices.map { grade in
        let statistics = PlannedStatistics("ordinal", ["count", "percent"]) { _ in
          let count = table.counts[group][grade]
          return [RowValue(count), RowValue(100 * Double(count) / Double(total))]
        }
        return PlannedGroup(
          [Grouping("group", labels[group]), Grouping("category", categories[grade])],
          outcome: outcome, [statistics])
      }
    }
  }

  /// What `method` says of all groups together.
  private func overall(_ method: OrdinalMethod) -> PlannedStatistics {
    switch method {
    case .jonckheereTerpstra:
      test(method) { () throws(NotEstimable) in table.jonckheereTerpstra }
    case .jonckheereTerpstraExact:
      test(method) { () throws(NotEstimable) in try table.jonckheereTerpstraExact }
    case .linearByLinear:
      PlannedStatistics("ordinal", method: method.rawValue, hasDegreesOfFreedom: true) {
        table.linearByLinear(groupScores: groupScores, gradeScores: categoryScores)
      }
    case .proportionalOdds:
      PlannedStatistics(
        "ordinal", method: method.rawValue,
        [
          "log_likelihood", "proportionality_statistic", "proportionality_df",
          "proportionality_p_value",
        ]
      ) { _ throws(NotEstimable) in
        let model = try ProportionalOdds(table, reference: reference)
        return [RowValue(model.logLikelihood)]
          + proportionality(of: model)
      }
    case .wilcoxon, .wilcoxonCorrected, .wilcoxonExact, .winOdds:
      preconditionFailure("\(method.rawValue) compares two groups")
    }
  }

  private func proportionality(of model: ProportionalOdds) -> [RowValue] {
    do throws(NotEstimable) {
      let test = try model.proportionality
      return [test.statistic, test.degreesOfFreedom.map { Double($0) }, test.pValue]
        .map { RowValue($0 ?? 0) }
    } catch {
      return (0..<3).map { _ in RowValue(ReportedValue.notEstimable(error.reason)) }
    }
  }

  /// What `method` says of `group` against the reference.
  private func comparison(_ method: OrdinalMethod, of group: Int) -> PlannedStatistics {
    let pair = table.pair(treatment: group, reference: reference)
    return switch method {
    case .wilcoxon: test(method) { () throws(NotEstimable) in pair.wilcoxon }
    case .wilcoxonCorrected: test(method) { () throws(NotEstimable) in pair.wilcoxonCorrected }
    case .wilcoxonExact: test(method) { () throws(NotEstimable) in try pair.wilcoxonExact }
    case .proportionalOdds: logOddsRatio(of: group)
    case .winOdds: winOdds(of: pair)
    case .jonckheereTerpstra, .jonckheereTerpstraExact, .linearByLinear:
      preconditionFailure("\(method.rawValue) compares all groups")
    }
  }

  private func test(
    _ method: OrdinalMethod, _ test: @escaping () throws(NotEstimable) -> TestResult
  ) -> PlannedStatistics {
    PlannedStatistics("ordinal", method: method.rawValue, test: test)
  }

  private func logOddsRatio(of group: Int) -> PlannedStatistics {
    PlannedStatistics(
      "ordinal", method: OrdinalMethod.proportionalOdds.rawValue,
      ["estimate", "standard_error", "lower", "upper", "statistic", "p_value"]
    ) { level throws(NotEstimable) in
      let model = try ProportionalOdds(table, reference: reference)
      guard let effect = model.effects[group] else {
        throw NotEstimable("both groups lie in one grade that no other group's grades pass over")
      }
      let limits = try model.limits(of: group, level: level)
      let wald = { (number: (TestResult) -> Double) in
        RowValue { () throws(NotEstimable) in
          guard let test = effect.waldTest else {
            throw NotEstimable("the grades of the two groups do not overlap")
          }
          return number(test)
        }
      }
      return [
        RowValue(effect.estimate),
        RowValue { () throws(NotEstimable) in
          guard let error = effect.standardError else {
            throw NotEstimable("the grades of the two groups do not overlap")
          }
          return error
        },
        RowValue(limits.lower ?? -.infinity), RowValue(limits.upper ?? .infinity),
        wald { $0.statistic ?? 0 }, wald(\.pValue),
      ]
    }
  }

  private func winOdds(of pair: GradedTable) -> PlannedStatistics {
    PlannedStatistics(
      "ordinal", method: OrdinalMethod.winOdds.rawValue,
      [
        "estimate", "standard_error", "lower", "upper", "statistic", "p_value", "theta",
        "theta_standard_error", "win", "tie", "loss", "net_benefit",
      ]
    ) { level in
      let odds = WinOdds(pair)
      return [
        RowValue(odds.odds),
        RowValue { () throws(NotEstimable) in try odds.logStandardError },
        RowValue { () throws(NotEstimable) in try odds.interval(level: level).lower ?? 0 },
        RowValue { () throws(NotEstimable) in
          try odds.interval(level: level).upper ?? .infinity
        },
        RowValue { () throws(NotEstimable) in try odds.test.statistic ?? 0 },
        RowValue { () throws(NotEstimable) in try odds.test.pValue },
        RowValue(odds.theta),
        RowValue { () throws(NotEstimable) in try odds.thetaStandardError },
        RowValue(odds.win), RowValue(odds.tie), RowValue(odds.loss),
        RowValue(odds.netBenefit),
      ]
    }
  }

  func describe(in result: inout AnalysisResult) {
    result.methods = methods.map { MethodNote($0) }
    result.notes.append(
      "Reference: \(labels[reference]). Statistics and log odds ratios are positive where a group "
        + "has higher grades than the reference, win odds above 1; p-values are two-sided.")
    if methods.contains(where: { $0 == .jonckheereTerpstra || $0 == .jonckheereTerpstraExact }) {
      result.notes.append(
        "Jonckheere–Terpstra takes the groups in their order, \(labels.joined(separator: ", ")), "
          + "and is positive where grades rise along it.")
    }
    if methods.contains(.proportionalOdds) {
      result.notes.append("Estimates of proportional odds are log odds ratios.")
    }
    if methods.contains(.winOdds) {
      result.notes.append(
        "The standard error of win odds is that of their logarithm; win, tie and loss are shares of "
          + "all pairs of a subject of the group and one of the reference.")
    }
  }
}
