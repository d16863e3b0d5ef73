import ArgumentParser
import Foundation
import JSON
import Results
import StudyRunner

/// Studies from standard input, a line each, with a line of results each on standard output.
struct StudyStream {
  let jobs: Int
  let failFast: Bool

  /// Answers each line in turn, then closes with a summary.
  ///
  /// - Throws: the exit status: 66 before 65 before 1 where any study is not complete.
  func run() async throws {
    let source = LineSource()
    let workforce = Workforce(jobs)
    var totals = StreamTotals()
    var failure: OutputError?
    await workforce.computeStream(
      { await source.next() }, ahead: 16 * min(jobs, 1024)
    ) { line in
      await StreamedStudy.answer(to: line, by: workforce, failFast: failFast)
    } receive: { study in
      totals.add(study)
      do throws(OutputError) {
        try writeToStandardOutput(study.line)
      } catch {
        failure = error
      }
      let goesOn = failure == nil && !(failFast && study.status.stops)
      if !goesOn { source.end() }
      return goesOn
    }
    do throws(OutputError) {
      if let failure { throw failure }
      try writeToStandardOutput(JSONValue.object([("summary", totals.json)]).compact + "\n")
    } catch {
      printError("\(error)")
      throw ExitStatus.unwritableOutput
    }
    if let failure = source.failure {
      printError("\(failure)")
      throw ExitStatus.unreadableInput
    }
    try totals.endWithStatus()
  }
}

/// What all lines come to.
private struct StreamTotals {
  private var counts: [StreamedStudy.Status: Int] = [:]
  private var batch = BatchTotals()

  mutating func add(_ study: StreamedStudy) {
    counts[study.status, default: 0] += 1
    if let results = study.results { batch.add(results) }
  }

  var json: JSONValue {
    let statuses = StreamedStudy.Status.allCases.map {
      (key: $0.rawValue, value: JSONValue.integer(counts[$0] ?? 0))
    }
    return [
      "studies": .integer(counts.values.reduce(0, +)), "statuses": .object(statuses),
      "analyses": .integer(batch.analysisCount), "results": .integer(batch.results),
      "published": batch.published.json, "program": ProgramIdentity.current.json,
    ]
  }

  func endWithStatus() throws {
    if counts[.unreadable] != nil { throw ExitStatus.unreadableInput }
    if counts[.invalid] != nil { throw ExitStatus.invalidStudy }
    guard batch.isComplete else { throw ExitStatus.incomplete }
  }
}

/// Writes `text` to standard output at once, for whoever waits for it.
private func writeToStandardOutput(_ text: String) throws(OutputError) {
  let bytes = Array(text.utf8)
  var rest = bytes[...]
  while !rest.isEmpty {
    let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
    if count >= 0 {
      rest = rest.dropFirst(count)
    } else if errno != EINTR {
      throw OutputError("standard output", errno: errno)
    }
  }
}
