import Foundation
import TestSupport
import Testing

/// Mutants of all studies, through the program from its command line to its exit.
@Suite struct MutantRunTests {
  static let parts = 20
  static let mutantsOfPart = 25
  static let seed: UInt64 = 20_260_102
  /// Longer than this, in seconds, is a hang.
  static let bound = 120

  @Test(arguments: 0..<parts) func everyMutantEndsWithItsStatus(part: Int) throws {
    let mutator = try Self.mutator.get()
    for number in part * Self.mutantsOfPart..<(part + 1) * Self.mutantsOfPart {
      try withTemporaryFolder { folder in
        let mutant = mutator.mutant(number)
        try mutant.write(to: folder)
        let run = try theriac(
          ["run", Mutant.fileName, "--jobs", "1", "--quiet"], in: folder, seconds: Self.bound)
        let complaints = complaints(about: run, in: folder)
        #expect(complaints == [], "mutant \(number) of \(mutant.source.url.path)")
      }
    }
  }

  private static let mutator = Result { try StudyMutator(StudySource.all(), seed: seed) }

  private func complaints(about run: ProgramRun, in folder: URL) -> [String] {
    var complaints: [String] = []
    let wroteResults = folder.has("theriac-results")
    switch run.status {
    case 0, 1:
      if !wroteResults { complaints.append("no results") }
      if run.status == 0, !run.errors.isEmpty { complaints.append(run.errors) }
    case 65, 66:
      if wroteResults { complaints.append("results of an invalid study") }
      let faults = run.errorLines.dropLast()
      if faults.isEmpty { complaints.append("no fault: \(run.errors)") }
      complaints += faults.filter { !$0.contains(Self.fault) }
    case 124: complaints.append("no end within \(Self.bound) s")
    default: complaints.append("status \(run.status): \(run.errors)")
    }
    return complaints
  }

  /// A fault with its line, its column and its JSON Pointer.
  nonisolated(unsafe) private static let fault =
    /^mutant\.json:[1-9][0-9]*:[1-9][0-9]*: \/.*: found .+; expected .+/
}

extension Mutant {
  static let fileName = "mutant.json"

  /// Writes the study and its files of data into `folder`.
  func write(to folder: URL) throws {
    try Data(bytes).write(to: folder.appending(path: Self.fileName))
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
  }
}
