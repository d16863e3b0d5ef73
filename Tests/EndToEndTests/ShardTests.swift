import Foundation
import TestSupport
import Testing

/// Runs shard `number` of `count` of the studies in `in`, into `part-<number>`.
private func shard(_ number: Int, of count: Int, in folder: URL) throws -> ProgramRun {
  try theriac(
    "run", "in", "--shard", "\(number)/\(count)", "--output", "part-\(number)", in: folder)
}

private func withStudies(_ count: Int, _ body: (URL) throws -> Void) throws {
  try withTemporaryFolder { folder in
    try FileManager.default.createDirectory(
      at: folder.appending(path: "in"), withIntermediateDirectories: false)
    for index in 0..<count {
      let study = index == 3 ? failingStudy("s3") : smallStudy("s\(index)", terms: 1 + index % 4)
      _ = try folder.write(study, to: "in/\(index).json")
    }
    try body(folder)
  }
}

/// Without manifests, which tell the command of their shard.
private func tree(_ folder: URL, _ name: String) throws -> [String: String] {
  try resultsTree(folder.appending(path: name)).filter { !$0.key.hasSuffix("manifest.json") }
}

@Suite struct ShardTests {
  @Test func mergedShardsAreWhatOneRunWrites() throws {
    try withStudies(11) { folder in
      let whole = try theriac("run", "in", "--output", "whole", in: folder)
      let parts = try (1...3).map { try shard($0, of: 3, in: folder) }
      #expect(parts.map(\.status).sorted() == [0, 0, 1])
      let merge = try theriac("merge", "part-3", "part-1", "part-2", "--output", "m", in: folder)
      #expect(merge.status == 1 && whole.status == 1)
      #expect(merge.outputLines.first == "3 shards, 11 studies merged.")
      #expect(merge.outputLines.last == whole.outputLines.last)
      #expect(difference(try tree(folder, "m"), try tree(folder, "whole")) == [])
      for index in 0..<11 { #expect(folder.has("m/s\(index)/manifest.json")) }
    }
  }

  @Test func shardsThatDoNotMakeABatchAreRefused() throws {
    try withStudies(7) { folder in
      for number in 1...2 { _ = try shard(number, of: 3, in: folder) }
      func merge(_ parts: String...) throws -> ProgramRun {
        try theriac(["merge"] + parts + ["--output", "m"], in: folder)
      }
      let missing = try merge("part-1", "part-2")
      #expect(missing.status == 65 && missing.errors.contains("shards are missing: 3/3"))
      let absent = try merge("part-1", "part-2", "part-3")
      #expect(absent.status == 66 && absent.errors.contains("part-3"))
      _ = try shard(3, of: 3, in: folder)
      try FileManager.default.copyItem(
        at: folder.appending(path: "part-1"), to: folder.appending(path: "again"))
      let twice = try merge("part-1", "part-2", "part-3", "again")
      #expect(twice.status == 65 && twice.errors.contains("it is shard 1/3, as "))
      _ = try folder.write(smallStudy("s0", terms: 9), to: "in/0.json")
      _ = try shard(2, of: 3, in: folder)
      let other = try merge("part-1", "part-2", "part-3")
      #expect(other.status == 65 && other.errors.contains("of another batch than"))
      _ = try theriac("run", "in/0.json", "--output", "part-3", in: folder)
      let whole = try merge("part-1", "part-2", "part-3")
      #expect(whole.status == 66 && whole.errors.contains("it has no shard.json"))
      #expect(!folder.has("m"))
      #expect(try theriac("merge", "part-1", "--output", "part-1", in: folder).status == 64)
    }
  }

  @Test func aFileThatIsNotWhatItsManifestSaysIsNotMerged() throws {
    try withStudies(4) { folder in
      for number in 1...2 { _ = try shard(number, of: 2, in: folder) }
      _ = try folder.write("0", to: "part-2/s1/ard.csv")
      let run = try theriac("merge", "part-1", "part-2", "--output", "m", in: folder)
      #expect(run.status == 66)
      #expect(run.errors.contains("part-2/s1/ard.csv: cannot be read: it changed"))
      #expect(!folder.has("m/s1"))
    }
  }

  @Test(arguments: ["0/2", "3/2", "1", "x/y"])
  func whatIsNoShardIsWrongUsage(shard: String) throws {
    try withStudies(1) { folder in
      let run = try theriac("run", "in", "--shard", shard, in: folder)
      #expect(run.status == 64)
    }
  }
}
