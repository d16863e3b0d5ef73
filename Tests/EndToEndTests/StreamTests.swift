import Foundation
import JSON
import TestSupport
import Testing

/// Runs `theriac run -` on `lines`.
private func stream(
  _ lines: [String], _ options: String..., in folder: URL
) throws -> ProgramRun {
  let path = try folder.write(lines.joined(separator: "\n"), to: "lines.ndjson")
  let input = try #require(FileHandle(forReadingAtPath: path))
  return try StartedProgram(["run", "-"] + options, in: folder, input: input).end()
}

private func oneLine(_ study: String) -> String { study.replacing("\n", with: " ") }

/// The members of a line of JSON that are plain, as text.
private func members(_ line: String) throws -> [String: String] {
  guard case .object(let members) = try JSONDocument(Array(line.utf8)).root.value else {
    return [:]
  }
  return members.reduce(into: [:]) { plain, member in
    switch member.value.value {
    case .string(let text): plain[member.key] = text
    case .number(let number): plain[member.key] = number.text
    default: plain[member.key] = "…"
    }
  }
}

@Suite struct StreamTests {
  @Test(arguments: [1, 4])
  func eachLineIsAnsweredInOrder(jobs: Int) throws {
    try withTemporaryFolder { folder in
      let run = try stream(
        [
          oneLine(smallStudy("a", terms: 40)), "", oneLine(failingStudy("b")), "no JSON\r",
          #"{"theriac": 1, "id": "c", "titel": "C"}"#,
          oneLine(smallStudy("d", terms: 1, published: "9")), oneLine(smallStudy("e", terms: 2)),
        ], "--jobs", "\(jobs)", in: folder)
      #expect(run.status == 65)
      let answers = try run.outputLines.map(members)
      #expect(answers.dropLast().map { $0["line"] } == ["1", "3", "4", "5", "6", "7"])
      #expect(answers.dropLast().map { $0["study"] } == ["a", "b", "…", "c", "d", "e"])
      #expect(
        answers.dropLast().map { $0["status"] } == [
          "completed", "failed", "invalid", "invalid", "differs", "completed",
        ])
      #expect(run.outputLines[3].contains("\"pointer\":\"/titel\""))
      #expect(run.outputLines[3].contains("\"suggestion\":\"title\""))
      let summary = try #require(run.outputLines.last)
      #expect(
        summary.hasPrefix(
          #"{"summary":{"studies":6,"statuses":{"completed":2,"failed":1,"differs":1,"invalid":2,"unreadable":0},"analyses":8,"#
        ))
    }
  }

  @Test func theResultsAreThoseOfARunOfFiles() throws {
    try withTemporaryFolder { folder in
      let study = oneLine(smallStudy("a", terms: 7))
      let streamed = try stream([study], in: folder)
      #expect(streamed.status == 0)
      let file = try folder.write(study, to: "a.json")
      _ = try theriac("run", file, in: folder)
      let line = try #require(streamed.outputLines.first)
      let results = try JSONDocument(Array(folder.text(of: "theriac-results/a/results.json").utf8))
      let nested = try #require(line.range(of: "\"results\":{"))
      let answer = "{" + line[nested.upperBound...].dropLast()
      let other = try JSONDocument(Array(answer.utf8))
      #expect(compact(other.root) == compact(results.root))
    }
  }

  /// A program that sends the next study when it has the answer to the last.
  @Test func anAnswerComesBeforeTheNextStudyIsSent() throws {
    try withTemporaryFolder { folder in
      let (input, output) = (Pipe(), Pipe())
      let process = Process()
      process.executableURL = programURL
      process.arguments = ["run", "-", "--jobs", "2"]
      process.currentDirectoryURL = folder
      process.standardInput = input
      process.standardOutput = output
      try process.run()
      var received = Data()
      for id in ["a", "b", "c"] {
        input.fileHandleForWriting.write(Data((oneLine(smallStudy(id, terms: 2)) + "\n").utf8))
        repeat { received = output.fileHandleForReading.availableData } while !received.contains(10)
        #expect(String(decoding: received.prefix(40), as: UTF8.self).contains("\"\(id)\""))
      }
      try input.fileHandleForWriting.close()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
    }
  }

  @Test func theExitStatusTellsWhatWentWrong() throws {
    try withTemporaryFolder { folder in
      let good = oneLine(smallStudy("a", terms: 1))
      #expect(try stream([], in: folder).status == 0)
      #expect(try stream([good, oneLine(failingStudy("b"))], in: folder).status == 1)
      let missing = #"""
        {"theriac": 1, "id": "m", "title": "M", "analyses": [{"id": "d", "kind": "dose-response", "assay": "x", "models": ["log-logistic-4"]}], "assays": [{"id": "x", "response": {"name": "r", "unit": "u"}, "dose": {"name": "d", "unit": "u"}, "data": {"path": "none.csv"}}]}
        """#
      let unreadable = try stream([missing, "x", good], in: folder)
      #expect(unreadable.status == 66)
      #expect(unreadable.output.contains(#""line":1,"study":"m","status":"unreadable""#))
      let stopped = try stream([oneLine(failingStudy("b")), good, good], "--fail-fast", in: folder)
      #expect(stopped.status == 1 && stopped.outputLines.count == 2)
      #expect(try stream([good], "--output", "x", in: folder).status == 64)
      #expect(try theriac("run", "-", "a.json", in: folder).status == 64)
    }
  }

  @Test func aFullOutputEndsWith73() throws {
    try withTemporaryFolder { folder in
      let path = try folder.write(oneLine(smallStudy("a", terms: 1)), to: "a.ndjson")
      let process = Process()
      process.executableURL = programURL
      process.arguments = ["run", "-"]
      process.standardInput = FileHandle(forReadingAtPath: path)
      process.standardOutput = FileHandle(forWritingAtPath: "/dev/full")
      process.standardError = FileHandle.nullDevice
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 73)
    }
  }
}

/// The value without white space, numbers as they are written.
private func compact(_ node: JSONNode) -> String {
  switch node.value {
  case .null: "null"
  case .bool(let value): "\(value)"
  case .number(let number): number.text
  case .string(let text): JSONValue.string(text).compact
  case .array(let nodes): "[" + nodes.map(compact).joined(separator: ",") + "]"
  case .object(let members):
    "{"
      + members.map { JSONValue.string($0.key).compact + ":" + compact($0.value) }
      .joined(separator: ",") + "}"
  }
}
