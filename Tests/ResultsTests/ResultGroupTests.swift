import Results
import Testing

private func place(_ level: String) -> RowPlace {
  RowPlace(groups: [Grouping("arm", "a")], variable: "term", level: level)
}

private func key(_ name: String) -> StatisticKey { StatisticKey(measure: "risk", name: name) }

@Suite struct ResultGroupTests {
  private let statistics = [
    Statistic(key("events"), .number(3)),
    Statistic(key("percent"), .number(-0.0), unit: "%", isReconstructed: true),
    Statistic(key("lower"), .notEstimable("no events"), warning: "beware"),
    Statistic(key("upper"), .unbounded(.above)),
    Statistic(key("estimate"), .number(0.25), unit: "%"),
  ]

  @Test func aGroupGivesBackTheStatisticsItWasMadeOf() {
    let group = ResultGroup(place("X"), statistics)
    #expect(group.statistics == statistics)
    #expect(group.count == 5)
    for statistic in statistics { #expect(group.statistic(statistic.key) == statistic) }
    #expect(group.statistic(key("p_value")) == nil)
    #expect(Array(group.warnings) == ["beware"])
  }

  @Test func groupsThatHoldTheirKeysTogetherAreAsTheyWereMadeAlone() {
    let all = [
      ("X", statistics), ("Y", Array(statistics.reversed())), ("Z", statistics),
      ("W", [Statistic(key("events"), .number(1), unit: "others")]), ("V", []),
    ]
    var list = ResultGroupList()
    for (level, statistics) in all { list.append(place(level), statistics) }
    #expect(list.groups == all.map { ResultGroup(place($0), $1) })
    func files(_ groups: [ResultGroup]) -> [String] {
      var analysis = AnalysisResult(id: "i", kind: "incidence", title: "I", level: 0.95)
      analysis.groups = groups
      let results = results(analyses: [analysis])
      var (csv, dataset, nested) = ("", "", "")
      results.writeCSV(to: &csv)
      results.writeDatasetJSON(creation: "", to: &dataset)
      results.writeNestedJSON(to: &nested)
      return [csv, dataset, nested]
    }
    #expect(files(list.groups) == files(all.map { ResultGroup(place($0), $1) }))
  }
}
