import Reporting
import Results
import StudyRunner

/// `summary.csv` and `index.html`: a row an analysis of all studies in a folder of results.
///
/// They follow from the folder alone, whichever runs filled it, and each is replaced in one step.
enum SummaryFiles {
  static let csv = "summary.csv"
  static let index = "index.html"

  /// What lies beside the folders of studies, which therefore cannot be called so.
  static let reservedNames: Set = [csv, index, ShardRecord.fileName]

  /// Writes both into `directory`, holding one study at a time.
  static func write(in directory: String) throws(OutputError) {
    let statuses = FolderStatuses(in: directory)
    var totals = BatchTotals()
    try replaceFile("\(directory)/\(csv)") { output in
      output.write(SummaryCSV.header)
      statuses.forEach { id, status in
        guard let status else {
          totals.addUnreadable()
          return output.write(SummaryCSV.row(unreadable: id))
        }
        totals.add(status)
        output.write(SummaryCSV.rows(of: status))
      }
    }
    let page = BatchIndex(totals, version: ProgramIdentity.version)
    try replaceFile("\(directory)/\(index)") { output in
      output.write(page.head)
      statuses.forEach { id, status in
        output.write(status.map(page.rows) ?? page.row(unreadable: id))
      }
      output.write(page.tail)
    }
  }
}
