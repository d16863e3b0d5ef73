import ArgumentParser
import Foundation
import JSON
import Qualification
import Reporting
import Results
import StudyRunner

struct SelfTest: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "selftest",
    abstract: "Test this installation and write its qualification report.",
    discussion: """
      Runs the reference suite that is part of the program: every kind of analysis, with values that \
      were computed elsewhere to many digits, certified by NIST, or printed by publications and \
      other programs. OUTPUT/qualification.html, .csv and .json say of each test what is required, \
      expected and observed, the tolerance and the verdict, with version, build, machine and date: \
      what a validated environment files.

      Examples:
        theriac selftest
        theriac selftest --output qualification-of-this-machine

      Exit status: 0 all passed; 1 not; 73 the report cannot be written.
      """)

  @Option(help: "The folder that the report is written to.", completion: .directory)
  var output = "theriac-selftest"

  @Option(help: "How many analyses to compute at a time.")
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Flag(name: .shortAndLong, help: "Print errors only.")
  var quiet = false

  @Flag(help: "Print the report as JSON.")
  var json = false

  func validate() throws {
    guard jobs >= 1 else { throw ValidationError("--jobs takes a number of at least 1.") }
  }

  func run() async throws {
    let start = ContinuousClock.now
    let date = Date().timeIntervalSince1970
    let tests = try await ReferenceSuite.builtIn.tests(
      by: Workforce(jobs), program: ProgramIdentity.current)
    let report = QualificationReport(
      program: ProgramIdentity.current, machine: machineDescription, date: date, tests: tests)
    do {
      try FileManager.default.createDirectory(atPath: output, withIntermediateDirectories: true)
    } catch {
      printError("\(OutputError(output, error))")
      throw ExitStatus.unwritableOutput
    }
    try writeOutput(htmlQualification(report), to: output + "/qualification.html")
    try writeOutput(report.csv, to: output + "/qualification.csv")
    try writeOutput(report.json.indented, to: output + "/qualification.json")
    if json {
      print(report.json.indented, terminator: "")
    } else if !quiet {
      print(summary(of: report, seconds: start.duration(to: .now) / .seconds(1)))
    }
    for test in tests where test.verdict == .failed {
      printError(
        "failed: \(test.requirement): \(test.test): found \(test.observed) (\(test.unrounded)); "
          + "expected \(test.expected): \(test.reason)")
    }
    guard report.isPassed else { throw ExitStatus.unqualified }
  }

  private func summary(of report: QualificationReport, seconds: Double) -> String {
    """
    \(ProgramIdentity.description)
    \(report.machine)
    \(counted(report.requirements.count, "requirement")), \(counted(report.tests.count, "test")): \
    \(report.count(.passed)) passed, \(report.count(.documented)) documented, \
    \(report.count(.failed)) failed, in \((10 * seconds).rounded() / 10) s
    \(report.isPassed ? "qualified" : "NOT QUALIFIED")
    Report: \(output)/qualification.html
    """
  }
}

/// The processor, the system and the name of this machine.
private var machineDescription: String {
  var names = utsname()
  uname(&names)
  func text<Characters>(_ characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
  func value(of key: String, in path: String, separator: Character) -> String? {
    let lines = (try? String(contentsOfFile: path, encoding: .utf8))?.split(separator: "\n") ?? []
    return lines.first { $0.hasPrefix(key) }?.split(separator: separator, maxSplits: 1).last
      .map { $0.trimmingCharacters(in: .whitespaces.union(["\""])) }
  }
  let processor = value(of: "model name", in: "/proc/cpuinfo", separator: ":")
  let system = value(of: "PRETTY_NAME=", in: "/etc/os-release", separator: "=")
  return [
    text(names.nodename),
    "\(processor ?? text(names.machine)), \(ProcessInfo.processInfo.activeProcessorCount) processors",
    "\(system ?? "") (\(text(names.sysname)) \(text(names.release)), \(text(names.machine)))",
  ].joined(separator: "; ")
}
