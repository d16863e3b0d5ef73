import MetaAnalysis
import Results
import StudyDefinition
import StudyRunner
import Testing

/// Every pooling method of a measure, with some of each other choice.
private func methods(_ measure: EffectMeasure) -> String {
  let pooling = PoolingMethod.allCases.filter { $0.measures.contains(measure) }
  let ofOddsRatios = measure == .oddsRatio ? #", "harbord", "peters""# : ""
  return
    #""measure": "\#(measure.rawValue)", "pooling": [\#(pooling.map { "\"\($0.rawValue)\"" }.joined(separator: ", "))], "#
    + #""tau2": ["reml", "sj", "pmm"], "inference": ["z", "hartung-knapp", "kenward-roger"], "#
    + #""tau2Interval": ["q-profile", "profile-likelihood", "jackson"], "prediction": ["t-k-1", "z"], "#
    + #""diagnostics": ["egger", "begg", "trim-and-fill", "radial", "baujat"\#(ofOddsRatios)], "#
}

/// Counts of studies by what is special about them.
private let counts: [(name: String, studies: TwoGroups)] = [
  ("ordinary", fiveStudies), ("one study", fiveStudies.keeping([0])),
  ("two studies", fiveStudies.keeping([0, 2])),
  ("a study with a zero", fiveStudies.keeping([1])),
  ("no events", TwoGroups(counts: [(0, 20, 0, 30), (0, 5, 0, 7), (0, 1, 0, 1)])),
  ("events only", TwoGroups(counts: [(20, 20, 30, 30), (5, 5, 7, 7), (1, 1, 1, 1)])),
  ("events in one group", TwoGroups(counts: [(2, 20, 0, 30), (5, 5, 0, 7), (1, 9, 0, 9)])),
  ("events in the other", TwoGroups(counts: [(0, 20, 3, 30), (0, 5, 1, 7), (0, 9, 9, 9)])),
  ("all of one group", TwoGroups(counts: [(20, 20, 0, 30), (5, 5, 0, 7), (9, 9, 0, 9)])),
  (
    "thousands of millions",
    TwoGroups(counts: [
      (4_000_000_000, 40_000_000_000, 1_000_000_000, 38_000_000_000),
      (1, 1_000_000_000_000, 2, 1_000_000_000_000), (3, 7, 1_000_000_000, 1_000_000_000_000),
    ])
  ),
  ("tiny", TwoGroups(counts: [(1, 1, 0, 1), (0, 1, 1, 1), (1, 2, 1, 3), (0, 1, 0, 1)])),
  ("equal", TwoGroups(counts: Array(repeating: (3, 30, 2, 31), count: 4))),
]

@Suite struct PoolingSweepTests {
  @Test(arguments: EffectMeasure.allCases, counts.indices)
  func whatIsPlannedIsWrittenAndHasAReasonWhereItIsNoNumber(
    measure: EffectMeasure, place: Int
  ) async throws {
    let text = poolingText(methods(measure) + counts[place].studies.data(for: measure))
    let plan = try plan(text)
    let found = try await result(text)
    #expect(found.outcome == .completed)
    guard case .metaAnalysis(let pooling) = plan.study.analyses[0].kind else {
      throw WrongKind()
    }
    let planned = pooling.plannedKeys
    #expect(found.groups.map(\.place) == planned.map(\.place))
    for (rows, expected) in zip(found.groups, planned) {
      #expect(rows.statistics.map(\.key) == expected.keys, "\(rows.place)")
      #expect(Set(expected.keys).count == expected.keys.count, "\(rows.place)")
      for row in rows.statistics {
        switch row.value {
        case .number(let number): #expect(number.isFinite, "\(row.key)")
        case .notEstimable(let reason): #expect(!reason.isEmpty, "\(row.key)")
        case .verdict(let verdict): Issue.record("\(row.key) is \(verdict)")
        case .unbounded, .censored: break
        }
      }
    }
  }

  @Test(arguments: EffectMeasure.allCases, counts.indices)
  func numbersAreInOrder(measure: EffectMeasure, place: Int) async throws {
    let found = try await pooled(
      methods(measure) + counts[place].studies.data(for: measure))
    for rows in found.groups where rows.place.variable == "outcome" {
      for row in rows.statistics {
        guard case .number(let number) = row.value else { continue }
        switch row.key.name {
        case "p_value", "q_p_value", "i2", "i2_lower", "i2_upper", "i2_tau2":
          #expect((0...1).contains(number), "\(rows.place) \(row.key) = \(number)")
        case "standard_error", "tau2", "q", "h2", "weight_percent":
          #expect(number >= 0, "\(rows.place) \(row.key) = \(number)")
        case "estimate":
          try expectOrder(rows.statistics, row.key, ["lower", "estimate", "upper"])
        case "tau2_lower": try expectOrder(rows.statistics, row.key, ["tau2_lower", "tau2_upper"])
        case "prediction_lower":
          try expectOrder(rows.statistics, row.key, ["prediction_lower", "prediction_upper"])
        default: break
        }
      }
    }
  }

  private func expectOrder(
    _ rows: [Statistic], _ key: StatisticKey, _ names: [String]
  ) throws {
    let numbers = names.compactMap { name -> Double? in
      let row = rows.first {
        $0.key == StatisticKey(measure: key.measure, method: key.method, name: name)
      }
      guard case .number(let number) = row?.value else { return nil }
      return number
    }
    for (first, second) in zip(numbers, numbers.dropFirst()) {
      #expect(first <= second + 1e-9 * abs(second), "\(key): \(numbers)")
    }
  }
}
