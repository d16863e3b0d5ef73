import Foundation
import JSON
import TestSupport
import Testing

/// A study of one arm that runs, with `published` values as JSON.
private func study(id: String = "small", percent: String = "\"10.0\"", published: String = "[]")
  -> String
{
  """
  {"theriac": 1, "id": "\(id)", "title": "Small", "trials": [{"id": "t",
   "arms": [{"id": "a", "label": "A", "subjects": 20}],
   "events": [{"term": "Pain", "percent": {"a": \(percent)}}, {"term": "Rash", "counts": {"a": 3}}]}],
   "analyses": [
    {"id": "all", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wilson"]},
    {"id": "rash", "kind": "incidence", "trial": "t", "terms": ["Rash"], "measure": "risk", "methods": ["wald"]}],
   "published": \(published)}
  """
}

@Suite struct CommandTests {
  @Test func tenMistakesGiveTenMessagesAndNoFolder() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(tenMistakes, to: "faulty.json")
      let run = try theriac("run", file, in: folder)

      #expect(run.status == 65)
      #expect(run.errorLines.filter { $0.hasPrefix(file) }.count == 10)
      #expect(run.errors.contains("\(file):4:3: /titel: found the unknown key \"titel\""))
      #expect(run.errors.contains("did you mean \"title\"?"))
      #expect(!folder.has("theriac-results"))
    }
  }

  @Test func anUnreadableInputEndsWith66() throws {
    try withTemporaryFolder { folder in
      let run = try theriac("run", "missing.json", in: folder)

      #expect(run.status == 66)
      #expect(run.errors == "missing.json: cannot be read: No such file or directory\n")
      #expect(!folder.has("theriac-results"))
    }
  }

  @Test func anUnwritableOutputEndsWith73() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(study(), to: "study.json")
      let run = try theriac("run", file, "--output", file + "/results", in: folder)

      #expect(run.status == 73)
      #expect(run.errors.contains("\(file)/results: cannot be written: Not a directory"))
    }
  }

  @Test(arguments: [
    ["run"], ["run", "a.json", "--unknown"], ["run", "a.json", "--jobs", "0"], ["walk"],
    ["validate"], ["init", "a.json", "b.json"],
  ])
  func wrongUsageEndsWith64(arguments: [String]) throws {
    try withTemporaryFolder { folder in
      let run = try theriac(arguments, in: folder)
      #expect(run.status == 64)
    }
  }

  @Test func onlyNamesNoEmptyID() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(study(), to: "study.json")
      let run = try theriac("run", file, "--only", ",", in: folder)

      #expect(run.status == 64)
      #expect(!folder.has("theriac-results"))
    }
  }

  @Test func anUnknownIDAfterOnlyIsWrongUsage() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(study(), to: "study.json")
      let run = try theriac("run", file, "--only", "rsh", in: folder)

      #expect(run.status == 64)
      #expect(run.errors.contains("there are all, rash"))
    }
  }

  @Test func aFailedAnalysisEndsWith1AndTheOthersGoOn() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(study(percent: "\"11.0\""), to: "study.json")
      let run = try theriac("run", file, in: folder)

      #expect(run.status == 1)
      let rows = try folder.text(of: "theriac-results/small/ard.csv").split(separator: "\n")
      let failed = try #require(rows.first { $0.contains(",failed,") })
      #expect(failed.contains("no number of 20 subjects prints as 11.0 %"))
      #expect(failed.contains("2/20 prints as 10.0") && failed.contains("3/20 prints as 15.0"))
      #expect(rows.contains { $0.hasPrefix("small,rash,") && $0.contains(",ok,") })
    }
  }

  @Test func aPublishedValueThatDiffersEndsWith1() throws {
    try withTemporaryFolder { folder in
      let published = """
        [{"analysis": "rash", "where": {"term": "Rash"}, "statistic": "percent", "value": "15.1"}]
        """
      let file = try folder.write(study(published: published), to: "study.json")
      let run = try theriac("run", file, in: folder)

      #expect(run.status == 1)
      #expect(run.output.contains("published 15.1, computed 15.0"))
      #expect(run.outputLines.last == "published values: 0 reproduced, 1 differ")
    }
  }

  @Test func twoStudiesOfOneIDAreAFault() throws {
    try withTemporaryFolder { folder in
      let first = try folder.write(study(), to: "first.json")
      let second = try folder.write(study(), to: "second.json")
      let run = try theriac("run", first, second, in: folder)

      #expect(run.status == 65)
      #expect(run.errors.contains("the study id \"small\", which \(first) has as well"))
    }
  }

  @Test func onlyComputesAndChecksTheAnalysesNamed() throws {
    try withTemporaryFolder { folder in
      let published = """
        [{"analysis": "all", "where": {"term": "Rash"}, "statistic": "percent", "value": "99"}]
        """
      let file = try folder.write(study(published: published), to: "study.json")
      let run = try theriac("run", file, "--only", "rash", in: folder)

      #expect(run.status == 0)
      let rows = try folder.text(of: "theriac-results/small/ard.csv").split(separator: "\n")
      #expect(rows.dropFirst().allSatisfy { $0.hasPrefix("small,rash,") })
    }
  }

  @Test func quietAndJSONServeScripts() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(study(), to: "study.json")
      #expect(try theriac("run", file, "--quiet", in: folder).output.isEmpty)
      let run = try theriac("run", file, "--json", in: folder)
      _ = try JSONDocument(Array(run.output.utf8))
      #expect(run.output.contains("\"complete\": true"))
    }
  }

  @Test func aSecondRunReplacesTheFirst() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(study(), to: "study.json")
      _ = try theriac("run", file, in: folder)
      let stray = folder.appending(path: "theriac-results/small/stray.txt")
      try Data().write(to: stray)
      let run = try theriac("run", file, in: folder)

      #expect(run.status == 0)
      #expect(!folder.has("theriac-results/small/stray.txt"))
      #expect(folder.has("theriac-results/small/ard.csv"))
    }
  }

  @Test func theStudyThatInitWritesRuns() throws {
    try withTemporaryFolder { folder in
      #expect(try theriac("init", "mine.json", in: folder).status == 0)
      let run = try theriac("run", "mine.json", in: folder)
      #expect(run.status == 0)
      #expect(run.outputLines.last == "published values: 1 reproduced, 0 differ")
      #expect(try theriac("init", "mine.json", in: folder).status == 73)
    }
  }

  @Test func everyMethodIsListedWithItsReference() throws {
    try withTemporaryFolder { folder in
      let run = try theriac("methods", in: folder)
      for method in [
        "wald", "wald-cc", "wilson", "wilson-cc", "clopper-pearson", "mid-p", "blaker", "jeffreys",
        "agresti-coull", "likelihood-ratio", "logit", "arcsine", "scas", "exact", "score",
        "wald-log", "byar", "byar-half",
      ] {
        #expect(run.output.contains("  \(method): "))
      }
      #expect(run.output.contains("Garwood") && run.output.contains("1936"))
    }
  }

  @Test func aFaultOfTheProgramEndsWith70() throws {
    try withTemporaryFolder { folder in
      let pipe = folder.appending(path: "study.json").path
      try #require(mkfifo(pipe, 0o600) == 0)
      let process = Process()
      process.executableURL = programURL
      process.arguments = ["run", pipe]
      process.standardError = FileHandle.nullDevice
      try process.run()
      // Opening a pipe for writing waits until the program reads it.
      let descriptor = open(pipe, O_WRONLY)
      defer { close(descriptor) }
      kill(process.processIdentifier, SIGSEGV)
      process.waitUntilExit()
      #expect(process.terminationReason == .exit)
      #expect(process.terminationStatus == 70)
    }
  }

  @Test func schemaAndVersionArePrinted() throws {
    try withTemporaryFolder { folder in
      let schema = try theriac("schema", in: folder)
      _ = try JSONDocument(Array(schema.output.utf8))
      #expect(schema.output.contains("https://json-schema.org/draft/2020-12/schema"))
      #expect(try theriac("version", in: folder).output.hasPrefix("Theriac 0.1.0 (build "))
    }
  }
}

/// Ten different mistakes, a line each.
private let tenMistakes = """
  {
    "theriac": 2,
    "id": "faulty study",
    "titel": "x", "title": "Faulty",
    "defaults": {"level": 95},
    "trials": [{"id": "t", "arms": [{"id": "a", "label": "A", "subjects": 20}], "events": [
      {"term": "Pain", "counts": {"a": 21}},
      {"term": "Rash", "counts": {"b": 3}},
      {"term": "Fever", "percent": {"a": 15.0}},
      {"term": "Cough", "counts": {"a": 1.0}}]}],
    "analyses": [
      {"id": "one", "kind": "incidence", "trial": "u", "measure": "risk", "methods": ["wald"]},
      {"id": "two", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wilsen"]}]
  }
  """
