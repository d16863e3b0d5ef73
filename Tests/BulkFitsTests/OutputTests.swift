import BulkFits
import Foundation
import Synchronization
import TestSupport
import Testing

@Suite struct OutputTests {
  @Test func textIsWrittenInOrderWhoeverBringsIt() {
    let written = Written()
    let output = OrderedOutput { bytes, offset in written.append(bytes, at: offset) }
    let next = Atomic<Int>(0)
    let threads = DispatchGroup()
    for _ in 0..<4 {
      threads.enter()
      Thread {
        while case let chunk = next.add(1, ordering: .relaxed).oldValue, chunk < 500 {
          if chunk % 7 == 0 { usleep(300) }
          try? output.deliver(Array("\(chunk) ".utf8), of: chunk)
        }
        threads.leave()
      }.start()
    }
    threads.wait()
    #expect(written.text == (0..<500).map { "\($0) " }.joined())
  }

  @Test func afterAFailureNobodyWaits() {
    let output = OrderedOutput { _, _ in }
    output.stop()
    #expect(throws: Never.self) { try output.deliver([1], of: 1000) }
  }

  @Test func anOlderFileStaysUntilTheNewOneIsComplete() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "fits.csv")
      try Data("old".utf8).write(to: path)
      let discarded = try PartialFile(path.path)
      try discarded.write(Array("new".utf8), at: 0)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).count == 2)
      discarded.discard()
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["fits.csv"])
      #expect(try String(contentsOf: path, encoding: .utf8) == "old")

      let completed = try PartialFile(path.path)
      try completed.write(Array("w".utf8), at: 2)
      try completed.write(Array("ne".utf8), at: 0)
      try completed.complete()
      #expect(try String(contentsOf: path, encoding: .utf8) == "new")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["fits.csv"])
    }
  }

  @Test func whatAKilledRunLeftIsReplaced() throws {
    try withTemporaryFolder { folder in
      let left = folder.appending(path: ".fits.csv.partial")
      try Data("a long text that was left".utf8).write(to: left)
      let path = folder.appending(path: "fits.csv")
      let file = try PartialFile(path.path)
      try file.write(Array("new".utf8), at: 0)
      try file.complete()
      #expect(try String(contentsOf: path, encoding: .utf8) == "new")
    }
  }

  @Test func aFileThatIsBeingWrittenIsNotWrittenTwice() throws {
    try withTemporaryFolder { folder in
      let path = folder.appending(path: "fits.csv").path
      let first = try PartialFile(path)
      let error = #expect(throws: UnwritableFile.self) { try PartialFile(path) }
      #expect(error?.reason == "another run is writing it")
      first.discard()
      try PartialFile(path).complete()
    }
  }

  @Test func aSymbolicLinkKeepsPointingAtTheFile() throws {
    try withTemporaryFolder { folder in
      let target = folder.appending(path: "target.csv")
      let link = folder.appending(path: "link.csv")
      try Data().write(to: target)
      try FileManager.default.createSymbolicLink(at: link, withDestinationURL: target)
      let file = try PartialFile(link.path)
      try file.write(Array("new".utf8), at: 0)
      try file.complete()
      #expect(try String(contentsOf: target, encoding: .utf8) == "new")
      #expect(link.resolvingSymlinksInPath().lastPathComponent == "target.csv")
    }
  }

  @Test func whereNoFileCanStandIsSaid() throws {
    try withTemporaryFolder { folder in
      for path in [folder.path, folder.path + "/missing/fits.csv", "/dev/null"] {
        let error = #expect(throws: UnwritableFile.self) { try PartialFile(path) }
        #expect(error?.path == path)
      }
    }
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "-0"), (1, "1"), (-12.5, "-12.5"), (0.1, "0.1"), (1e-5, "1e-05"),
    (1e22, "1e+22"), (123_456_789, "123456789"), (9_007_199_254_740_991, "9007199254740991"),
    (0.30000000000000004, "0.30000000000000004"), (.infinity, "inf"), (-.infinity, "-inf"),
    (.nan, ""), (.leastNonzeroMagnitude, "5e-324"),
  ])
  func numbersAreWrittenShort(number: Double, text: String) {
    var bytes: [UInt8] = []
    bytes.append(decimal: number)
    #expect(String(decoding: bytes, as: UTF8.self) == text)
  }
}

/// What was written, each piece where the one before ended.
private final class Written: Sendable {
  private let bytes = Mutex<[UInt8]>([])

  func append(_ more: [UInt8], at offset: Int) {
    bytes.withLock {
      if offset == $0.count { $0 += more }
    }
  }

  var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}
