import ArgumentParser
import Foundation
import JSON
import ResultsDiff
import StudyRunner

struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare two folders of results, statistic by statistic.",
    discussion: """
      What an upgrade of the program is validated with: run the same studies with both versions, \
      then compare. A and B are the folders of one study each, or folders of many, which are \
      matched by their names; the rows of ard.csv are matched by all columns up to stat_name.

      Examples:
        theriac diff old/theriac-results new/theriac-results
        theriac diff old/study new/study --relative 1e-6 --csv changes.csv
        theriac diff old new --tolerance 'kind=dose-response,stat_name=lower:1e-5'

      Numbers a and b are the same where |a − b| is at most --absolute, or --relative times the larger \
      of both. All else (status, unit, warning, error) must be equal. Said are also the version and \
      build of both, and the studies whose definition or data are not the same.

      Exit status: 0 all the same; 1 something changed, was added or removed; 65 a file holds no \
      results; 66 a file cannot be read; 73 the table cannot be written.
      """)

  @Argument(help: "The first folder, such as that of the older version.", completion: .directory)
  var a: String

  @Argument(help: "The second folder.", completion: .directory)
  var b: String

  @Option(help: "The relative tolerance of numbers.")
  var relative = 1e-9

  @Option(help: "The absolute tolerance of numbers.")
  var absolute = 0.0

  @Option(
    help: ArgumentHelp(
      "A tolerance for some rows: column=value,...:relative[,absolute]; the first that fits counts. "
        + "A value may end in * for all that begin so.", valueName: "rule"))
  var tolerance: [String] = []

  @Option(help: "How many rows of each list to print.")
  var limit = 40

  @Flag(help: "Print the difference as JSON, whole.")
  var json = false

  @Option(
    help: ArgumentHelp("Write every row that differs to this file.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var csv: String?

  func validate() throws {
    for (name, value) in [("relative", relative), ("absolute", absolute)] {
      guard value.isFinite, value >= 0 else {
        throw ValidationError("--\(name) takes a number of at least 0.")
      }
    }
    guard limit >= 0 else { throw ValidationError("--limit takes a number of at least 0.") }
    _ = try rules()
  }

  func run() throws {
    let difference: ResultsDifference
    do {
      difference = try ResultsDifference(
        a, b,
        within: Tolerances(
          Tolerance(relative: relative, absolute: absolute), rules: try rules()))
    } catch let error as UnreadableResults {
      printError("\(error)")
      throw ExitStatus.unreadableInput
    } catch let error as InvalidResults {
      printError("\(error)")
      throw ExitStatus.invalidData
    }
    if let csv { try writeOutput(difference.csv, to: csv) }
    print(
      json ? difference.json.indented : difference.text(maximum: limit), terminator: "")
    guard difference.isEmpty else { throw ExitStatus.different }
  }

  private func rules() throws -> [ToleranceRule] {
    do {
      return try tolerance.map { try ToleranceRule($0) }
    } catch let fault as ToleranceFault {
      throw ValidationError("--tolerance: \(fault).")
    }
  }
}

/// Writes `text` into the file at `path`, whole or not at all.
func writeOutput(_ text: String, to path: String) throws {
  do {
    try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
  } catch {
    printError("\(OutputError(path, error))")
    throw ExitStatus.unwritableOutput
  }
}
