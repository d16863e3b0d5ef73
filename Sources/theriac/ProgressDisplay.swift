import Foundation
import Results
import StudyRunner
import Synchronization

/// One line on standard error that tells how far a run is; nothing where that is no terminal.
final class ProgressDisplay: Sendable {
  private struct State {
    var studies = 0
    var lastShown: ContinuousClock.Instant?
  }

  private let studies: Int
  private let isShown: Bool
  private let start = ContinuousClock.now
  private let state = Mutex(State())

  /// Of a run of so many studies.
  init(studies: Int, isQuiet: Bool) {
    self.studies = studies
    isShown = !isQuiet && isatty(STDERR_FILENO) == 1
  }

  /// So many studies have been read.
  func showRead(_ count: Int) {
    guard studies > 1 else { return }
    state.withLock { write("read \(grouped(count)) of \(grouped(studies)) studies", &$0) }
  }

  /// An analysis of `study` has ended.
  func show(_ progress: StudyPlan.Progress, of study: String) {
    let analyses =
      "\(study): \(progress.finished) of \(counted(progress.total, "analysis", "analyses"))"
      + " (\(progress.analysis.id))"
    state.withLock { state in
      guard studies > 1 else {
        return write(analyses + timeLeft(progress.finished, of: progress.total), &state)
      }
      write(
        "\(grouped(state.studies)) of \(grouped(studies)) studies"
          + timeLeft(state.studies, of: studies) + "; " + analyses, &state)
    }
  }

  func studyEnded() {
    state.withLock { $0.studies += 1 }
  }

  /// Clears the line, for something to be printed.
  func clear() {
    guard isShown else { return }
    state.withLock { state in
      guard state.lastShown != nil else { return }
      FileHandle.standardError.write(Data("\r\u{1B}[K".utf8))
    }
  }

  private func timeLeft(_ finished: Int, of total: Int) -> String {
    let elapsed = start.duration(to: .now) / .seconds(1)
    guard finished > 0, finished < total, elapsed > 1 else { return "" }
    let left = elapsed / Double(finished) * Double(total - finished)
    return ", about \(grouped(Int(left.rounded(.up)))) s left"
  }

  /// A terminal is slow, and nobody reads more than ten lines a second.
  private func write(_ line: String, _ state: inout State) {
    guard isShown, state.lastShown.map({ $0.duration(to: .now) > .milliseconds(100) }) ?? true
    else { return }
    state.lastShown = .now
    FileHandle.standardError.write(Data(("\r\u{1B}[K" + line).utf8))
  }
}
