import Foundation
import JSON
import StudyDefinition
import StudyRunner
import TestSupport
import Testing

/// Mutants of all studies, read, decoded and resolved in this process.
///
/// `THERIAC_MUTANTS` sets how many, `THERIAC_MUTATION_SEED` of which kind; a crash names its hundredth part,
/// and `THERIAC_MUTANT` then looks at a single one.
@Suite struct MutantReadingTests {
  static let parts = 100

  @Test(arguments: 0..<parts)
  func everyMutantIsReadOrRefusedWithAPlace(part: Int) throws {
    let session = try MutationSession.shared.get()
    let count = session.count / Self.parts
    let numbers = session.only.map { [$0] } ?? Array(part * count..<(part + 1) * count)
    var slowest = MutantReading.Slowest()
    for number in numbers {
      let reading = MutantReading(session.mutator.mutant(number))
      slowest.note(reading)
      for complaint in reading.complaints {
        Issue.record("seed \(session.seed), mutant \(number): \(complaint)")
      }
    }
    if part == Self.parts - 1 {
      print("mutants: \(session.count) of seed \(session.seed); \(slowest) in the last part")
    }
  }
}

/// The mutants of this run.
struct MutationSession: Sendable {
  let mutator: StudyMutator
  let seed: UInt64
  let count: Int
  /// The one mutant to look at.
  let only: Int?

  static let shared = Result { try MutationSession() }

  init() throws {
    let environment = ProcessInfo.processInfo.environment
    seed = environment["THERIAC_MUTATION_SEED"].flatMap { UInt64($0) } ?? 20_260_101
    count = environment["THERIAC_MUTANTS"].flatMap { Int($0) } ?? 100_000
    only = environment["THERIAC_MUTANT"].flatMap { Int($0) }
    mutator = try StudyMutator(
      StudySource.all(), words: Study.catalogue.map(\.method), seed: seed)
  }
}
