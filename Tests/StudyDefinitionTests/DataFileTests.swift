import StudyDefinition
import Testing

private let assays = #"""
  , "assays": [{"id": "m", "response": {"name": "R", "unit": ""}, "dose": {"name": "D", "unit": ""},
    "data": {"dataset": "d"}}], "datasets": {"d": {"path": "../d.csv"}}
  """#

/// A study with two analyses of an assay whose wells are in `../d.csv`.
private func study(_ file: String?) -> StudyText {
  let analysis = #""assay": "m", "models": ["linear"]"#
  return StudyText(
    kind: "dose-response",
    analysis: analysis + #"}, {"id": "j", "kind": "dose-response", "# + analysis, more: assays,
    files: file.map { ["../d.csv": $0] } ?? [:])
}

@Suite struct DataFileTests {
  @Test func everyFaultyCellIsTold() {
    let file = "dose,response,role,row,column,total\nx,1,sampel,A,1,\n1,y,,AZ,0,-1\n,2,,,,1\n"
    let faults = study(file).reading.faults
    #expect(
      Set(faults.map(\.found)) == [
        #""sampel" in "../d.csv", line 2, column "role""#,
        #""AZ" in "../d.csv", line 3, column "row""#, #""x" in "../d.csv", line 2, column "dose""#,
        #""y" in "../d.csv", line 3, column "response""#,
        #""0" in "../d.csv", line 3, column "column""#,
        #""-1" in "../d.csv", line 3, column "total""#,
      ])
    #expect(Set(faults.map(\.pointer)) == ["/datasets/d/path"])
  }

  @Test func faultsOfAFileThatTwoAnalysesReadAreToldOnce() {
    let points = #""points": {"dataset": "d"}, "models": ["linear"]"#
    let study = StudyText(
      kind: "dose-response",
      analysis: points + #"}, {"id": "j", "kind": "dose-response", "# + points,
      more: #", "datasets": {"d": {"path": "d.csv"}}"#, files: ["d.csv": "dose,response\n1,x\n"])
    #expect(study.reading.faults.map(\.pointer) == ["/datasets/d/path"])
  }

  @Test func aFileThatCannotBeReadIsAFaultAndListed() {
    let reading = study(nil).reading
    #expect(reading.unreadableFiles == ["../d.csv"])
    #expect(reading.faults.map(\.pointer) == ["/datasets/d/path"])
    #expect(study("dose,response\n1,2\n").reading.unreadableFiles == [])
  }

  @Test func withoutALoaderAStudyReadsNoFile() {
    let reading = StudyReading(Array(study(nil).text.utf8))
    #expect(reading.unreadableFiles == ["../d.csv"])
    #expect(
      reading.faults.first?.found
        == #""../d.csv", which cannot be read: the study is read without its files"#)
  }

  @Test func aFileIsReadOnceHoweverOftenItIsNamed() throws {
    var paths: [String] = []
    let text = """
      {"theriac": 1, "id": "s", "title": "T", "analyses": [
       {"id": "a", "kind": "dose-response", "models": ["linear"], "points": {"path": "d.csv"}},
       {"id": "b", "kind": "dose-response", "models": ["linear"], "points": {"dataset": "d"}},
       {"id": "c", "kind": "dose-response", "models": ["linear"], "points": {"path": "e.csv"}}],
       "datasets": {"d": {"path": "d.csv", "format": "csv"}}}
      """
    let reading = StudyReading(Array(text.utf8)) { path throws(UnreadableFile) in
      paths.append(path)
      return Array("dose,response\n1,2\n".utf8)
    }
    #expect(reading.faults == [])
    #expect(paths == ["d.csv", "e.csv"])
    #expect(reading.study?.files.map(\.path) == ["d.csv", "e.csv"])
  }

  @Test func anAnalysisRestsOnItsAssayAndItsFile() throws {
    let file = "dose,response\n1,2\n"
    let study = try study(file).study()
    let parts = study.definition(of: study.analyses[0]).map { String(decoding: $0, as: UTF8.self) }
    #expect(parts.count == 4)
    #expect(parts[0].hasPrefix(#"{"id": "i""#))
    #expect(parts[1].hasPrefix(#"{"id": "m""#))
    #expect(parts[2] == #"{"path": "../d.csv"}"#)
    #expect(parts[3] == file)
  }

  @Test func aFaultyAssayDoesNotDangle() {
    let faults = study("dose,response\n1,x\n").reading.faults
    #expect(faults.map(\.pointer) == ["/datasets/d/path"])
    var unnamed = study("dose,response\n1,2\n")
    unnamed.more = unnamed.more.replacing(#""id": "m""#, with: #""id": "m m""#)
    #expect(unnamed.reading.faults.map(\.pointer) == ["/assays/0/id"])
  }

  @Test func aByteOrderMarkAndOtherColumnsAreNoFault() throws {
    let file = "\u{FEFF}note,response,dose\r\nx,2,1\r\ny,3,2\r\n"
    #expect(try study(file).study().assays[0].wells.map(\.response) == [2, 3])
  }
}
