import ArgumentParser
import Glibc
import StudyRunner

/// Does `work` on folders of results; what goes wrong is printed and ends with its status.
func endingWithItsStatus(_ work: () async throws -> Void) async throws {
  do {
    try await work()
  } catch let error as InputError {
    printError("\(error)")
    throw ExitStatus.unreadableInput
  } catch let error as OutputError {
    printError(
      "\(error).\nNo study was left half written. Make room there or mend it and run again with "
        + "--resume, which takes over what is finished; or choose another folder with --output.")
    throw ExitStatus.unwritableOutput
  } catch let error as FolderInUse {
    printError(
      "\(error)\nNothing was written. Wait until it has ended, or choose another folder with --output."
    )
    throw ExitStatus.unwritableOutput
  } catch let error as ShardMerge.Fault {
    printError("\(error)\nNothing was merged.")
    throw ExitStatus.invalidData
  }
}

/// Has Ctrl-C and its like say how the run goes on; a signal that is ignored stays so.
func tellHowToGoOnWhenStopped() {
  for number in [SIGINT, SIGTERM, SIGHUP] {
    let former = signal(number) { number in
      // Only what may be called in a signal handler.
      let message: StaticString = """

        theriac: stopped. No study was left half written; the same command with --resume goes on.

        """
      write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
      _exit(128 + number)
    }
    if unsafeBitCast(former, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) {
      signal(number, SIG_IGN)
    }
  }
}
