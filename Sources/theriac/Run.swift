import ArgumentParser
import Foundation
import JSON
import Reporting
import Results
import StudyDefinition
import StudyRunner

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compute studies and write their results.",
    discussion: """
      Each study gets a folder OUTPUT/<study id>/ with ard.csv (the results, one statistic a row), \
      ard.json (the same as CDISC Dataset-JSON), results.json, report.html, figures/, study.json, \
      status.json and manifest.json. Nothing is computed before every study is found valid.
      """)

  @Argument(help: "Study definitions (JSON).", completion: .file(extensions: ["json"]))
  var studies: [String]

  @Option(help: "The folder that results are written to.", completion: .directory)
  var output = "theriac-results"

  @Option(help: "How many analyses to compute at a time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: ArgumentHelp("Compute and check these analyses alone.", valueName: "id,..."))
  var only: String?

  @Flag(help: "Begin no further analysis after one has failed.")
  var failFast = false

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs takes a number of at least 1.") }
    _ = try sourceDateEpoch()
  }

  func run() async throws {
    let files = try StudyFile.readAll(studies)
    let chosen = try chosenAnalyses(in: files)
    var all: [StudyResults] = []
    for file in files {
      do {
        let results = try await StudyCommand(
          file: file, options: self, only: chosen, creation: sourceDateEpoch() ?? file.modified
        ).run()
        all.append(results)
        if !quiet, !json { printSummary(results) }
      } catch let error as OutputError {
        printError("\(error)\nChoose another folder with --output, or make room there.")
        throw ExitStatus.unwritableOutput
      }
    }
    if json { print(summaryJSON(all).indented, terminator: "") }
    if !quiet, !json { printTotals(all) }
    guard all.allSatisfy(\.isComplete) else { throw ExitStatus.incomplete }
  }

  /// The time that the environment sets for files to be reproducible, in seconds since 1970.
  private func sourceDateEpoch() throws -> Double? {
    guard let text = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"] else { return nil }
    // Up to the end of the year 9999, the last that the format of dates has room for.
    guard let seconds = Int(text), (0..<253_402_300_800).contains(seconds) else {
      throw ValidationError("SOURCE_DATE_EPOCH takes seconds since 1970, as an integer.")
    }
    return Double(seconds)
  }

  /// The ids given by `--only`, each of which must be an analysis of some study.
  private func chosenAnalyses(in files: [StudyFile]) throws -> Set<String>? {
    guard let only else { return nil }
    let ids = only.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.trimmingCharacters(in: .whitespaces)
    }
    let known = Set(files.flatMap { $0.plan.study.analyses.map(\.id) })
    for id in ids where !known.contains(id) {
      throw ValidationError(
        "--only: no analysis has the id \"\(id)\"; there are \(known.sorted().joined(separator: ", "))."
      )
    }
    return Set(ids)
  }

  private func printSummary(_ results: StudyResults) {
    print(textSummary(results, width: terminalWidth, maximumRows: 40))
    print("Results: \(output)/\(results.id)/report.html\n")
  }

  /// The closing lines: what else than reproduced, then the published values that count.
  private func printTotals(_ all: [StudyResults]) {
    let checks = all.flatMap(\.published)
    for check in checks where check.verdict == .differs || check.verdict == .notComputed {
      print("\(check.verdict.rawValue): \(check.summary)")
    }
    let others = [
      (PublishedCheck.Verdict.consistent, "rebuilt from the very number, so nothing is shown"),
      (.explained, "not expected to come out, as the study says"),
      (.notComputed, "for the reasons above"),
    ]
    for (verdict, meaning) in others where checks.count(verdict) > 0 {
      print("\(counted(checks.count(verdict), "published value")) \(verdict.rawValue) (\(meaning))")
    }
    print(
      "published values: \(checks.count(.reproduced)) reproduced, \(checks.count(.differs)) differ")
  }

  private func summaryJSON(_ all: [StudyResults]) -> JSONValue {
    .array(
      all.map { results in
        [
          "status": results.statusJSON,
          "folder": .string("\(output)/\(results.id)"),
          "complete": .bool(results.isComplete),
        ]
      })
  }
}

extension PublishedCheck {
  fileprivate var summary: String {
    let place = (place.groups.compactMap { $0?.level } + [place.level])
      .filter { !$0.isEmpty }.joined(separator: ", ")
    let statistic = [statistic.method, statistic.name].filter { !$0.isEmpty }
      .joined(separator: " ")
    return "\(analysis): \(place): \(statistic): published \(published), computed "
      + (computed.isEmpty ? "nothing" : computed) + (reason.map { " (\($0))" } ?? "")
  }
}

/// The width of the terminal, or 100 where there is none.
private var terminalWidth: Int {
  var size = winsize()
  guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
  return Int(size.ws_col)
}
