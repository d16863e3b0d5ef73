import ArgumentParser
import Foundation
import Inference
import JSON
import Results
import StudyRunner

struct Run: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compute studies and write their results.",
    discussion: """
      Each study gets a folder OUTPUT/<study id>/ with ard.csv (the results, one statistic a row), \
      ard.json (the same as CDISC Dataset-JSON), results.json, report.html, figures/, study.json, \
      status.json and manifest.json. OUTPUT/index.html and OUTPUT/summary.csv have a row an analysis of \
      all studies there. Nothing is computed before every study is found valid; then an analysis that \
      fails keeps no other from being computed.

      Examples:
        theriac run study.json
        theriac run studies/ more/*.json --output results
        theriac run study.json --tables rtf --figures png
        theriac run studies/ --resume        (go on where a run was stopped)
        theriac run studies/ --shard 2/8 --output part-2   (then `theriac merge`)
        produce-studies | theriac run - > results.ndjson

      --tables rtf adds tables.rtf, all tables for a word processor; --figures png adds a picture beside \
      each figure, drawn by rsvg-convert of librsvg. --rounding half-away (SAS) or half-even (R) and \
      --decimals reach what is shown alone: reports, tables, figures, this summary. Data are never rounded.

      A folder stands for every *.json in it and below it that is a study (an object with the key \
      "theriac"), sorted by name; other JSON is named, and what is no JSON is a fault. A study appears in \
      OUTPUT whole or not at all, however the run ends; what had been finished is kept aside, and --resume \
      takes over each analysis and study whose definition, data, options and program are unchanged, with \
      the same bytes as an uninterrupted run.

      With - each line of standard input is a study and gives a line of standard output, in the same \
      order: {"line": 1, "study": "id", "status": "completed", …, "results": {…}}. The status is completed, \
      failed (an analysis failed), differs (a published value does), invalid (with its faults) or \
      unreadable (data that it names). The last line is {"summary": {…}}. Nothing else is written; blank \
      lines are skipped; files of data are named relative to the current folder.

      Exit status: 0 all computed and every published value reproduced; 1 an analysis failed or a \
      published value differs; 64 wrong usage; 65 a study definition or data are invalid (nothing is \
      written; with - the other lines are); 66 an input cannot be read; 73 the output cannot be written, or \
      another run writes there.
      """)

  @Argument(
    help: "Study definitions (JSON), folders of them, patterns, or - for standard input.",
    completion: .file(extensions: ["json"]))
  var studies: [String]

  @Option(
    help: "The folder that results are written to. (default: theriac-results)",
    completion: .directory)
  var output: String?

  @Option(help: "How many analyses to compute at a time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: ArgumentHelp("Compute and check these analyses alone.", valueName: "id,..."))
  var only: String?

  @Flag(help: "Begin no further analysis or study after an analysis has failed.")
  var failFast = false

  @Flag(help: "Take over what an earlier run finished, be it killed, and compute the rest.")
  var resume = false

  @Option(
    help: ArgumentHelp(
      "Compute one of n equal parts of the studies, dealt out by their ids.", valueName: "i/n"))
  var shard: String?

  @Option(help: ArgumentHelp("Write the tables in this format as well.", valueName: "format"))
  var tables: Renderings.TableFormat?

  @Option(help: ArgumentHelp("Write the figures in this format as well.", valueName: "format"))
  var figures: Renderings.FigureFormat?

  @Option(
    help: ArgumentHelp(
      "How a 5 is rounded where numbers are shown; otherwise as each study says.",
      valueName: "rule"))
  var rounding: RoundingRule?

  @Option(
    help: ArgumentHelp(
      "The decimals of percentages where they are shown; ratios and rates have one more.",
      valueName: "n"))
  var decimals = Rounding.usualDecimals

  @Flag(
    name: .shortAndLong, help: "Print errors only, and published values that did not come out.")
  var quiet = false

  @Flag(help: "Print the summary as JSON.")
  var json = false

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs takes a number of at least 1.") }
    if let shard, Shard(shard) == nil {
      throw ValidationError("--shard takes a part of a number of parts, such as 1/8 to 8/8.")
    }
    guard (0...6).contains(decimals) else {
      throw ValidationError("--decimals takes a number from 0 to 6.")
    }
    if figures == .png, PictureProgram() == nil { throw ValidationError(PictureProgram.absence) }
    _ = try sourceDateEpoch()
    guard studies.contains("-") else { return }
    guard studies.count == 1 else {
      throw ValidationError("- reads studies from standard input, and stands alone.")
    }
    for (option, isGiven) in [
      ("--output", output != nil), ("--resume", resume), ("--shard", shard != nil),
      ("--only", only != nil), ("--quiet", quiet), ("--json", json), ("--tables", tables != nil),
      ("--figures", figures != nil), ("--rounding", rounding != nil),
      ("--decimals", decimals != Rounding.usualDecimals),
    ] where isGiven {
      throw ValidationError("\(option) does not go with -, which writes to standard output alone.")
    }
  }

  func run() async throws {
    if studies == ["-"] { return try await StudyStream(jobs: jobs, failFast: failFast).run() }
    let start = ContinuousClock.now
    let paths = try StudyFile.paths(named: studies)
    let workforce = Workforce(jobs)
    let display = ProgressDisplay(studies: paths.count, isQuiet: quiet || json)
    let all = try await StudyFile.readAll(
      paths, by: workforce, keeping: jobs, progress: display.showRead)
    let only = try chosenAnalyses(in: all)
    let part = shard.flatMap(Shard.init).map { ShardOfRun($0, of: all, only: only, renderings) }
    let command = StudyCommand(
      output: outputFolder, only: only, failFast: failFast, resume: resume, summary: summary,
      renderings: renderings, pictures: figures == .png ? PictureProgram() : nil,
      sourceDateEpoch: try sourceDateEpoch(), commandLine: commandLine(of: paths),
      workforce: workforce, display: display)
    var batch = StudyBatch(part?.files ?? all, command, jobs: jobs)
    try await endingWithItsStatus { () async throws in
      let lock = try OutputLock(outputFolder, command: CommandLine.arguments)
      tellHowToGoOnWhenStopped()
      try ShardRecord.remove(from: outputFolder)
      await batch.run()
      display.clear()
      if let failure = batch.failure { throw failure }
      try SummaryFiles.write(in: outputFolder)
      if batch.isWhole { try part?.record.write(in: outputFolder) }
      _ = consume lock
    }
    try close(batch, seconds: start.duration(to: .now) / .seconds(1))
  }

  private var renderings: Renderings {
    Renderings(tables: tables, figures: figures, rounding: rounding, decimals: decimals)
  }

  private var outputFolder: String { output ?? "theriac-results" }

  /// Prints the closing lines, and ends with the status that the studies give.
  private func close(_ batch: StudyBatch, seconds: Double) throws {
    if !quiet, !json {
      if batch.files.count > 1 { print("All studies: \(outputFolder)/\(SummaryFiles.index)\n") }
      print(batch.totals.throughput(seconds: seconds, jobs: jobs, takenOver: batch.takenOver))
      for line in batch.totals.publishedLines { print(line) }
    }
    if quiet, !json {
      for alarm in batch.totals.alarms { printError(alarm.text) }
    }
    let undone = batch.files.count - batch.totals.studies - batch.unreadable
    if batch.isStopped, undone > 0 {
      printError("stopped by --fail-fast; \(counted(undone, "study", "studies")) not computed")
    }
    if batch.unreadable > 0 {
      printError(
        "\(counted(batch.unreadable, "study", "studies")) could not be read when the turn came, and "
          + "have no new results. When they are back, run again with --resume.")
      throw ExitStatus.unreadableInput
    }
    guard batch.totals.isComplete else { throw ExitStatus.incomplete }
  }

  private var summary: StudyCommand.Summary {
    quiet && !json ? .none : json ? .json : .text(width: terminalWidth)
  }

  /// The command line of each study, by which it can be repeated: with very many, each would list all
  /// others; and whether a run went on where another was stopped makes no difference to its results.
  private func commandLine(of paths: [String]) -> @Sendable (String) -> [String] {
    let arguments = CommandLine.arguments.filter { $0 != "--resume" }
    guard paths.count > 1 || paths != studies else { return { _ in arguments } }
    let names = Set(studies)
    let others = arguments.filter { !names.contains($0) }
    return { others + [$0] }
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
      let nearest = nearestSpelling(to: id, among: known.sorted())
      printError(
        "--only: no analysis has the id \"\(id)\"; there are "
          + known.sorted().joined(separator: ", ")
          + (nearest.map { "; did you mean \"\($0)\"?" } ?? ""))
      throw ExitStatus.wrongUsage
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
