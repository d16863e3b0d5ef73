import ArgumentParser
import Foundation
import Results
import StudyDefinition
import StudyRunner

/// A study definition that was read from a file and found valid.
struct StudyFile {
  let path: String
  let plan: StudyPlan
  /// The study definition, then the files of data that it names.
  let inputs: [Manifest.File]
  /// When the last of them was modified, in seconds since 1970.
  let modified: Double

  /// Reads every study; all that is wrong with any of them is told before the program ends.
  ///
  /// - Throws: the exit status, 66 before 65, where a file cannot be read or is invalid.
  static func readAll(_ paths: [String]) throws -> [StudyFile] {
    var files: [StudyFile] = []
    var isUnreadable = false
    var faultCount = 0
    for path in paths {
      do {
        files.append(try StudyFile(path))
      } catch let invalid as InvalidStudy {
        faultCount += invalid.faults.count
        isUnreadable = isUnreadable || !invalid.unreadableFiles.isEmpty
        for fault in invalid.faults { printError("\(path):\(fault)") }
      } catch let error as InputError {
        isUnreadable = true
        printError(error.description)
      }
    }
    for (index, file) in files.enumerated() {
      let id = file.plan.study.id
      guard let other = files[..<index].first(where: { $0.plan.study.id == id }) else { continue }
      faultCount += 1
      printError(
        "\(file.path): /id: found the study id \"\(id)\", which \(other.path) has as well; "
          + "expected studies of a run to have different ids")
    }
    if faultCount > 0 {
      printError(
        "\(faultCount) \(faultCount == 1 ? "fault" : "faults"); nothing was computed or written. "
          + "`theriac schema` prints the format, `theriac methods` the methods.")
    }
    if isUnreadable { throw ExitStatus.unreadableInput }
    if faultCount > 0 { throw ExitStatus.invalidStudy }
    return files
  }

  private init(_ path: String) throws {
    let input = try FileInput(path)
    var modified = input.modified
    plan = try StudyPlan(input.bytes) { name throws(UnreadableFile) in
      do throws(InputError) {
        let file = try FileInput(place(of: name, namedBy: path))
        modified = max(modified, file.modified)
        return file.bytes
      } catch {
        throw UnreadableFile(reason: error.reason)
      }
    }
    self.path = path
    self.modified = modified
    let data = plan.study.files.map { file in
      Manifest.File(path: place(of: file.path, namedBy: path), sha256: SHA256.hex(file.bytes))
    }
    inputs = [Manifest.File(path: path, sha256: SHA256.hex(input.bytes))] + data
  }
}

/// The path of the file that the study at `study` calls `name`, relative to its own folder.
private func place(of name: String, namedBy study: String) -> String {
  guard !name.hasPrefix("/"), let slash = study.lastIndex(of: "/") else { return name }
  return study[...slash] + name
}

/// Writes a line to standard error.
func printError(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
