import JSON
import Reporting
import Results

/// What is left of a study when its folder is written.
struct FinishedStudy: Sendable {
  let status: StudyStatus
  /// What is printed of it.
  let summary: String
  /// Whether an earlier run had finished it.
  let isTakenOver: Bool

  /// `dropped` are the kinds of files of an earlier run that this one did not write.
  init(
    _ results: StudyResults, folder: String, dropped: [String], _ summary: StudyCommand.Summary
  ) {
    status = StudyStatus(results)
    isTakenOver = false
    switch summary {
    case .none: self.summary = ""
    case .text(let width):
      let removed =
        dropped.isEmpty
        ? "" : "Removed with the earlier results: \(dropped.joined(separator: ", "))\n"
      self.summary =
        textSummary(results, width: width, maximumRows: 40)
        + "\nResults: \(folder)/report.html\n\(removed)\n"
    case .json: self.summary = status.listed(folder)
    }
  }

  /// A study whose folder stands as an earlier run left it.
  init(takenOver status: StudyStatus, folder: String, _ summary: StudyCommand.Summary) {
    self.status = status
    isTakenOver = true
    self.summary =
      switch summary {
      case .none: ""
      case .text: "\(status.title)\nTaken over as it was: \(folder)/report.html\n\n"
      case .json: status.listed(folder)
      }
  }
}

extension StudyStatus {
  /// As an element of the list of all studies, which prints as a list of one does inside.
  fileprivate func listed(_ folder: String) -> String {
    let json: JSONValue = [
      "status": json, "folder": .string(folder), "complete": .bool(isComplete),
      "results": .integer(results),
    ]
    return String(JSONValue.array([json]).indented.dropFirst(1).dropLast(3))
  }
}
