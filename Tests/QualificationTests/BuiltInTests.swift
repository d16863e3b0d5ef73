import Qualification
import Results
import StudyRunner

/// The tests of the whole suite, computed once for all that look at them.
enum BuiltInTests {
  static let program = Program(version: "0", build: "test")

  static var all: [QualificationTest] {
    get async throws { try await computed.value }
  }

  private static let computed = Task {
    try await ReferenceSuite.builtIn.tests(by: Workforce(2), program: program)
  }
}
