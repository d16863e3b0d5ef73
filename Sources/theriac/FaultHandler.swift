import Glibc

/// Lets a fault of the program itself, which Swift ends by a signal, end with status 70.
func endFaultsWithTheirStatus() {
  for signal in [SIGILL, SIGTRAP, SIGFPE, SIGSEGV, SIGBUS, SIGABRT] {
    Glibc.signal(signal) { _ in
      // Only what may be called in a signal handler.
      let message: StaticString = """
        theriac: a fault of the program itself, which should be reported with the study that led \
        to it. No result was replaced.

        """
      write(STDERR_FILENO, message.utf8Start, message.utf8CodeUnitCount)
      _exit(70)
    }
  }
}
