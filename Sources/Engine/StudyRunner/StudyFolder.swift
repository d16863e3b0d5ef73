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

  /// Makes the partial folder of study `id` below `directory`, which is made where it is missing.
  public init(of id: String, in directory: String) throws(OutputError) {
    path = directory + "/" + id
    partial = directory + "/." + id + ".partial"
    superseded = directory + "/." + id + ".superseded"
    if !FileManager.default.fileExists(atPath: path),
      FileManager.default.fileExists(atPath: superseded)
    {
      try Self.rename(superseded, path)
    }
    try Self.makeFolder(directory)
    try checkWhatStandsThere()
    try Self.remove(partial)
    try Self.makeFolder(partial + "/" + Self.analyses)
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

  /// Writes the result of an analysis that has just ended.
  public func writePart(_ result: AnalysisResult) throws(OutputError) {
    let path = "\(partial)/\(Self.analyses)/\(result.id).json"
    _ = try writeFile(path + ".new") { output in
      result.writeJSON(to: &output)
      output.write("\n")
    }
    try Self.rename(path + ".new", path)
  }

  /// Writes a file of the finished folder.
  public func write(
    _ name: String, _ body: (inout FileOutput) -> Void
  ) throws(OutputError) -> Manifest.File {
    if let slash = name.lastIndex(of: "/") {
      try Self.makeFolder(partial + "/" + name[..<slash])
    }
    return Manifest.File(path: name, sha256: try writeFile(partial + "/" + name, body))
  }

  /// Writes `bytes` as they are.
  public func write(_ name: String, bytes: [UInt8]) throws(OutputError) -> Manifest.File {
    try write(name) { $0.write(bytes) }
  }

  /// Moves the finished folder into place, in the stead of an older one.
  public func complete() throws(OutputError) {
    try Self.remove(partial + "/" + Self.analyses)
    guard FileManager.default.fileExists(atPath: path) else {
      return try Self.rename(partial, path)
    }
    // Both names change hands in one step, so that there is always a whole folder.
    if theriac_exchange(partial, path) == 0 { return try Self.remove(partial) }
    // Not every file system can do that; there, the old folder steps aside for a moment.
    try Self.rename(path, superseded)
    try Self.rename(partial, path)
    try Self.remove(superseded)
  }

  /// Removes what was written so far, where a run ends without results.
  public func discard() {
    try? FileManager.default.removeItem(atPath: partial)
  }

  /// Makes the folder at `path`, with those above it that are missing.
  private static func makeFolder(_ path: String) throws(OutputError) {
    guard mkdir(path, 0o755) != 0 else { return }
    if errno == EEXIST { return try checkFolder(path) }
    guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
      throw OutputError(path, errno: errno)
    }
    try makeFolder(String(path[..<slash]))
    guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw OutputError(path, errno: errno) }
  }

  private static func checkFolder(_ path: String) throws(OutputError) {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue
    else { throw OutputError(path, errno: ENOTDIR) }
  }

  private static func remove(_ path: String) throws(OutputError) {
    guard FileManager.default.fileExists(atPath: path) else { return }
    do {
      try FileManager.default.removeItem(atPath: path)
    } catch {
      throw OutputError(path, error)
    }
  }

  private static func rename(_ old: String, _ new: String) throws(OutputError) {
    guard Foundation.rename(old, new) == 0 else { throw OutputError(new, errno: errno) }
  }
}
