import Foundation
import StudyRunner
import TestSupport
import Testing

private func write(_ files: [String: String], in folder: URL) throws {
  for (name, text) in files {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }
}

private let study = #"{"theriac": 1}"#

/// The files found by `names`, relative to the folder that has `files`.
private func found(_ names: [String], among files: [String: String]) throws -> [String] {
  try withTemporaryFolder { folder in
    try write(files, in: folder)
    return try StudyPaths.found(by: names.map { folder.path + "/" + $0 }).map {
      String($0.dropFirst(folder.path.count + 1))
    }
  }
}

@Suite struct StudyPathsTests {
  @Test func aFolderStandsForTheStudiesInItAndBelowSortedByName() throws {
    let files = [
      "b.json": study, "a.json": study, "deep/er/c.json": study, "z.json": study,
      "data.json": #"{"rows": [{"theriac": 1}]}"#, "other.json": "[1, 2]", "notes.txt": study,
      ".hidden/x.json": study, ".x.json": study,
    ]
    #expect(try found([""], among: files) == ["a.json", "b.json", "deep/er/c.json", "z.json"])
  }

  @Test func theCopyOfAStudyAmongResultsIsNoStudy() throws {
    let files = [
      "a.json": study, "theriac-results/a/study.json": study,
      "theriac-results/a/manifest.json": "{}", "theriac-results/a/status.json": "{}",
      "other/manifest.json": study,
    ]
    #expect(try found([""], among: files) == ["a.json", "other/manifest.json"])
  }

  @Test(arguments: [#"{"theriac": 1,"#, "{", ""])
  func aStudyWithAFaultIsFoundForTheFaultToBeTold(text: String) throws {
    #expect(try found([""], among: ["a.json": text]) == ["a.json"])
  }

  @Test func ofOtherJSONInAFolderTheCallerIsTold() throws {
    try withTemporaryFolder { folder in
      try write(["a.json": study, "b.json": "[]", "c/d.json": #"{"theriacs": 1}"#], in: folder)
      var others: [String] = []
      _ = try StudyPaths.found(by: [folder.path]) { others.append($0) }
      #expect(others.sorted() == ["b.json", "c/d.json"].map { folder.path + "/" + $0 })
    }
  }

  @Test func patternsThatAShellLeftAreExpandedAndSorted() throws {
    let files = ["s2.json": study, "s10.json": study, "s1.json": study, "t.json": study]
    #expect(try found(["s?.json"], among: files) == ["s1.json", "s2.json"])
    #expect(try found(["s[12]*"], among: files) == ["s1.json", "s10.json", "s2.json"])
  }

  @Test func aPatternMayMatchFolders() throws {
    let files = ["d1/a.json": study, "d2/b.json": study, "e/c.json": study]
    #expect(try found(["d*"], among: files) == ["d1/a.json", "d2/b.json"])
  }

  @Test func aFileThatIsCalledLikeAPatternIsThatFile() throws {
    #expect(try found(["[1].json"], among: ["[1].json": study, "1.json": study]) == ["[1].json"])
  }

  @Test func aFileNamedTwiceIsOneStudyWhereItIsNamedFirst() throws {
    let files = ["a.json": study, "b.json": study]
    #expect(try found(["b.json", "*.json", "b.json"], among: files) == ["b.json", "a.json"])
  }

  @Test func aFileThatIsNamedIsTakenWhateverItIs() throws {
    #expect(try found(["missing.json"], among: [:]) == ["missing.json"])
  }

  @Test(arguments: ["", "*.json", "none*"])
  func whereThereIsNoStudyThatIsAnError(name: String) throws {
    #expect(throws: InputError.self) {
      try found([name], among: name == "" ? ["x.json": "{}"] : [:])
    }
  }
}
