import Foundation
import TestSupport
import Testing

/// Runs `script` where it may mount file systems of its own, which go when it ends.
private func mounting(_ script: String, in folder: URL) throws -> ProgramRun {
  let (output, errors) = (Pipe(), Pipe())
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/unshare")
  process.arguments = ["--user", "--map-root-user", "--mount", "/bin/sh", "-c", script]
  process.environment = ["THERIAC": programURL.path, "PATH": "/usr/sbin:/usr/bin:/sbin:/bin"]
  process.currentDirectoryURL = folder
  (process.standardOutput, process.standardError) = (output, errors)
  try process.run()
  let text = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return ProgramRun(
    status: process.terminationStatus, output: String(decoding: text, as: UTF8.self),
    errors: String(
      decoding: try errors.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self))
}

/// Whether this machine lets a user mount file systems in a name space of his own.
private let canMount: Bool = {
  let run = try? withTemporaryFolder { folder in
    try mounting("mkdir m && mount -t tmpfs none m", in: folder)
  }
  return run?.status == 0
}()

@Suite(.enabled(if: canMount, "mounting is not allowed here")) struct DiskTests {
  @Test func aFullDiskIsToldAndTheRunGoesOnWhenThereIsRoom() throws {
    try withTemporaryFolder { folder in
      for index in 0..<12 {
        _ = try folder.write(smallStudy("s\(index)", terms: 30), to: "s\(index).json")
      }
      let run = try mounting(
        """
        mkdir out && mount -t tmpfs -o size=1m none out || exit 9
        "$THERIAC" run s*.json --output out --quiet; echo "full $?"
        ls out | wc -l
        mount -o remount,size=64m out || exit 9
        "$THERIAC" run s*.json --output out --resume | grep ' results in '; echo "resumed $?"
        cp -a out kept && "$THERIAC" run s*.json --output whole --quiet
        """, in: folder)
      #expect(run.status == 0)
      #expect(run.outputLines.first == "full 73" && run.outputLines.last == "resumed 0")
      #expect(run.errors.contains("cannot be written: No space left on device"))
      #expect(run.errors.contains("Make room there or mend it and run again with --resume"))
      #expect(run.output.contains("taken over as they were"))
      let trees = try ["kept", "whole"].map { name in
        try resultsTree(folder.appending(path: name)).filter { !$0.key.hasSuffix("manifest.json") }
      }
      #expect(difference(trees[0], trees[1]) == [])
    }
  }

  @Test func anOutputThatIsReadOnlyIsToldBeforeAnythingIsComputed() throws {
    try withTemporaryFolder { folder in
      _ = try folder.write(smallStudy("s", terms: 2), to: "s.json")
      let run = try mounting(
        """
        mkdir out && mount -t tmpfs -o ro none out || exit 9
        "$THERIAC" run s.json --output out/deep
        """, in: folder)
      #expect(run.status == 73 && run.output.isEmpty)
      #expect(run.errors.hasPrefix("out/deep: cannot be written: Read-only file system.\n"))
    }
  }
}
