public import Foundation
import JSON
public import Testing

/// A study definition of `Datasets`, with the files that lie beside it.
public struct StudySource: Sendable, CustomTestStringConvertible {
  public let url: URL
  public let bytes: [UInt8]
  /// The files of data in its folder, by their names.
  public let files: [String: [UInt8]]

  public init(_ url: URL) throws {
    self.url = url
    bytes = [UInt8](try Data(contentsOf: url))
    let folder = url.deletingLastPathComponent()
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let tables = names.filter { $0.hasSuffix(".csv") }
    files = Dictionary(
      uniqueKeysWithValues: try tables.map {
        ($0, [UInt8](try Data(contentsOf: folder.appending(path: $0))))
      })
  }

  /// A study that does not lie in a file.
  public init(_ name: String, text: String) {
    url = URL(filePath: name)
    bytes = Array(text.utf8)
    files = [:]
  }

  public var testDescription: String { url.lastPathComponent }

  /// Every study of `Datasets`, in the order of their paths.
  public static func all() throws -> [StudySource] {
    let folder = repositoryRoot.appending(path: "Datasets")
    let found = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    let files = (found?.compactMap { $0 as? URL } ?? []).filter { $0.pathExtension == "json" }
    return try files.sorted { $0.path < $1.path }.map { try StudySource($0) }.filter(\.isStudy)
  }

  private var isStudy: Bool {
    guard let document = try? JSONDocument(bytes), case .object(let members) = document.root.value
    else { return false }
    return members.contains { $0.key == "theriac" }
  }
}
