import JSON
import Results
import Testing

@Suite struct BatchTotalsTests {
  @Test func aStatusReadsBackAsItWasWritten() throws {
    let status = StudyStatus(sampleResults())
    let text = status.json.indented
    let read = try #require(StudyStatus(Array(text.utf8)))

    #expect(read.json.indented == text)
    #expect(read.hasFailed && !read.isComplete)
    #expect(read.analyses.map(\.status) == ["completed", "failed", "skipped"])
    #expect(read.analyses.map(\.results) == [11, 1, 1])
    #expect(read.alarms == ["differs: i: X: percent: published 1.0, computed 1.0"])
    #expect(StudyStatus(Array(text.utf8.dropLast(9))) == nil)
  }

  @Test func aManifestReadsBackAllButItsTimes() throws {
    let files = ["a.csv", "b.json"].map { Manifest.File(path: $0, sha256: "00" + $0) }
    let manifest = Manifest(
      study: "s", program: Program(version: "1", build: "b"), commandLine: [], seed: 1,
      renderings: ["--decimals 2"], inputs: [files[0]], outputs: files, creation: "then",
      started: 0, ended: 1, results: 2,
      durations: [])
    let record = try #require(Manifest.Record(Array(manifest.json.indented.utf8)))

    #expect(record.program == manifest.program && record.creation == "then")
    #expect(record.renderings == ["--decimals 2"])
    #expect(record.inputs == [files[0]] && record.outputs == files)
    #expect(Manifest.Record(Array("{}".utf8)) == nil)
  }

  @Test func studiesAddUp() {
    var totals = BatchTotals()
    totals.add(StudyStatus(sampleResults()))
    totals.add(StudyStatus(results(published: [check(.reproduced)])))
    totals.addUnreadable()

    #expect(totals.studies == 3 && totals.incompleteStudies == 2)
    #expect(totals.analyses == ["completed": 1, "failed": 1, "skipped": 1])
    #expect(totals.results == 13 && totals.alarmCount == 1)
    #expect(totals.published[.reproduced] == 2 && totals.published[.differs] == 1)
  }

  @Test func alarmsBeyondWhatAnybodyReadsAreCounted() {
    var totals = BatchTotals()
    let status = StudyStatus(results(published: Array(repeating: check(.differs), count: 600)))
    totals.add(status)
    totals.add(status)

    #expect(totals.alarms.count == BatchTotals.maximumAlarms && totals.alarmCount == 1200)
  }

  @Test func theTableHasARowAnAnalysis() {
    let rows = SummaryCSV.rows(of: StudyStatus(sampleResults())).split(separator: "\n")
    let columns = SummaryCSV.header.split(separator: ",").count

    #expect(
      rows == [
        "s,T,i,I,incidence,completed,11,1,1,1,0,1,0,,s/report.html",
        "s,T,f,F,incidence,failed,1,0,0,0,0,0,0,\"no count, \"\"none\"\"\",s/report.html",
        "s,T,k,K,incidence,skipped,1,0,0,0,0,0,0,an analysis before it failed,s/report.html",
      ])
    #expect(
      SummaryCSV.row(unreadable: "x").split(separator: ",", omittingEmptySubsequences: false).count
        == columns)
  }
}
