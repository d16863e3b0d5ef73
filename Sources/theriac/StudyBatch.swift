import Results
import StudyRunner

/// The studies of a run, computed and written one after another or side by side.
struct StudyBatch {
  let files: [StudyFile]
  let command: StudyCommand
  let jobs: Int

  private(set) var totals = BatchTotals()
  private(set) var takenOver = 0
  /// How many studies could not be read any more.
  private(set) var unreadable = 0
  /// Why no further study was begun, where the output cannot be written.
  private(set) var failure: (any Error)?
  /// Whether `--fail-fast` ended it.
  private(set) var isStopped = false

  init(_ files: [StudyFile], _ command: StudyCommand, jobs: Int) {
    self.files = files
    self.command = command
    self.jobs = jobs
  }

  /// Whether every study has its folder.
  var isWhole: Bool { totals.studies == files.count }

  /// Computes all studies, and prints of each what there is to print, in their order.
  ///
  /// An analysis that fails, or a study that cannot be read any more, keeps the others from nothing
  /// unless `--fail-fast` asks for that. Where the output cannot be written, no study could be.
  mutating func run() async {
    // A study that takes long holds up what is printed of so many others.
    let ahead = 64 * min(jobs, 1024)
    let (files, command) = (files, command)
    await command.workforce.computeInOrder(files.count, ahead: ahead) { place in
      await command.outcome(of: files[place])
    } receive: { _, outcome in
      command.display.clear()
      switch outcome {
      case .failure(let error as InputError):
        printError("\(error)")
        unreadable += 1
        isStopped = command.failFast
      case .failure(let error):
        failure = error
        return false
      case .success(let study):
        show(study)
        totals.add(study.status)
        takenOver += study.isTakenOver ? 1 : 0
        isStopped = command.failFast && study.status.hasFailed
      }
      return !isStopped
    }
    if case .json = command.summary { print(totals.studies > 0 ? "\n]" : "[]") }
  }

  private func show(_ study: FinishedStudy) {
    guard case .json = command.summary else { return print(study.summary, terminator: "") }
    print(totals.studies == 0 ? "[" : ",", study.summary, separator: "", terminator: "")
  }
}
