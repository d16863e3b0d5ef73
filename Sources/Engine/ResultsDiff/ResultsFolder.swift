import Foundation
import JSON
import Tables

/// The folder of one study's results, as a run left it.
public struct ResultsFolder: Sendable {
  /// Below the folder that was named; empty for that folder itself.
  public let name: String
  private let path: String

  private static let table = "ard.csv"

  /// Every folder of results at or below `root`, by its name; folders of unfinished runs are left out.
  ///
  /// - Throws: ``UnreadableResults`` where there is none.
  public static func all(in root: String) throws(UnreadableResults) -> [String: ResultsFolder] {
    let files = FileManager.default
    if files.fileExists(atPath: root + "/" + table) {
      return ["": ResultsFolder(name: "", path: root)]
    }
    var isFolder: ObjCBool = false
    guard files.fileExists(atPath: root, isDirectory: &isFolder), isFolder.boolValue,
      let names = files.enumerator(atPath: root)
    else { throw UnreadableResults(path: root, reason: "no such folder") }
    var folders: [String: ResultsFolder] = [:]
    for case let name as String in names {
      let parts = name.split(separator: "/")
      guard parts.count > 1, parts.last == table[...], !parts.contains(where: { $0.hasPrefix(".") })
      else { continue }
      let folder = parts.dropLast().joined(separator: "/")
      folders[folder] = ResultsFolder(name: folder, path: root + "/" + folder)
    }
    guard !folders.isEmpty else {
      throw UnreadableResults(path: root, reason: "neither it nor a folder in it holds \(table)")
    }
    return folders
  }

  /// The rows of `ard.csv`.
  ///
  /// - Throws: ``UnreadableResults``, or ``InvalidResults`` where it is another kind of table.
  func rows() throws -> [ResultsRow] {
    let path = path + "/" + Self.table
    guard let data = FileManager.default.contents(atPath: path) else {
      throw UnreadableResults(path: path, reason: "it cannot be opened")
    }
    do throws(TableErrors) {
      let table = try CSVTable([UInt8](data))
      var columns: [String: [String?]] = [:]
      for name in ResultsRow.keyColumns + ResultsRow.contentColumns {
        columns[name] = try table.strings(name)
      }
      var occurrences: [[String]: Int] = [:]
      return (0..<table.rowCount).map { row in
        let field = { (name: String) in columns[name]?[row] ?? "" }
        let fields = ResultsRow.keyColumns.map(field)
        let occurrence = occurrences[fields, default: 0]
        occurrences[fields] = occurrence + 1
        return ResultsRow(
          key: ResultsRow.Key(fields: fields, occurrence: occurrence),
          contents: ResultsRow.contentColumns.map(field))
      }
    } catch {
      throw InvalidResults(path: path, reason: "\(error)")
    }
  }

  /// What the manifest says of the program and the inputs; `nil` where it cannot be read.
  func origin() -> ResultsOrigin? {
    guard let data = FileManager.default.contents(atPath: path + "/manifest.json"),
      let document = try? JSONDocument([UInt8](data))
    else { return nil }
    return ResultsOrigin(document.root)
  }
}

/// Where results come from, as their manifest says.
struct ResultsOrigin: Hashable, Sendable {
  let version: String
  let build: String
  /// The SHA-256 of the study definition and of its data.
  let inputs: [String]

  init?(_ manifest: JSONNode) {
    guard let program = manifest.member("program"), let version = program.member("version")?.text,
      let build = program.member("build")?.text
    else { return nil }
    self.version = version
    self.build = build
    guard case .array(let files)? = manifest.member("inputs")?.value else { return nil }
    inputs = files.compactMap { $0.member("sha256")?.text }
  }
}

extension JSONNode {
  fileprivate func member(_ key: String) -> JSONNode? {
    guard case .object(let members) = value else { return nil }
    return members.first { $0.key == key }?.value
  }

  fileprivate var text: String? {
    if case .string(let text) = value { text } else { nil }
  }
}

/// Results that cannot be read.
public struct UnreadableResults: Error, CustomStringConvertible {
  public let path: String
  public let reason: String

  public var description: String { "\(path): no results can be read: \(reason)" }
}

/// A file that should hold results, and holds something else.
public struct InvalidResults: Error, CustomStringConvertible {
  public let path: String
  public let reason: String

  public var description: String { "\(path): not the results of a study: \(reason)" }
}
