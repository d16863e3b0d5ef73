import JSON
import Results
import Testing

private func nested() throws -> JSONNode {
  var text = ""
  sampleResults().writeNestedJSON(to: &text)
  return try parsed(text)
}

@Suite struct NestedResultsTests {
  @Test func analysesHoldTheirResultsAndSeries() throws {
    let analyses = try nested()["analyses"]?.elements ?? []
    #expect(analyses.map { $0["status"]?.string } == ["completed", "failed", "skipped"])
    #expect(analyses.map { $0["error"]?.string == nil } == [true, false, false])
    let results = analyses[0]["results"]?.elements ?? []
    #expect(results.count == 2)
    #expect(results[0]["groups"]?.keys == ["trial", "arm"])
    #expect(results[0]["groups"]?["arm"]?.string == "a, \"b\"")
    #expect(results[0]["level"]?.string == "Nausea\nand\u{1}vomiting")
    #expect(results[1]["groups"]?.keys == ["arm"])
    let columns = try #require(analyses[0]["series"]?.elements.first?["columns"])
    #expect(columns["n"]?.elements.map(\.number) == [1, nil])
    #expect(columns["t"]?.elements.map(\.string) == ["a", "b"])
  }

  @Test func valuesThatAreNoNumbersSayWhatTheyAre() throws {
    let analyses = try nested()["analyses"]?.elements ?? []
    let statistics = analyses[0]["results"]?.elements[0]["statistics"]?.elements ?? []
    let values = statistics.compactMap { $0["value"] }
    #expect(values.count == 10)
    #expect(values[0].number == 0)
    #expect(values[3]["unbounded"]?.string == "above")
    #expect(values[4]["unbounded"]?.string == "below")
    #expect(values[5]["censored"]?.string == "above")
    #expect(values[5]["bound"]?.number == 100)
    #expect(values[7].isNull)
    #expect(statistics[7]["warning"]?.string == "no events")
    #expect(statistics[8]["unit"]?.string == "%")
    #expect(statistics[8]["status"]?.string == "reconstructed")
    #expect(values[9]["verdict"]?.string == "at-bound")
    #expect(statistics[9]["status"]?.string == "at-bound")
    #expect(statistics[9]["warning"]?.string == "slope")
  }

  @Test func publishedValuesComeWithTheirVerdicts() throws {
    let published = try nested()["published"]?.elements ?? []
    #expect(published.map { $0["verdict"]?.string } == ["reproduced", "differs", "consistent"])
    #expect(published.allSatisfy { $0["source"]?.string == "p" })
  }

  @Test func statusCountsEveryVerdictAndNamesEveryAnalysis() throws {
    let status = try parsed(sampleResults().statusJSON.indented)
    #expect(status.keys == ["study", "title", "program", "analyses", "published", "alarms"])
    let analyses = status["analyses"]?.elements ?? []
    #expect(analyses.map { $0["status"]?.string } == ["completed", "failed", "skipped"])
    #expect(analyses[0]["warnings"]?.elements.map(\.string) == ["careful"])
    #expect(analyses[0]["fingerprint"]?.string == "abc")
    #expect(analyses[1]["error"]?.string == "no count, \"none\"")
    #expect(status["published"]?.members.map { $0.value.number } == [1, 1, 0, 1, 0])
    #expect(
      status["published"]?.keys
        == ["reproduced", "consistent", "explained", "differs", "not computed"])
  }

  @Test(arguments: [
    (PublishedCheck.Verdict.reproduced, true), (.consistent, true), (.explained, true),
    (.differs, false), (.notComputed, false),
  ])
  func whatDiffersOrIsMissingIsIncomplete(verdict: PublishedCheck.Verdict, isComplete: Bool) {
    let sample = results(published: [check(verdict)])
    #expect(StudyStatus(sample).isComplete == isComplete)
  }

  @Test func theManifestNamesInputsOutputsAndTimes() throws {
    let manifest = Manifest(
      study: "s", program: Program(version: "1", build: "b"), commandLine: ["theriac", "run"],
      seed: 7, renderings: ["--tables rtf"], inputs: [Manifest.File(path: "s.json", sha256: "00")],
      outputs: [Manifest.File(path: "ard.csv", sha256: "11")], creation: "then", started: 0,
      ended: 1.9,
      results: 12, durations: [(id: "i", seconds: 0.25)])
    let root = try parsed(manifest.json.indented)
    #expect(root["command"]?.elements.map(\.string) == ["theriac", "run"])
    #expect(root["seed"]?.number == 7)
    #expect(root["renderings"]?.elements.map(\.string) == ["--tables rtf"])
    #expect(root["inputs"]?.elements[0]["sha256"]?.string == "00")
    #expect(root["outputs"]?.elements[0]["path"]?.string == "ard.csv")
    #expect(root["started"]?.string == "1970-01-01T00:00:00Z")
    #expect(root["ended"]?.string == "1970-01-01T00:00:01Z")
    #expect(root["results"]?.number == 12)
    #expect(root["analyses"]?.elements[0]["seconds"]?.number == 0.25)
  }

  @Test(arguments: [
    (0.0, "1970-01-01T00:00:00Z"), (1_700_000_000, "2023-11-14T22:13:20Z"),
    (951_782_400, "2000-02-29T00:00:00Z"), (4_102_444_799, "2099-12-31T23:59:59Z"),
  ])
  func timestampsAreUniversalTime(seconds: Double, text: String) {
    #expect(timestamp(seconds) == text)
  }
}
