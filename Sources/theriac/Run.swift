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
    let start = ContinuousClock.now
    let workforce = Workforce(jobs)
    let display = ProgressDisplay(studies: studies.count, isQuiet: quiet || json)
    let files = try await StudyFile.readAll(
      studies, by: workforce, keeping: jobs, progress: display.showRead)
    let command = StudyCommand(
      output: output, only: try chosenAnalyses(in: files), failFast: failFast, summary: summary,
      sourceDateEpoch: try sourceDateEpoch(), commandLine: commandLine, workforce: workforce,
      display: display)
    let (totals, failure) = await compute(files, command)
    display.clear()
    if json { print(totals.studies > 0 ? "\n]" : "[]") }
    if let failure { try end(with: failure) }
    if !quiet, !json {
      print(totals.throughput(seconds: start.duration(to: .now) / .seconds(1), jobs: jobs))
      for line in totals.published.lines { print(line) }
    }
    guard totals.isComplete else { throw ExitStatus.incomplete }
  }

  /// Computes all studies, and prints of each what there is to print, in their order.
  ///
  /// Returned is also what went wrong with the first study that could not be read or written;
  /// those behind it count for nothing, and no other is begun afterwards.
  private func compute(
    _ files: [StudyFile], _ command: StudyCommand
  ) async -> (RunTotals, failure: (any Error)?) {
    var totals = RunTotals()
    var failure: (any Error)?
    // A study that takes long holds up what is printed of so many others.
    let ahead = 64 * min(jobs, 1024)
    await command.workforce.computeInOrder(files.count, ahead: ahead) { place in
      await command.outcome(of: files[place])
    } receive: { place, outcome in
      command.display.clear()
      switch outcome {
      case .failure(let error):
        failure = error
        return false
      case .success(let study):
        totals.add(study)
        print(json ? (place == 0 ? "[" : ",") : "", study.summary, separator: "", terminator: "")
        return true
      }
    }
    return (totals, failure)
  }

  private var summary: StudyCommand.Summary {
    quiet && !json ? .none : json ? .json : .text(width: terminalWidth)
  }

  /// The command line of each study: with very many, each would list all others.
  private var commandLine: @Sendable (String) -> [String] {
    let arguments = CommandLine.arguments
    guard studies.count > 1 else { return { _ in arguments } }
    let paths = Set(studies)
    let others = arguments.filter { !paths.contains($0) }
    return { others + [$0] }
  }

  private func end(with failure: any Error) throws -> Never {
    switch failure {
    case is InputError:
      printError("\(failure)")
      throw ExitStatus.unreadableInput
    case is OutputError:
      printError("\(failure)\nChoose another folder with --output, or make room there.")
      throw ExitStatus.unwritableOutput
    default: throw failure
    }
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
    let known = Set(files.flatMap(\.analyses))
    for id in ids where !known.contains(id) {
      throw ValidationError(
        "--only: no analysis has the id \"\(id)\"; there are \(known.sorted().joined(separator: ", "))."
      )
    }
    return Set(ids)
  }
}

/// The width of the terminal, or 100 where there is none.
private var terminalWidth: Int {
  var size = winsize()
  guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 100 }
  return Int(size.ws_col)
}
