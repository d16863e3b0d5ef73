import ArgumentParser
import BulkFits
import CFiles
import DoseResponse
import Foundation
import Inference
import JSON
import Tables

struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Fit many dose-response curves at once, without a study definition.",
    discussion: """
      DATA is one of
        curves.npy   a NumPy array (curves, points) of float64 or float32, row by row, with --doses one \
      dose a point; NaN is a missing response
        curves.csv   a table with the columns curve,dose,response and perhaps weight, a point a row; each \
      curve has doses of its own; an empty response, NaN or NA is missing
      Files are mapped, not loaded: they may be larger than memory.

      The results are a row a curve: status, each parameter with its standard error, each effective dose \
      with its limits, then rss, sigma, df and iterations. In a .csv a number that does not exist is \
      empty and a limit that is open is inf; in a .npy, which has the same columns but for the curve, it \
      is NaN, and the status a code from 0, converged, to 11.

      Examples:
        theriac fit curves.npy --doses 0x3,0.1x3,1x3,10x3 --output fits.csv
        theriac fit screen.csv --effects 10,50,90 --interval wald-log --search global --output fits.npy
        theriac fit screen.csv --model weibull-1-4 --bound lower=0: --bound slope=0.1:10 | head
        theriac fit curves.npy --doses doses.npy --output fits.npy --json

      Exit status: 0 all curves have their row, whatever its status; 64 wrong usage; 65 data are not as \
      expected; 66 an input cannot be read; 73 the output cannot be written. Ctrl-C leaves an older \
      output as it was.
      """)

  @Argument(help: "The curves, .npy or .csv.", completion: .file(extensions: ["npy", "csv"]))
  var data: String

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The dose of each point of a .npy: a list, in which 0.1x3 repeats a dose, or a .npy of one dimension.",
      valueName: "list|file"))
  var doses: String?

  @Option(
    help: ArgumentHelp(
      "The weight of each response of a .npy, an array of the same shape.", valueName: "file"),
    completion: .file(extensions: ["npy"]))
  var weights: String?

  @Option(help: "The model; `theriac methods` lists them with their formulas.")
  var model = DoseResponseModel.logLogistic4.rawValue

  @Option(
    help: ArgumentHelp(
      "Effective doses: percentages of the way from dose 0 to the limit at high doses.",
      valueName: "p,..."))
  var effects = "50"

  @Option(help: "Limits of the effective doses; none is fastest.")
  var interval = IntervalOption.none

  @Option(help: "The confidence level of the limits.")
  var level = 0.95

  @Option(
    help: """
      fast: from the best of a few starts, for simulations and complete curves; global: from many, for \
      screens, where anything may happen.
      """)
  var search = SearchOption.fast

  @Option(
    help: ArgumentHelp(
      "Keeps a parameter within a range; an end may be left out. May be given again.",
      valueName: "parameter=lower:upper"))
  var bound: [String] = []

  @Option(help: "How many threads to use; the results do not depend on it.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(
    help: "The file of results, .csv or .npy; without it they go to standard output as CSV.",
    completion: .file(extensions: ["csv", "npy"]))
  var output: String?

  @Flag(help: "Print the summary as JSON; takes --output.")
  var json = false

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs takes a number of at least 1.") }
    if let output, !output.hasSuffix(".npy"), !output.hasSuffix(".csv") {
      throw ValidationError("--output takes a name that ends in .csv or .npy.")
    }
    guard !json || output != nil else {
      throw ValidationError(
        "--json takes --output, for the results go to standard output otherwise.")
    }
    if let output, isSameFile(data, output) {
      throw ValidationError("--output would replace DATA.")
    }
    _ = try request()
    if let doses, !doses.hasSuffix(".npy") { _ = try CurveOptions.doses(doses) }
  }

  func run() throws {
    theriac_end_when_stopped()
    try endingWithItsStatus {
      let request = try request()
      let source = try source(request)
      let progress = CurveProgress(total: source.curveCount, isQuiet: quiet || json)
      let summary = try BulkFit(source, request: request, jobs: jobs).run(to: output) {
        progress.show($0)
      }
      progress.clear()
      if json {
        print(summary.json.indented, terminator: "")
      } else if !quiet {
        tell(summary)
      }
    }
  }

  private func request() throws -> BatchRequest {
    let model = try CurveOptions.model(model)
    guard let level = ConfidenceLevel(level) else {
      throw ValidationError("--level takes a number between 0 and 1, such as 0.95.")
    }
    let bounds = try bound.map { try CurveOptions.bound($0, of: model) }
    guard Set(bounds.map(\.0)).count == bounds.count else {
      throw ValidationError("--bound is given twice for one parameter.")
    }
    return BatchRequest(
      ResponseCurve(model), bounds: Dictionary(uniqueKeysWithValues: bounds),
      effects: try CurveOptions.effects(effects), interval: interval.method, level: level,
      search: search.search)
  }

  /// The summary, which is out of the way of results on standard output.
  private func tell(_ summary: BulkFitSummary) {
    let text = summary.text(output: output)
    if output == nil {
      FileHandle.standardError.write(Data(text.utf8))
    } else {
      print(text, terminator: "")
    }
  }
}

/// How the limits are made, if at all.
enum IntervalOption: String, CaseIterable, ExpressibleByArgument {
  case none, wald
  case waldLog = "wald-log"
  case profile

  var method: CurveIntervalMethod? { CurveIntervalMethod(rawValue: rawValue) }
}

/// How thoroughly the least sum of squares is looked for.
enum SearchOption: String, CaseIterable, ExpressibleByArgument {
  case fast, global

  var search: BatchSearch { self == .fast ? .fast : .global }
}

/// Whether two paths lead to one file that exists.
func isSameFile(_ one: String, _ other: String) -> Bool {
  var (first, second) = (stat(), stat())
  return stat(one, &first) == 0 && stat(other, &second) == 0
    && first.st_dev == second.st_dev && first.st_ino == second.st_ino
}
