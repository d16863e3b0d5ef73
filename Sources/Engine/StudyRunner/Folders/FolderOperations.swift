import Foundation

/// Makes the folder at `path`, with those above it that are missing.
func makeFolder(at path: String) throws(OutputError) {
  guard mkdir(path, 0o755) != 0 else { return }
  if errno == EEXIST { return try checkFolder(at: path) }
  guard errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex else {
    throw OutputError(path, errno: errno)
  }
  try makeFolder(at: String(path[..<slash]))
  guard mkdir(path, 0o755) == 0 || errno == EEXIST else { throw OutputError(path, errno: errno) }
}

private func checkFolder(at path: String) throws(OutputError) {
  guard isFolder(path) else { throw OutputError(path, errno: ENOTDIR) }
}

/// Whether there is a folder at `path`.
func isFolder(_ path: String) -> Bool {
  var isFolder: ObjCBool = false
  return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && isFolder.boolValue
}

/// Removes what is at `path`, where there is something.
func removeFolder(at path: String) throws(OutputError) {
  guard FileManager.default.fileExists(atPath: path) else { return }
  do {
    try FileManager.default.removeItem(atPath: path)
  } catch {
    throw OutputError(path, error)
  }
}

/// Gives what is at `old` the name `new`, in one step.
func rename(_ old: String, to new: String) throws(OutputError) {
  guard Foundation.rename(old, new) == 0 else { throw OutputError(new, errno: errno) }
}
