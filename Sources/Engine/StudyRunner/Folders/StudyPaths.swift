import Foundation
import JSON

/// The study definitions that a command line names: files, patterns and folders.
public enum StudyPaths {
  /// The paths of the files, each once, in the order named; those of a pattern or folder sorted.
  ///
  /// A pattern that a shell did not expand is expanded here. Of a folder and those in it every
  /// `*.json` that is a study counts: an object with the key `theriac`, or what is no JSON, for its
  /// fault to be told; of other JSON `leavingOut` is told. Hidden files, results and links to folders
  /// are left out.
  ///
  /// - Throws: ``InputError`` where a pattern or folder has no study.
  public static func found(
    by names: [String], leavingOut: (String) -> Void = { _ in }
  ) throws(InputError) -> [String] {
    var seen: Set<String> = []
    var paths: [String] = []
    for name in names {
      for path in try found(by: name, leavingOut) where seen.insert(path).inserted {
        paths.append(path)
      }
    }
    return paths
  }

  private static func found(
    by name: String, _ leavingOut: (String) -> Void
  ) throws(InputError) -> [String] {
    if isFolder(name) { return try studies(in: name, leavingOut) }
    guard !FileManager.default.fileExists(atPath: name),
      name.contains(where: { "*?[".contains($0) })
    else { return [name] }
    var paths: [String] = []
    let matches = expanded(name)
    for path in matches { paths += isFolder(path) ? studyFiles(in: path, leavingOut) : [path] }
    guard !matches.isEmpty else { throw InputError(name, reason: "no file has such a name") }
    guard !paths.isEmpty else { throw InputError(name, reason: noStudy) }
    return paths
  }

  private static let noStudy =
    "there is no study in it: no *.json with the key \"theriac\", which `theriac init` writes"

  private static func studies(
    in folder: String, _ leavingOut: (String) -> Void
  ) throws(InputError) -> [String] {
    let files = studyFiles(in: folder, leavingOut)
    guard !files.isEmpty else { throw InputError(folder, reason: noStudy) }
    return files
  }

  private static func studyFiles(
    in folder: String, _ leavingOut: (String) -> Void
  ) -> [String] {
    let names = ((try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []).sorted()
    // A folder of results has a copy of its study.
    guard !names.contains(StudyFolder.manifest) || !names.contains(StudyFolder.status) else {
      return []
    }
    let prefix = folder.hasSuffix("/") ? folder : folder + "/"
    return names.filter { !$0.hasPrefix(".") }.flatMap { name -> [String] in
      let path = prefix + name
      var status = stat()
      guard lstat(path, &status) == 0 else { return [] }
      if status.st_mode & S_IFMT == S_IFDIR { return studyFiles(in: path, leavingOut) }
      guard name.hasSuffix(".json"), !isFolder(path) else { return [] }
      if isStudy(path) { return [path] }
      leavingOut(path)
      return []
    }
  }

  /// Whether the file is a study, or would be one but for faults that its author should be told.
  private static func isStudy(_ path: String) -> Bool {
    // What cannot be opened is told where it is read.
    guard let bytes = try? Data(contentsOf: URL(filePath: path), options: .alwaysMapped) else {
      return true
    }
    guard let json = try? JSONDocument(Array(bytes)).root else { return true }
    return json[member: "theriac"] != nil
  }

  private static func expanded(_ pattern: String) -> [String] {
    var found = glob_t()
    defer { globfree(&found) }
    guard glob(pattern, 0, nil, &found) == 0 else { return [] }
    return (0..<Int(found.gl_pathc)).compactMap { found.gl_pathv[$0].map { String(cString: $0) } }
      .sorted()
  }
}
