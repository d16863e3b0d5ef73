import Foundation
import JSON
import TestSupport
import Testing

@Suite struct MethodGuideTests {
  @Test func aMethodIsExplained() throws {
    try withTemporaryFolder { folder in
      let run = try theriac("methods", "newcombe-cc", in: folder)
      #expect(run.status == 0)
      for part in [
        "comparison: risk-difference", "Formula", "When", "SAS and R", "Reference", "Signs",
      ] {
        #expect(run.output.contains(part), "\(part)")
      }
      #expect(run.output.contains("NEWCOMBE(CORRECT)") && run.output.contains("Newcombe (1998)"))
    }
  }

  @Test func aNameOfSeveralMethodsListsEach() throws {
    try withTemporaryFolder { folder in
      let output = try theriac("methods", "miettinen-nurminen", in: folder).output
      for measure in [
        "risk-difference", "risk-ratio", "odds-ratio", "rate-ratio, strata", "weights",
      ] {
        #expect(output.contains("comparison: \(measure)"), "\(measure)")
      }
    }
  }

  @Test func kindsAndMeasuresAreExplainedWithTheirMethods() throws {
    try withTemporaryFolder { folder in
      let kind = try theriac("methods", "shift", in: folder).output
      #expect(kind.contains("bowker") && kind.contains("kind of analysis"))
      let measure = try theriac("methods", "risk-ratio", in: folder).output
      #expect(measure.contains("koopman") && measure.contains("mantel-haenszel (strata)"))
      #expect(measure.contains("meta-analysis: measure"))
      #expect(try theriac("methods", "tau2", in: folder).output.contains("reml"))
    }
  }

  @Test(arguments: [
    ("wilsen", "wilson"), ("comparision", "comparison"), ("clopper-person", "clopper-pearson"),
  ])
  func aTypoIsToldWithTheNearestSpelling(typed: String, meant: String) throws {
    try withTemporaryFolder { folder in
      let run = try theriac("methods", typed, in: folder)
      #expect(run.status == 64)
      #expect(
        run.errors.contains("\"\(typed)\"") && run.errors.contains("did you mean \"\(meant)\"?"))
    }
  }

  @Test func aTypoIsToldWithoutHowCommandsAreCalled() throws {
    try withTemporaryFolder { folder in
      let run = try theriac("methods", "wilsn", in: folder)
      #expect(
        run.errors
          == "no kind, measure, method or field is called \"wilsn\"; did you mean \"wilson\"?\n")
    }
  }

  @Test(arguments: [
    ("system", "(field of event, eventSelector)", "The system organ class."),
    ("personYears", "(field of arm", "The time at risk, in years."),
    ("numerator", "(field of incidence)", "One of: subjects, events."),
    ("subjects", "(field of event.counts)", "Subjects with the event."),
  ])
  func aFieldIsExplained(name: String, place: String, text: String) throws {
    try withTemporaryFolder { folder in
      let run = try theriac("methods", name, in: folder)
      #expect(run.status == 0)
      #expect(run.output.contains(place) && run.output.contains(text), "\(run.output)")
      #expect(run.output.contains("`theriac schema` prints every field"))
      let typo = try theriac("methods", name + "x", in: folder)
      #expect(typo.errors.contains("did you mean \"\(name)\"?"))
    }
  }

  @Test func scriptsReadTheSame() throws {
    try withTemporaryFolder { folder in
      let one = try theriac("methods", "scas", "--json", in: folder).output
      let entries = try #require(JSONDocument(Array(one.utf8)).root.asArray)
      #expect(entries.count == 7)
      for entry in entries {
        for key in ["name", "place", "title", "formula", "use", "summary", "reference", "signs"] {
          #expect(entry[member: key]?.asString?.isEmpty == false, "\(key)")
        }
      }
      let all = try theriac("methods", "--json", in: folder).output
      let first = try #require(JSONDocument(Array(all.utf8)).root.asArray?.first)
      #expect(first[member: "formula"]?.asString == "p ± z√(pq/n)")
    }
  }
}
