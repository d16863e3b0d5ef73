import Foundation
import JSON
import Reporting
import Results
import StudyDefinition
import StudyRunner

/// Runs one study and writes its folder.
struct StudyCommand {
  let file: StudyFile
  let options: Run
  let only: Set<String>?
  /// The time that Dataset-JSON demands: the newest modification among the inputs, unless the
  /// environment says otherwise, so that the same input gives the same bytes.
  let creation: Double

  /// - Throws: ``OutputError`` where the folder cannot be written.
  func run() async throws -> StudyResults {
    let started = Date().timeIntervalSince1970
    let study = file.plan.study
    let folder = try StudyFolder(of: study.id, in: options.output)
    do {
      let display = ProgressDisplay(study: study.id, isQuiet: options.quiet || options.json)
      let outcome = try await file.plan.run(
        jobs: options.jobs, only: only, failFast: options.failFast,
        program: ProgramIdentity.current
      ) { progress in
        try folder.writePart(progress.analysis)
        display.show(progress)
      }
      display.clear()
      try write(outcome, to: folder, started: started)
      try folder.complete()
      return outcome.results
    } catch {
      folder.discard()
      throw error
    }
  }

  private func write(
    _ outcome: StudyPlan.Outcome, to folder: StudyFolder, started: Double
  ) throws(OutputError) {
    let results = outcome.results
    var outputs = [
      try folder.write("ard.csv") { results.writeCSV(to: &$0) },
      try folder.write("ard.json") {
        results.writeDatasetJSON(creation: timestamp(creation), to: &$0)
      },
      try folder.write("results.json") { results.writeNestedJSON(to: &$0) },
      try folder.write("report.html") { $0.write(htmlReport(results)) },
      try folder.write("study.json", bytes: file.plan.study.bytes),
      try folder.write("status.json") { $0.write(results.statusJSON.indented) },
    ]
    for (name, svg) in svgFigures(results) {
      outputs.append(try folder.write("figures/" + name) { $0.write(svg) })
    }
    let manifest = Manifest(
      study: results.id, program: results.program, commandLine: CommandLine.arguments,
      seed: file.plan.study.defaults.seed,
      inputs: file.inputs, outputs: outputs, started: started, ended: Date().timeIntervalSince1970,
      durations: outcome.durations)
    _ = try folder.write(StudyFolder.manifest) { $0.write(manifest.json.indented) }
  }
}
