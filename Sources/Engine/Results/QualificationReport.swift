public import JSON

/// What a validated environment files of an installation: every test of the reference suite with what
/// was expected and what came out.
public struct QualificationReport: Sendable {
  /// The version and build that were tested.
  public let program: Program
  /// The machine and its system, in words.
  public let machine: String
  /// When, in seconds since 1970.
  public let date: Double
  public let tests: [QualificationTest]

  public init(program: Program, machine: String, date: Double, tests: [QualificationTest]) {
    self.program = program
    self.machine = machine
    self.date = date
    self.tests = tests
  }

  /// Whether no test failed, and there was one.
  public var isPassed: Bool { !tests.isEmpty && count(.failed) == 0 }

  public func count(_ verdict: QualificationTest.Verdict) -> Int {
    tests.count { $0.verdict == verdict }
  }

  /// The requirements with their tests, in the order of their first tests.
  public var requirements: [(name: String, tests: [QualificationTest])] {
    var places: [String: Int] = [:]
    var groups: [(name: String, tests: [QualificationTest])] = []
    for test in tests {
      let place = places[test.requirement] ?? groups.count
      if place == groups.count {
        places[test.requirement] = place
        groups.append((test.requirement, []))
      }
      groups[place].tests.append(test)
    }
    return groups
  }
}

/// One expected value held against the computed one.
public struct QualificationTest: Hashable, Sendable {
  public enum Verdict: String, Sendable {
    case passed
    /// Not expected to come out, for a reason that the suite gives.
    case documented
    case failed
  }

  /// What is required: kind of analysis, measure and method.
  public let requirement: String
  /// Study, analysis and row.
  public let test: String
  public let expected: String
  /// The computed value printed like the expected one, and unrounded; empty where there is none.
  public let observed: String
  public let unrounded: String
  /// How far the unrounded value may lie from the expected one, or in what sense both must agree.
  public let tolerance: String
  public let verdict: Verdict
  /// Why it failed, or is documented.
  public let reason: String
  /// Where the expected value is from.
  public let source: String

  public init(
    requirement: String, test: String, expected: String, observed: String, unrounded: String,
    tolerance: String, verdict: Verdict, reason: String, source: String
  ) {
    self.requirement = requirement
    self.test = test
    self.expected = expected
    self.observed = observed
    self.unrounded = unrounded
    self.tolerance = tolerance
    self.verdict = verdict
    self.reason = reason
    self.source = source
  }

  fileprivate static let columns = [
    "requirement", "test", "expected", "observed", "unrounded", "tolerance", "verdict", "reason",
    "source",
  ]

  fileprivate var fields: [String] {
    [
      requirement, test, expected, observed, unrounded, tolerance, verdict.rawValue, reason, source,
    ]
  }
}

extension QualificationReport {
  /// A test a row, with program, machine and date in each: RFC 4180 with line feeds.
  public var csv: String {
    let origin = [program.version, program.build, machine, timestamp(date)]
    let header = QualificationTest.columns + ["version", "build", "machine", "date"]
    return ([header] + tests.map { $0.fields + origin }).map {
      $0.map(csvField).joined(separator: ",") + "\n"
    }.joined()
  }

  public var json: JSONValue {
    [
      "program": program.json, "machine": .string(machine), "date": .string(timestamp(date)),
      "passed": .integer(count(.passed)), "documented": .integer(count(.documented)),
      "failed": .integer(count(.failed)),
      "tests": .array(
        tests.map { test in
          .object(
            zip(QualificationTest.columns, test.fields).map {
              (key: $0, value: .string($1))
            })
        }),
    ]
  }
}
