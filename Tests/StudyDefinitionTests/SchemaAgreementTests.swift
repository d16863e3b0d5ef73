import Foundation
import JSON
import StudyDefinition
import TestSupport
import Testing

/// How often the schema and the reader agree about mutants of all studies.
@Suite struct SchemaAgreementTests {
  static let seed: UInt64 = 20_260_104
  static let count =
    ProcessInfo.processInfo.environment["THERIAC_SCHEMA_MUTANTS"].flatMap { Int($0) } ?? 2_000

  @Test func theSchemaRefusesNothingThatTheReaderAccepts() throws {
    let checker = try SchemaChecker(Study.schema)
    let mutator = try StudyMutator(
      StudySource.all(), words: Study.catalogue.map(\.method), seed: Self.seed)
    var (count, agreements, beyond) = (0, 0, 0)
    for number in 0..<Self.count {
      let mutant = mutator.structuralMutant(number)
      guard (try? JSONDocument(mutant.bytes)) != nil else { continue }
      let faults = StudyReading(
        mutant.bytes,
        files: { path throws(UnreadableFile) in
          guard let file = mutant.files[path] else { throw UnreadableFile(reason: "no such file") }
          return file
        }
      ).faults
      let isAccepted = try checker.accepts(String(decoding: mutant.bytes, as: UTF8.self))
      count += 1
      switch (isAccepted, faults.isEmpty) {
      case (true, true), (false, false): agreements += 1
      case (false, true): Issue.record("mutant \(number) of \(mutant.source.url.path)")
      case (true, false):
        beyond += 1
        // What a schema can express: keys, types and spellings that are the same everywhere.
        let expressible = faults.filter { $0.found.contains("unknown key") }
        #expect(expressible == [], "mutant \(number) of \(mutant.source.url.path)")
      }
    }
    let percent = (1000 * Double(agreements) / Double(count)).rounded() / 10
    print(
      "schema and reader agree on \(agreements) of \(count) mutants of seed \(Self.seed) "
        + "(\(percent) %); the reader alone refuses \(beyond)")
  }
}
