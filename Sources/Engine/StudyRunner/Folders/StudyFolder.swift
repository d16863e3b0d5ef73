import CFiles
import Foundation
public import Results

/// The folder of a study's results, written aside and moved into place when it is complete.
///
/// While a run lasts, `DIR/.<id>.partial/` holds one file for each analysis that has ended. A kill
/// leaves the old folder, the new one or the partial one, never a half file under the final name.
public struct StudyFolder: Sendable {
  /// Where the results stand when the run is over.
  public let path: String
  private let partial: String
  /// Where an older folder waits while it is replaced.
  private let superseded: String
  private static let analyses = "analyses"

  /// The file by which a folder of results is known.
  public static let manifest = "manifest.json"

  static let status = "status.json"

  /// Makes the partial folder of study `id` below `directory`, which is made where it is missing.
  ///
  /// With `keepingParts` the analyses stay that a run finished which was stopped.
  public init(
    of id: String, in directory: String, keepingParts: Bool = false
  ) throws(OutputError) {
    self.init(id, directory)
    try mendReplacement()
    try makeFolder(at: directory)
    try checkWhatStandsThere()
    if !keepingParts { try removeFolder(at: partial) }
    try makeFolder(at: partial + "/" + Self.analyses)
  }

  private init(_ id: String, _ directory: String) {
    path = directory + "/" + id
    partial = directory + "/." + id + ".partial"
    superseded = directory + "/." + id + ".superseded"
  }

  /// Ends a replacement that was stopped half-way.
  private func mendReplacement() throws(OutputError) {
    guard FileManager.default.fileExists(atPath: superseded) else { return }
    guard FileManager.default.fileExists(atPath: path) else {
      return try rename(superseded, to: path)
    }
    try removeFolder(at: superseded)
  }

  /// How study `id` ended, where its folder below `directory` is whole and was made from `origin`.
  ///
  /// A folder that was about to be moved into place is moved there; so nothing that was finished is
  /// computed again.
  public static func finished(
    _ id: String, in directory: String, from origin: StudyOrigin
  ) throws(OutputError) -> StudyStatus? {
    let folder = StudyFolder(id, directory)
    try folder.mendReplacement()
    if let status = FinishedFolder(folder.path).status(from: origin) {
      try removeFolder(at: folder.partial)
      return status
    }
    guard let status = FinishedFolder(folder.partial).status(from: origin) else { return nil }
    try folder.checkWhatStandsThere()
    try folder.complete()
    return status
  }

  /// A folder that holds anything but results is somebody's work, not to be replaced.
  private func checkWhatStandsThere() throws(OutputError) {
    guard FileManager.default.fileExists(atPath: path),
      !FileManager.default.fileExists(atPath: path + "/" + Self.manifest)
    else { return }
    let content = try? FileManager.default.contentsOfDirectory(atPath: path)
    guard content?.isEmpty ?? false else {
      throw OutputError(
        path, reason: "it holds something else than results (there is no \(Self.manifest))")
    }
  }

  /// The files of the earlier results that stand where these will, as their manifest lists them.
  public var formerFiles: [String] {
    (try? FileInput(path + "/" + Self.manifest)).flatMap { Manifest.Record($0.bytes) }?
      .outputs.map(\.path) ?? []
  }

  /// Keeps an analysis that has just ended, for a run that takes this one up again.
  public func keep(_ analysis: KeptAnalysis) throws(OutputError) {
    let path = part(analysis.result.id)
    _ = try writeFile(path + ".new") { analysis.write(to: &$0) }
    try rename(path + ".new", to: path)
  }

  /// The analysis `id` as it was kept, where that was whole, from this program and `fingerprint`.
  public func kept(_ id: String, fingerprint: String, program: Program) -> KeptAnalysis? {
    guard let file = try? FileInput(part(id)), let kept = KeptAnalysis(file.bytes),
      kept.program == program, kept.result.id == id, kept.result.fingerprint == fingerprint
    else { return nil }
    return kept
  }

  private func part(_ id: String) -> String { "\(partial)/\(Self.analyses)/\(id).json" }

  /// Removes everything but the analyses that were kept, for the files to be written anew.
  public func clearFiles() throws(OutputError) {
    for name in (try? FileManager.default.contentsOfDirectory(atPath: partial)) ?? []
    where name != Self.analyses {
      try removeFolder(at: partial + "/" + name)
    }
  }

  /// Where the file `name` lies as long as the folder is not complete.
  public func place(of name: String) -> String { "\(partial)/\(name)" }

  /// Writes a file of the finished folder.
  public func write(
    _ name: String, _ body: (inout FileOutput) -> Void
  ) throws(OutputError) -> Manifest.File {
    if let slash = name.lastIndex(of: "/") {
      try makeFolder(at: partial + "/" + name[..<slash])
    }
    return Manifest.File(path: name, sha256: try writeFile(partial + "/" + name, body))
  }

  /// Writes `bytes` as they are.
  public func write(_ name: String, bytes: [UInt8]) throws(OutputError) -> Manifest.File {
    try write(name) { $0.write(bytes) }
  }

  /// Moves the finished folder into place, in the stead of an older one.
  public func complete() throws(OutputError) {
    try removeFolder(at: partial + "/" + Self.analyses)
    guard FileManager.default.fileExists(atPath: path) else {
      return try rename(partial, to: path)
    }
    // Both names change hands in one step, so that there is always a whole folder.
    if theriac_exchange(partial, path) == 0 { return try removeFolder(at: partial) }
    // Not every file system can do that; there, the old folder steps aside for a moment.
    try rename(path, to: superseded)
    try rename(partial, to: path)
    try removeFolder(at: superseded)
  }

  /// Removes what was written so far, where a run ends without results.
  public func discard() {
    try? FileManager.default.removeItem(atPath: partial)
  }
}
