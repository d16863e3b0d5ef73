import Foundation
import TestSupport
import Testing

/// A target of the package, as its manifest declares it.
struct PackageTarget: Sendable, Decodable, CustomTestStringConvertible {
  let name: String
  let type: String
  let path: String?
  let dependencies: [Dependency]

  var testDescription: String { name }

  /// A target of this package or a product of another; both are imported by name.
  struct Dependency: Sendable, Decodable {
    let name: String

    private enum Kind: String, CodingKey, CaseIterable { case byName, product, target }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Kind.self)
      let kind = try #require(Kind.allCases.first(where: container.contains))
      var fields = try container.nestedUnkeyedContainer(forKey: kind)
      name = try fields.decode(String.self)
    }
  }

  var directory: URL {
    let folder = type == "test" ? "Tests" : "Sources"
    return repositoryRoot.appending(path: path ?? "\(folder)/\(name)")
  }

  /// Where `Sources/<layer>/<name>` puts the target; `nil` for tests and the program.
  var layer: String? {
    let parts = (path ?? "").split(separator: "/")
    return parts.count == 3 ? String(parts[1]) : nil
  }

  var declaredModules: Set<String> { Set(dependencies.map(\.name)) }

  /// The modules that the Swift files of the target import, with the files that do.
  func importingFiles() throws -> [String: [String]] {
    let statement =
      /^\s*(?:@\w+\s+)*(?:(?:public|package|internal|fileprivate|private)\s+)?import\s+(?:(?:struct|class|enum|protocol|func|let|var|typealias)\s+)?(\w+)/
      .anchorsMatchLineEndings()
    var files: [String: [String]] = [:]
    for file in try swiftFiles() {
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: statement) {
        files[String(match.1), default: []].append(file.lastPathComponent)
      }
    }
    return files
  }

  private func swiftFiles() throws -> [URL] {
    let files = try #require(
      FileManager.default.enumerator(at: directory, includingPropertiesForKeys: nil))
    return files.compactMap { $0 as? URL }.filter { $0.pathExtension == "swift" }
  }
}

/// The targets of the package, read once from the manifest by the package manager itself.
///
/// Its scratch directory is not that of the build, which is locked while tests run.
func packageTargets() throws -> [PackageTarget] { try targets.get() }

private let targets = Result {
  struct Manifest: Decodable { let targets: [PackageTarget] }
  let scratch = FileManager.default.temporaryDirectory
    .appending(path: "theriac-manifest-\(ProcessInfo.processInfo.processIdentifier)")
  defer { try? FileManager.default.removeItem(at: scratch) }
  let output = Pipe()
  let process = Process()
  process.executableURL = URL(filePath: "/usr/bin/env")
  process.arguments = [
    "swift", "package", "--package-path", repositoryRoot.path,
    "--scratch-path", scratch.path, "dump-package",
  ]
  process.standardOutput = output
  try process.run()
  let json = try output.fileHandleForReading.readToEnd() ?? Data()
  process.waitUntilExit()
  return try JSONDecoder().decode(Manifest.self, from: json).targets
}
