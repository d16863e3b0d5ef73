import Foundation

/// All that a folder holds, hidden files included, by name; of manifests all but the times.
///
/// Two runs that did the same have equal trees.
func resultsTree(_ folder: URL) throws -> [String: String] {
  var tree: [String: String] = [:]
  let names = try FileManager.default.subpathsOfDirectory(atPath: folder.path)
  for name in names {
    let file = folder.appending(path: name)
    var isFolder: ObjCBool = false
    _ = FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder)
    guard !isFolder.boolValue else {
      tree[name] = "a folder"
      continue
    }
    let text = try String(contentsOf: file, encoding: .utf8)
    tree[name] = file.lastPathComponent == "manifest.json" ? timeless(text) : text
  }
  return tree
}

private func timeless(_ manifest: String) -> String {
  manifest.split(separator: "\n", omittingEmptySubsequences: false).filter { line in
    !["\"started\":", "\"ended\":", "\"seconds\":"].contains { line.contains($0) }
  }.joined(separator: "\n")
}

/// What two trees do not have in common, for a message.
func difference(_ one: [String: String], _ other: [String: String]) -> [String] {
  Set(one.keys).union(other.keys).filter { one[$0] != other[$0] }.sorted()
}
