import ArgumentParser
import Results
import StudyDefinition
import StudyRunner

extension StudyFile {
  /// The paths of the studies that a command line names; what JSON of folders is none is told.
  ///
  /// - Throws: the exit status 66 where a folder or pattern has none.
  static func paths(named names: [String]) throws -> [String] {
    do throws(InputError) {
      var others: [String] = []
      let paths = try StudyPaths.found(by: names) { others.append($0) }
      if !others.isEmpty {
        let more = others.count > 5 ? " and \(others.count - 5) more" : ""
        printError(
          "Left out, for want of the key \"theriac\": "
            + others.prefix(5).joined(separator: ", ") + more + ".")
      }
      return paths
    } catch {
      printError("\(error)")
      throw ExitStatus.unreadableInput
    }
  }

  /// Reads every study; all that is wrong with any of them is told before the program ends.
  ///
  /// The first `keeping` are kept as they were read; of the others no more is held at a time than
  /// the workforce reads. `progress` is told how many have been read.
  ///
  /// - Throws: the exit status, 66 before 65, where a file cannot be read or is invalid.
  static func readAll(
    _ paths: [String], by workforce: Workforce, keeping: Int, progress: (Int) -> Void = { _ in }
  ) async throws -> [StudyFile] {
    var files = [StudyFile?](repeating: nil, count: paths.count)
    var failures: [Int: any Error] = [:]
    var count = 0
    await workforce.compute(paths.count) { place in
      Result { try StudyFile(paths[place], isKept: place < keeping) }
    } receive: { place, read in
      switch read {
      case .success(let file): files[place] = file
      case .failure(let failure): failures[place] = failure
      }
      count += 1
      progress(count)
    }
    let valid = files.compactMap { $0 }
    try endIfFaulty(paths, failures, valid)
    return valid
  }

  private static func endIfFaulty(
    _ paths: [String], _ failures: [Int: any Error], _ valid: [StudyFile]
  ) throws {
    var isUnreadable = false
    var faultCount = 0
    for (place, failure) in failures.sorted(by: { $0.key < $1.key }) {
      guard let invalid = failure as? InvalidStudy else {
        isUnreadable = true
        printError("\(failure)")
        continue
      }
      faultCount += invalid.faults.count
      isUnreadable = isUnreadable || !invalid.unreadableFiles.isEmpty
      for fault in invalid.faults { printError("\(paths[place]):\(fault)") }
    }
    var pathsByID: [String: String] = [:]
    for file in valid {
      if SummaryFiles.reservedNames.contains(file.id) {
        faultCount += 1
        printError(
          "\(file.path): /id: found the study id \"\(file.id)\", which a file beside the results has; "
            + "expected another")
      }
      guard let other = pathsByID[file.id] else {
        pathsByID[file.id] = file.path
        continue
      }
      faultCount += 1
      printError(
        "\(file.path): /id: found the study id \"\(file.id)\", which \(other) has as well; "
          + "expected studies of a run to have different ids")
    }
    if faultCount > 0 {
      printError(
        "\(counted(faultCount, "fault")); nothing was computed or written. "
          + "`theriac schema` prints the format, `theriac methods` the methods.")
    }
    if isUnreadable { throw ExitStatus.unreadableInput }
    if faultCount > 0 { throw ExitStatus.invalidStudy }
  }
}
