import Foundation
import Results
import StudyRunner
import Testing

/// A directory of its own for one test, removed at its end.
private func withDirectory(_ body: (String) throws -> Void) throws {
  let path = NSTemporaryDirectory() + "/theriac-\(UUID().uuidString)"
  try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(atPath: path) }
  try body(path)
}

/// An analysis of nothing, as it is kept.
private func kept(_ id: String) -> KeptAnalysis {
  var result = AnalysisResult(id: id, kind: "k", title: "I", level: 0.95)
  result.fingerprint = "f"
  return KeptAnalysis(result, seconds: 0.5, program: program)
}

private func names(_ path: String) throws -> [String] {
  try FileManager.default.contentsOfDirectory(atPath: path).sorted()
}

private func write(_ text: String, to path: String) throws {
  try Data(text.utf8).write(to: URL(filePath: path))
}

@Suite struct StudyFolderTests {
  @Test func nothingStandsInPlaceBeforeTheFolderIsComplete() throws {
    try withDirectory { directory in
      let folder = try StudyFolder(of: "s", in: directory + "/new/deep")
      let file = try folder.write("a.txt") { $0.write("abc") }
      #expect(file.path == "a.txt")
      #expect(file.sha256 == SHA256.hex(Array("abc".utf8)))
      #expect(try names(directory + "/new/deep") == [".s.partial"])
      try folder.complete()
      #expect(try names(directory + "/new/deep") == ["s"])
      #expect(try names(folder.path) == ["a.txt"])
    }
  }

  @Test func aNewFolderReplacesAnOldOne() throws {
    try withDirectory { directory in
      for (name, text) in [("old", "1"), ("new", "2")] {
        let folder = try StudyFolder(of: "s", in: directory)
        _ = try folder.write(name) { $0.write(text) }
        _ = try folder.write("figures/f.svg", bytes: [0x3C])
        _ = try folder.write(StudyFolder.manifest) { $0.write("{}") }
        try folder.complete()
      }
      #expect(try names(directory) == ["s"])
      #expect(try names(directory + "/s") == ["figures", "manifest.json", "new"])
      #expect(try names(directory + "/s/figures") == ["f.svg"])
    }
  }

  @Test func aRunThatEndsWithoutResultsKeepsTheOldFolder() throws {
    try withDirectory { directory in
      let old = try StudyFolder(of: "s", in: directory)
      _ = try old.write(StudyFolder.manifest) { $0.write("{}") }
      try old.complete()
      let new = try StudyFolder(of: "s", in: directory)
      _ = try new.write("new") { $0.write("2") }
      new.discard()
      #expect(try names(directory) == ["s"])
      #expect(try names(directory + "/s") == [StudyFolder.manifest])
    }
  }

  @Test func finishedAnalysesStandInThePartialFolderUntilTheEnd() throws {
    try withDirectory { directory in
      let folder = try StudyFolder(of: "s", in: directory)
      try folder.keep(kept("i"))
      #expect(try names(directory + "/.s.partial/analyses") == ["i.json"])
      try folder.complete()
      #expect(try names(folder.path) == [])
    }
  }

  @Test func whatAKilledRunLeftIsClearedAway() throws {
    try withDirectory { directory in
      _ = try StudyFolder(of: "s", in: directory).write("half") { $0.write("1") }
      let folder = try StudyFolder(of: "s", in: directory)
      try folder.complete()
      #expect(try names(directory) == ["s"])
      #expect(try names(folder.path) == [])
    }
  }

  @Test func aFolderOfSomebodysOwnIsNotReplaced() throws {
    try withDirectory { directory in
      try FileManager.default.createDirectory(
        atPath: directory + "/s", withIntermediateDirectories: true)
      try StudyFolder(of: "s", in: directory).discard()
      try write("mine", to: directory + "/s/data.txt")
      let error = try #require(throws: OutputError.self) {
        try StudyFolder(of: "s", in: directory)
      }
      #expect(error.description.contains("holds something else than results"))
      #expect(try names(directory + "/s") == ["data.txt"])
    }
  }

  @Test func anOldFolderThatHadSteppedAsideComesBack() throws {
    try withDirectory { directory in
      let aside = directory + "/.s.superseded"
      try FileManager.default.createDirectory(atPath: aside, withIntermediateDirectories: true)
      try write("{}", to: aside + "/manifest.json")
      try StudyFolder(of: "s", in: directory).discard()
      #expect(try names(directory) == ["s"])
      #expect(try names(directory + "/s") == ["manifest.json"])
    }
  }

  @Test func aPlaceThatCannotBeWrittenIsNamed() throws {
    try withDirectory { directory in
      try write("", to: directory + "/file")
      let error = try #require(throws: OutputError.self) {
        try StudyFolder(of: "s", in: directory + "/file")
      }
      #expect(error.path == directory + "/file")
      #expect(error.description.hasPrefix("\(directory)/file: cannot be written: "))
    }
  }

  @Test func longOutputIsWrittenAndHashedWhole() throws {
    try withDirectory { directory in
      let folder = try StudyFolder(of: "s", in: directory)
      let line = String(repeating: "x", count: 1000) + "\n"
      let file = try folder.write("long") { output in
        for _ in 0..<500 { output.write(line) }
      }
      try folder.complete()
      let bytes = [UInt8](try Data(contentsOf: URL(filePath: folder.path + "/long")))
      #expect(bytes.count == 500_500)
      #expect(file.sha256 == SHA256.hex(bytes))
    }
  }

  @Test func whatWasKeptComesBackToARunThatGoesOn() throws {
    try withDirectory { directory in
      let stopped = try StudyFolder(of: "s", in: directory)
      try stopped.keep(kept("i"))
      _ = try stopped.write("ard.csv") { $0.write("half") }
      try write("half", to: directory + "/.s.partial/analyses/j.json")
      let folder = try StudyFolder(of: "s", in: directory, keepingParts: true)
      try folder.clearFiles()
      #expect(try names(directory + "/.s.partial") == ["analyses"])
      let back = try #require(folder.kept("i", fingerprint: "f", program: program))
      #expect(back.seconds == 0.5 && back.result.id == "i")
      #expect(folder.kept("i", fingerprint: "g", program: program) == nil)
      #expect(folder.kept("i", fingerprint: "f", program: Program(version: "1", build: "3")) == nil)
      #expect(folder.kept("j", fingerprint: "f", program: program) == nil)
      #expect(folder.kept("k", fingerprint: "f", program: program) == nil)
    }
  }

  @Test func anOlderFolderThatStayedAsideGoesWhenItsSuccessorIsThere() throws {
    try withDirectory { directory in
      for place in ["/s", "/.s.superseded"] {
        try FileManager.default.createDirectory(
          atPath: directory + place, withIntermediateDirectories: true)
        try write("{}", to: directory + place + "/manifest.json")
      }
      try StudyFolder(of: "s", in: directory).discard()
      #expect(try names(directory) == ["s"])
    }
  }
}
