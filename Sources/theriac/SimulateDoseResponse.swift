import ArgumentParser
import BulkFits
import CFiles
import DoseResponse
import Foundation
import JSON
import Results

struct SimulateDoseResponse: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dose-response",
    abstract: "Simulate dose-response curves, for `theriac fit`.",
    discussion: """
      Each curve draws its parameters from their ranges and its responses from normal distributions about \
      the curve. A range is uniform; of a dose or a slope (ed50, location, scale, slope, hill) with both \
      ends above 0 it is uniform on the logarithm. Without --parameters slopes run from 0.5 to 3, plateaus \
      from 0 to 0.1 and from 0.9 to 1.1, asymmetry from 0.5 to 2, and the turning point over the middle \
      three fifths of the doses; other parameters have to be given.

      The same seed gives the same curves, whatever --jobs says; more curves begin with the same ones. \
      --truth has the parameters of every curve and says in the column origin that they are simulated; \
      curves of a .csv are named simulated-0, simulated-1 and so on.

      Examples:
        theriac simulate dose-response --curves 1000000 --doses 0.01,0.1,1,10,100 --replicates 3 --noise \
      0.04 --seed 7 --output curves.npy --truth truth.csv
        theriac simulate dose-response --curves 1000 --model weibull-1-4 --doses 0,1,3,10,30 --noise 0.05 \
      --parameters slope=1:4,lower=0,upper=80:120,location=3:10 --noise-relative --missing 0.02 --output c.csv
      """)

  @Option(help: "How many curves.")
  var curves: Int

  @Option(help: "The model; `theriac methods` lists them with their formulas.")
  var model = DoseResponseModel.logLogistic4.rawValue

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The doses of every curve.", valueName: "list"))
  var doses: String

  @Option(help: "How many responses at each dose; they follow each other.")
  var replicates = 1

  @Option(help: ArgumentHelp("The standard deviation of the responses.", valueName: "sd"))
  var noise: Double

  @Flag(help: "--noise is a share of the mean response.")
  var noiseRelative = false

  @Option(
    help: ArgumentHelp(
      "The ranges of parameters, or their values.", valueName: "name=lower:upper,..."))
  var parameters: String?

  @Option(help: ArgumentHelp("The share of responses that are missing.", valueName: "share"))
  var missing = 0.0

  @Option(help: "Where the random numbers begin.")
  var seed: UInt64 = 1

  @Option(help: "How many threads to use; the curves do not depend on it.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(
    help:
      "The file of curves: .npy, an array (curves, points), or .csv, a table curve,dose,response.",
    completion: .file(extensions: ["npy", "csv"]))
  var output: String

  @Option(help: "The file of true parameters, .csv.", completion: .file(extensions: ["csv"]))
  var truth: String?

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  func validate() throws {
    guard curves >= 1 else { throw ValidationError("--curves takes a number of at least 1.") }
    guard replicates >= 1 else {
      throw ValidationError("--replicates takes a number of at least 1.")
    }
    guard jobs >= 1 else { throw ValidationError("--jobs takes a number of at least 1.") }
    guard noise >= 0, noise.isFinite else {
      throw ValidationError("--noise takes a number of at least 0.")
    }
    guard missing >= 0, missing <= 1 else {
      throw ValidationError("--missing takes a share from 0 to 1.")
    }
    guard output.hasSuffix(".npy") || output.hasSuffix(".csv") else {
      throw ValidationError("--output takes a name that ends in .npy or .csv.")
    }
    if let truth {
      guard truth.hasSuffix(".csv") else {
        throw ValidationError("--truth takes a name that ends in .csv.")
      }
      guard truth != output else { throw ValidationError("--truth and --output are one file.") }
    }
    _ = try simulation()
  }

  func run() throws {
    theriac_end_when_stopped()
    try endingWithItsStatus {
      let simulation = try simulation()
      let progress = CurveProgress(total: curves, isQuiet: quiet)
      let start = ContinuousClock.now
      try simulation.write(curves, to: output, truth: truth, jobs: jobs) { progress.show($0) }
      progress.clear()
      if !quiet { tell(simulation, ContinuousClock.now - start) }
    }
  }

  private func simulation() throws -> Simulation {
    let model = try CurveOptions.model(model)
    let doses = try CurveOptions.doses(doses)
    guard model.takesNegativeDoses || doses.allSatisfy({ $0 >= 0 }) else {
      throw ValidationError("--doses: \(model.rawValue) has no negative doses.")
    }
    let given =
      try parameters.map { try CurveOptions.list($0, "--parameters") }?
      .map { try CurveOptions.range($0, of: model) } ?? []
    guard Set(given.map(\.0)).count == given.count else {
      throw ValidationError("--parameters has one parameter twice.")
    }
    let curve = ResponseCurve(model)
    let ranges = try curve.parameters.map { parameter -> ParameterRange in
      if let range = given.first(where: { $0.0 == parameter })?.1 {
        return ParameterRange(range, of: parameter, model)
      }
      guard let usual = ParameterRange.usual(for: parameter, of: model, doses: doses) else {
        throw ValidationError(
          "--parameters: say where \(parameter.rawValue) lies, as in \(parameter.rawValue)=1:2; "
            + "there is no usual range.")
      }
      return usual
    }
    return Simulation(
      curve, ranges: ranges, doses: doses, replicates: replicates, noise: noise,
      isNoiseRelative: noiseRelative, missingShare: missing, seed: seed)
  }

  private func tell(_ simulation: Simulation, _ time: Duration) {
    let seconds = time / .seconds(1)
    print(
      "\(counted(curves, "simulated curve")) with \(counted(simulation.pointCount, "point")) in "
        + "\(String(format: "%.2f", seconds)) s: \(rate(curves, seconds)) with \(counted(jobs, "job"))"
    )
    for (parameter, range) in zip(simulation.curve.parameters, simulation.ranges) {
      let ends = (range.range.lowerBound.shortestDecimal, range.range.upperBound.shortestDecimal)
      print(
        ends.0 == ends.1
          ? "  \(parameter.rawValue) \(ends.0)"
          : "  \(parameter.rawValue) from \(ends.0) to \(ends.1), uniform"
            + (range.isOfLogarithm ? " on the logarithm" : ""))
    }
    print("Simulated, not measured: \(output)" + (truth.map { ", with the truth in \($0)" } ?? ""))
    let list = simulation.doses.map { dose in
      dose.shortestDecimal + (replicates > 1 ? "x\(replicates)" : "")
    }
    let option = output.hasSuffix(".npy") ? " --doses \(list.joined(separator: ","))" : ""
    print(
      "Next: theriac fit \(output)\(option) --model \(simulation.curve.model.rawValue) "
        + "--interval wald-log --output fits.csv")
  }
}
