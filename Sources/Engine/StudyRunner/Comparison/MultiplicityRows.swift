import Comparison
import Inference
import Results
import StudyDefinition

// The p-values of the first test, adjusted over all events.

extension ComparisonAnalysis {
  /// What the adjustment of the first test's p-values gives.
  var adjustmentKeys: [StatisticKey] {
    guard let test = firstTestName else { return [] }
    return multiplicity.flatMap { adjustment in
      (["adjusted_p_value"] + (adjustment.usesSystems ? ["system_p_value", "flag"] : [])).map {
        StatisticKey(measure: "test", method: "\(test)/\(adjustment.rawValue)", name: $0)
      }
    }
  }

  private var firstTestName: String? {
    switch methods {
    case .twoGroups(_, let tests):
      switch tests.first {
      case .risk(let test): test.rawValue
      case .rate(let test): test.rawValue
      case nil: nil
      }
    case .strata(_, let tests, _): tests.first?.rawValue
    }
  }

  /// Adds the adjusted p-values to the rows of every event that has the p-value.
  ///
  /// The family are the terms; the row of a whole system sums terms up and is none of them, unless
  /// there are no others.
  func adjust(_ groups: inout [ResultGroup], level: ConfidenceLevel) {
    guard let test = firstTestName, !multiplicity.isEmpty else { return }
    let key = StatisticKey(measure: "test", method: test, name: "p_value")
    let tested = groups.indices.compactMap { index in
      groups[index].statistic(key).map { (index: index, statistic: $0) }
    }
    let terms = tested.indices.filter { groups[tested[$0].index].place.variable == "term" }
    let family = terms.isEmpty ? Array(tested.indices) : terms
    let pValues = family.map { tested[$0].statistic.value.stored }
    let systems = systemNumbers(family.map { groups[tested[$0].index].place })
    let keys = adjustmentKeys
    let outside = RowValue(NotEstimable("a whole system is not in the family of its terms"))
    var added = tested.map { _ in keys.map { _ in outside } }
    for place in family { added[place] = [] }
    for adjustment in multiplicity {
      let values = adjustment.values(pValues, systems: systems, level: level)
      for (place, values) in zip(family, values) { added[place] += values }
    }
    var list = ResultGroupList()
    var next = 0
    for (index, group) in groups.enumerated() {
      guard next < tested.count, tested[next].index == index else {
        list.append(group.place, group.statistics)
        continue
      }
      let isReconstructed = tested[next].statistic.isReconstructed
      let statistics = zip(keys, added[next]).map { key, value in
        Statistic(key, value.value, isReconstructed: isReconstructed)
      }
      list.append(group.place, group.statistics + statistics)
      next += 1
    }
    groups = list.groups
  }

  private func systemNumbers(_ places: [RowPlace]) -> [Int] {
    var numbers: [String: Int] = [:]
    return places.map { place in
      let system = place.level(of: "system") ?? ""
      let number = numbers[system] ?? numbers.count
      numbers[system] = number
      return number
    }
  }
}

extension Multiplicity {
  /// The values of each event, in the order of the keys; those without a p-value say why.
  fileprivate func values(
    _ pValues: [Double?], systems: [Int], level: ConfidenceLevel
  ) -> [[RowValue]] {
    let absent = RowValue(NotEstimable("there is no p-value to adjust"))
    guard usesSystems else {
      return adjusted(pValues).map { [$0.map { RowValue($0) } ?? absent] }
    }
    return adjusted(pValues, systems: systems, level: level).map { adjustment in
      guard let adjustment else { return [absent, absent, absent] }
      return [
        RowValue(adjustment.pValue), RowValue(adjustment.systemPValue),
        RowValue(adjustment.isFlagged ? 1 : 0),
      ]
    }
  }
}
