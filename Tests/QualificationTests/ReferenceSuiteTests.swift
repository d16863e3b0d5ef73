import Foundation
import Qualification
import Results
import StudyDefinition
import StudyRunner
import TestSupport
import Testing

@Suite struct ReferenceSuiteTests {
  private static let program = Program(version: "0", build: "test")

  private func tests(of suite: ReferenceSuite) async throws -> [QualificationTest] {
    try await suite.tests(by: Workforce(2), program: Self.program)
  }

  @Test func theSuiteIsWhatLiesInDatasets() throws {
    #expect(ReferenceSuite.builtIn.studies.count >= 17)
    for study in ReferenceSuite.builtIn.studies {
      let file = repositoryRoot.appending(path: "Datasets/\(study.path)")
      #expect(try study.bytes == [UInt8](Data(contentsOf: file)), "\(study.path)")
    }
  }

  @Test func everyStudyPassesAndEveryMethodIsTested() async throws {
    let tests = try await tests(of: .builtIn)
    let report = QualificationReport(
      program: Self.program, machine: "m", date: 0, tests: tests)

    #expect(report.isPassed)
    #expect(report.count(.passed) > 1_400)
    // Each requirement names the kind, the measure and the parts of the method.
    let parts = report.requirements.map { requirement in
      requirement.name.split(separator: " · ").flatMap { $0.split(separator: "/") }.map(String.init)
    }
    let untested = Study.catalogue.filter { entry in
      !parts.contains { $0.first == entry.kind && $0.contains(entry.method) }
    }
    #expect(Set(untested.map { "\($0.measure) \($0.method)" }).subtracting(Self.otherwise) == [])
    #expect(Set(Study.catalogue.map(\.kind)).isSubset(of: Set(parts.compactMap(\.first))))
  }

  /// Methods whose numbers the suite has no expected value for; the tests of their modules hold them
  /// to their equations and to each other.
  private static let otherwise: Set = [
    // Shorter forms of models that are tested whole.
    "models log-logistic-3u", "models log-normal-2", "models log-normal-3", "models weibull-1-2",
    "models weibull-1-3", "models weibull-2-2", "models weibull-2-3", "models gompertz-2",
    "models gompertz-3", "models exponential-decay-2", "models michaelis-menten-2",
    "models brain-cousens-4", "models cedergreen-4",
    // Choices that no row names.
    "response continuous", "response binomial", "response poisson", "robust none", "robust huber",
    "robust tukey", "robust cauchy", "robust rout", "weights none", "weights column",
    "weights power-of-mean", "information expected", "information observed",
    "information sandwich", "selection aicc", "selection f-test", "selection average",
    "preset none", "preset revman5", "preset metafor", "preset meta8",
    "diagnostics leave-one-out", "diagnostics cumulative", "diagnostics radial",
    "diagnostics baujat", "inference t",
    // Comparisons of curves and limits by simulation.
    "compare parallelism", "compare equal-ed50", "compare relative-potency", "interval wald-log",
    "interval bootstrap",
  ]

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
      !QualificationReport(program: Self.program, machine: "", date: 0, tests: tests).isPassed)
  }

  @Test func aStudyThatCannotBeReadFails() async throws {
    let suite = ReferenceSuite(studies: [
      ReferenceSuite.Study(path: "x.json", bytes: Array("{".utf8))
    ])

    #expect(try await tests(of: suite).map(\.verdict) == [.failed])
  }

  @Test func anEmptySuiteDoesNotPass() {
    #expect(!QualificationReport(program: Self.program, machine: "", date: 0, tests: []).isPassed)
  }

  @Test func theResultIsTheSameWithOtherJobs() async throws {
    var suite = ReferenceSuite.builtIn
    suite.studies.removeAll { !$0.path.hasPrefix("reference-cases") }
    let one = try await suite.tests(by: Workforce(1), program: Self.program)

    #expect(try await tests(of: suite) == one)
  }
}
