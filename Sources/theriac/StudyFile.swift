import ArgumentParser
import Foundation
import Results
import StudyDefinition
import StudyRunner

/// A study definition that was read from a file and found valid.
struct StudyFile {
  let path: String
  let plan: StudyPlan
  let sha256: String
  /// When the file was last modified, in seconds since 1970.
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
    self.path = path
    modified = input.modified
    sha256 = SHA256.hex(input.bytes)
    plan = try StudyPlan(input.bytes)
  }
}

/// Writes a line to standard error.
func printError(_ line: String) {
  FileHandle.standardError.write(Data((line + "\n").utf8))
}
