import Foundation
import JSON
import Reporting
import Results
import StudyDefinition
import StudyRunner

/// Runs studies and writes their folders; the same for all studies of a run.
struct StudyCommand: Sendable {
  enum Summary: Sendable {
    case none
    /// For a terminal of so many characters.
    case text(width: Int)
    case json
  }

  let output: String
  let only: Set<String>?
  let failFast: Bool
  /// Whether what an earlier run finished is taken over.
  let resume: Bool
  let summary: Summary
  let renderings: Renderings
  /// Draws the figures as pictures, where these were asked for.
  let pictures: PictureProgram?
  /// What the environment says that Dataset-JSON's time of creation is.
  let sourceDateEpoch: Double?
  /// The command line, without the other studies where there are several.
  let commandLine: @Sendable (_ path: String) -> [String]
  let workforce: Workforce
  let display: ProgressDisplay

  /// Computes the study in `file` and writes its folder.
  ///
  /// - Throws: ``InputError`` where the file changed, ``OutputError`` where the folder cannot be
  ///   written; the analyses that have ended then stay for the run to be taken up again.
  func run(_ file: StudyFile) async throws -> FinishedStudy {
    let started = Date().timeIntervalSince1970
    let read = try file.read()
    if resume, let status = try StudyFolder.finished(file.id, in: output, from: origin(of: read)) {
      return FinishedStudy(takenOver: status, folder: "\(output)/\(file.id)", summary)
    }
    let folder = try StudyFolder(of: file.id, in: output, keepingParts: resume)
    if resume { try folder.clearFiles() }
    let program = ProgramIdentity.current
    let outcome = try await read.plan.run(
      by: workforce, only: only, failFast: failFast, program: program,
      kept: { resume ? folder.kept($0, fingerprint: $1, program: program) : nil },
      keep: { try folder.keep($0) }, progress: { display.show($0, of: file.id) })
    let results = renderings.shown(outcome.results)
    try await write(
      results, durations: outcome.durations, of: read, path: file.path, to: folder,
      started: started)
    let dropped = isSummaryText ? renderings.dropped(of: folder.formerFiles) : []
    try folder.complete()
    return FinishedStudy(results, folder: "\(output)/\(file.id)", dropped: dropped, summary)
  }

  private var isSummaryText: Bool { if case .text = summary { true } else { false } }

  /// The same, with what went wrong as an outcome.
  func outcome(of file: StudyFile) async -> Result<FinishedStudy, any Error> {
    defer { display.studyEnded() }
    do { return .success(try await run(file)) } catch { return .failure(error) }
  }

  /// The time that Dataset-JSON demands: the newest modification among the inputs, unless the
  /// environment says otherwise, so that the same input gives the same bytes.
  private func creation(of read: ReadStudy) -> String {
    timestamp(sourceDateEpoch ?? read.modified)
  }

  private func origin(of read: ReadStudy) -> StudyOrigin {
    StudyOrigin(
      program: ProgramIdentity.current, inputs: read.inputs, creation: creation(of: read),
      renderings: renderings.options,
      analyses: read.plan.fingerprints(only: only, program: ProgramIdentity.current),
      failFast: failFast)
  }

  private func write(
    _ results: StudyResults, durations: [(id: String, seconds: Double)], of read: ReadStudy,
    path: String, to folder: StudyFolder, started: Double
  ) async throws {
    let creation = creation(of: read)
    let usual: [@Sendable () throws -> [Manifest.File]] = [
      { [try folder.write("ard.csv") { results.writeCSV(to: &$0) }] },
      {
        [try folder.write("ard.json") { results.writeDatasetJSON(creation: creation, to: &$0) }]
      },
      {
        [try folder.write("results.json") { results.writeNestedJSON(to: &$0) }]
      },
      {
        [
          try folder.write("report.html") { $0.write(htmlReport(results)) },
          try folder.write("study.json", bytes: read.plan.study.bytes),
          try folder.write("status.json") { $0.write(results.statusJSON.indented) },
        ]
      },
      {
        var files: [Manifest.File] = []
        for (name, svg) in svgFigures(results) {
          files.append(try folder.write("figures/" + name) { $0.write(svg) })
          if let pictures { files.append(try draw(name, by: pictures, in: folder)) }
        }
        return files
      },
    ]
    let files = usual + tables(of: results, to: folder)
    var outputs = [[Manifest.File]](repeating: [], count: files.count)
    try await workforce.compute(files.count) {
      try files[$0]()
    } receive: { place, written in
      outputs[place] = written
    }
    let manifest = Manifest(
      study: results.id, program: results.program, commandLine: commandLine(path),
      seed: read.plan.study.defaults.seed, renderings: renderings.options, inputs: read.inputs,
      outputs: Array(outputs.joined()),
      creation: creation, started: started, ended: Date().timeIntervalSince1970,
      results: results.rowCount, durations: durations)
    _ = try folder.write(StudyFolder.manifest) { $0.write(manifest.json.indented) }
  }

  /// What writes the tables in a format of their own, where that was asked for.
  private func tables(
    of results: StudyResults, to folder: StudyFolder
  ) -> [@Sendable () throws -> [Manifest.File]] {
    switch renderings.tables {
    case nil: []
    case .rtf: [{ [try folder.write("tables.rtf") { $0.write(rtfTables(results)) }] }]
    }
  }

  /// The figure `name`, which is written already, as a picture beside it.
  private func draw(
    _ name: String, by pictures: PictureProgram, in folder: StudyFolder
  ) throws(OutputError) -> Manifest.File {
    let picture = try pictures.picture(of: folder.place(of: "figures/" + name))
    return try folder.write("figures/\(name.dropLast(".svg".count)).png", bytes: picture)
  }
}
