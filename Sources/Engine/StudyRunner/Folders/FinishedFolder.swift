import Foundation
public import Results

/// What the results of a study follow from, as a run that is taken up again asks for it.
public struct StudyOrigin: Sendable {
  let program: Program
  /// The SHA-256 of the study definition, then of its files of data.
  let inputs: [String]
  /// The time of creation that `ard.json` gives.
  let creation: String
  /// The options that say what else is written, and how numbers are shown.
  let renderings: [String]
  /// The ids of the analyses to be computed and their fingerprints.
  let analyses: [(id: String, fingerprint: String)]
  /// Whether an analysis that failed would have kept others from being begun.
  let failFast: Bool

  public init(
    program: Program, inputs: [Manifest.File], creation: String, renderings: [String],
    analyses: [(id: String, fingerprint: String)], failFast: Bool
  ) {
    self.program = program
    self.inputs = inputs.map(\.sha256)
    self.creation = creation
    self.renderings = renderings
    self.analyses = analyses
    self.failFast = failFast
  }
}

/// A folder of results as a run left it, which may be whole or anything else.
struct FinishedFolder {
  private let path: String

  init(_ path: String) {
    self.path = path
  }

  /// How the study ended, where every file is what the manifest says and follows from `origin`.
  ///
  /// All files are read once more, so that even after a loss of power nothing broken is taken over.
  func status(from origin: StudyOrigin) -> StudyStatus? {
    guard let manifest = try? FileInput(path + "/" + StudyFolder.manifest),
      let record = Manifest.Record(manifest.bytes), record.program == origin.program,
      record.inputs.map(\.sha256) == origin.inputs, record.creation == origin.creation,
      record.renderings == origin.renderings,
      let file = try? FileInput(path + "/" + StudyFolder.status),
      let status = StudyStatus(file.bytes), status.follows(from: origin),
      record.outputs.allSatisfy({ SHA256.hex(fileAt: path + "/" + $0.path) == $0.sha256 })
    else { return nil }
    return status
  }
}

extension StudyStatus {
  fileprivate func follows(from origin: StudyOrigin) -> Bool {
    let isAsAsked = origin.failFast ? !hasFailed : analyses.allSatisfy { $0.status != "skipped" }
    return isAsAsked && analyses.map(\.id) == origin.analyses.map(\.id)
      && analyses.map(\.fingerprint) == origin.analyses.map(\.fingerprint)
  }
}
