import Results
import Testing

private let program = Program(version: "1.2", build: "ab")

/// What is kept of `result`.
private func written(_ result: AnalysisResult) -> [UInt8] {
  var text = ""
  KeptAnalysis(result, seconds: 0.25, program: program).write(to: &text)
  return Array(text.utf8)
}

@Suite struct KeptAnalysisTests {
  @Test(arguments: sampleResults().analyses.indices)
  func everyRenderingIsTheSameAfterwards(index: Int) throws {
    let result = sampleResults().analyses[index]
    let kept = try #require(KeptAnalysis(written(result)))

    #expect(kept.seconds == 0.25 && kept.program == program)
    for render in [csv, nested] {
      #expect(render(results(analyses: [kept.result])) == render(results(analyses: [result])))
    }
    #expect(kept.result.groups == result.groups && kept.result.series == result.series)
    #expect(kept.result.labels == result.labels && kept.result.outcome == result.outcome)
  }

  @Test func labelsAndNumbersComeBackAsTheyWere() throws {
    var result = AnalysisResult(id: "i", kind: "k", title: "I \"quoted\"", level: 0.9)
    result.labels = [Grouping("arm", "a"): "Arm A\n", Grouping("arm", "b"): "β"]
    let numbers: [Double] = [
      0.1, -0.0, .leastNonzeroMagnitude, .greatestFiniteMagnitude, 1e15, 123_456_789, -1.0 / 3,
    ]
    result.groups = [
      ResultGroup(
        RowPlace(groups: [nil, nil, Grouping("g", "")], variable: "v", level: "l"),
        numbers.enumerated().map {
          Statistic(StatisticKey(measure: "m", name: "\($0)"), .number($1), unit: "u")
        })
    ]
    let kept = try #require(KeptAnalysis(written(result))).result

    #expect(kept.labels == result.labels && kept.title == result.title)
    #expect(kept.groups == result.groups)
    let bits = kept.groups[0].statistics.map { $0.value.stored?.bitPattern }
    #expect(bits == numbers.map(\.bitPattern))
  }

  @Test func halfAFileIsNothing() {
    let bytes = written(sampleResults().analyses[0])
    for count in 0..<bytes.count - 1 { #expect(KeptAnalysis(Array(bytes[..<count])) == nil) }
  }

  private func csv(_ results: StudyResults) -> String {
    var text = ""
    results.writeCSV(to: &text)
    return text
  }

  private func nested(_ results: StudyResults) -> String {
    var text = ""
    results.writeNestedJSON(to: &text)
    return text
  }
}
