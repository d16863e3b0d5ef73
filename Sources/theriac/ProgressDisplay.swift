import Foundation
import Results
import StudyRunner

/// One line on standard error that tells how far a run is; nothing where that is no terminal.
struct ProgressDisplay {
  private let study: String
  private let isShown: Bool
  private let start = ContinuousClock.now

  init(study: String, isQuiet: Bool) {
    self.study = study
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
  }

  func show(_ progress: StudyPlan.Progress) {
    guard isShown else { return }
    let elapsed = start.duration(to: .now) / .seconds(1)
    let left = elapsed / Double(progress.finished) * Double(progress.total - progress.finished)
    let remaining =
      progress.finished < progress.total && elapsed > 1
      ? ", about \(Int(left.rounded(.up))) s left" : ""
    write(
      "\r\u{1B}[K\(study): \(progress.finished) of \(counted(progress.total, "analysis", "analyses"))"
        + " (\(progress.analysis.id))\(remaining)")
  }

  func clear() {
    guard isShown else { return }
    write("\r\u{1B}[K")
  }

  private func write(_ text: String) {
    FileHandle.standardError.write(Data(text.utf8))
  }
}
