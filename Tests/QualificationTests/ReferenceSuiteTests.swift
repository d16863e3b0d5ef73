import Foundation
import Qualification
import Results
import StudyRunner
import TestSupport
import Testing

@Suite struct ReferenceSuiteTests {
  private func tests(of suite: ReferenceSuite) async throws -> [QualificationTest] {
    try await suite.tests(by: Workforce(2), program: BuiltInTests.program)
  }

  @Test func theSuiteIsWhatLiesInDatasets() throws {
    #expect(ReferenceSuite.builtIn.studies.count >= 17)
    for study in ReferenceSuite.builtIn.studies {
      let file = repositoryRoot.appending(path: "Datasets/\(study.path)")
      #expect(try study.bytes == [UInt8](Data(contentsOf: file)), "\(study.path)")
    }
  }

  @Test func everyStudyPasses() async throws {
    let tests = try await BuiltInTests.all
    let report = QualificationReport(
      program: BuiltInTests.program, machine: "m", date: 0, tests: tests)

    #expect(report.isPassed)
    #expect(report.count(.passed) > 2_600)
  }

  @Test func aWrongExpectedValueIsCaught() async throws {
    var suite = ReferenceSuite.builtIn
    let index = try #require(
      suite.studies.firstIndex { $0.path == "qualification/computed-one-group.json" })
    let study = suite.studies[index]
    let text = String(decoding: study.bytes, as: UTF8.self)
    let digit = try #require(
      text.range(of: #""value": "0\.[0-9]*[1-8](?=")"#, options: .regularExpression))
    let last = text.index(before: digit.upperBound)
    let wrong = text.replacingCharacters(
      in: last..<digit.upperBound, with: "\((text[last].wholeNumberValue ?? 0) + 1)")
    suite.studies = [ReferenceSuite.Study(path: study.path, bytes: Array(wrong.utf8))]

    let tests = try await tests(of: suite)
    let failed = tests.filter { $0.verdict == .failed }

    #expect(failed.count == 1)
    #expect(failed.first?.observed != failed.first?.expected)
    #expect(
      !QualificationReport(program: BuiltInTests.program, machine: "", date: 0, tests: tests)
        .isPassed)
  }

  @Test func aStudyThatCannotBeReadFails() async throws {
    let suite = ReferenceSuite(studies: [
      ReferenceSuite.Study(path: "x.json", bytes: Array("{".utf8))
    ])

    #expect(try await tests(of: suite).map(\.verdict) == [.failed])
  }

  @Test func anEmptySuiteDoesNotPass() {
    #expect(
      !QualificationReport(program: BuiltInTests.program, machine: "", date: 0, tests: []).isPassed)
  }

  @Test func theResultIsTheSameWithOtherJobs() async throws {
    var suite = ReferenceSuite.builtIn
    suite.studies.removeAll { !$0.path.hasPrefix("reference-cases") }
    let one = try await suite.tests(by: Workforce(1), program: BuiltInTests.program)

    #expect(try await tests(of: suite) == one)
  }
}
