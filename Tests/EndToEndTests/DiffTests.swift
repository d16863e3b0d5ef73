import Foundation
import JSON
import TestSupport
import Testing

@Suite struct DiffTests {
  private static let study = """
    {"theriac": 1, "id": "small", "title": "Small", "analyses": [
      {"id": "risk", "kind": "incidence", "measure": "risk", "methods": ["wilson", "blaker"],
       "counts": [{"label": "A", "events": 3, "subjects": 20}]}]}
    """

  /// Two runs of the study, of which the second may be changed.
  private func withTwoRuns(_ body: (URL) throws -> Void) throws {
    try withTemporaryFolder { folder in
      let file = try folder.write(Self.study, to: "small.json")
      for output in ["a", "b"] {
        let run = try theriac("run", file, "--output", output, in: folder)
        #expect(run.status == 0)
      }
      try body(folder)
    }
  }

  @Test func twoRunsAreTheSame() throws {
    try withTwoRuns { folder in
      let diff = try theriac("diff", "a", "b", in: folder)

      #expect(diff.status == 0)
      #expect(diff.output.contains("0 changed, 0 added, 0 removed"))
      #expect(diff.output.contains("A: a: 1 study, "))
      #expect(diff.output.contains("Theriac 0."))
      #expect(diff.errors.isEmpty)
      #expect(try theriac("diff", "a/small", "b/small", in: folder).status == 0)
    }
  }

  @Test func aChangedNumberIsToldInEveryForm() throws {
    try withTwoRuns { folder in
      let table = folder.appending(path: "b/small/ard.csv")
      let text = try folder.text(of: "b/small/ard.csv")
      let row = try #require(text.split(separator: "\n").first { $0.contains(",estimate,") })
      try Data(text.replacing(row, with: row.replacing(",0.15,", with: ",0.16,")).utf8)
        .write(to: table)

      let diff = try theriac("diff", "a", "b", "--csv", "d.csv", in: folder)
      #expect(diff.status == 1)
      #expect(diff.output.contains("stat: 0.15 → 0.16"))
      #expect(try folder.text(of: "d.csv").contains("changed,small,risk,incidence,,,arm,A,"))
      let json = try theriac("diff", "a", "b", "--json", in: folder)
      #expect(json.status == 1)
      _ = try JSONDocument(Array(json.output.utf8))
      #expect(try theriac("diff", "a", "b", "--relative", "0.1", in: folder).status == 0)
      #expect(
        try theriac("diff", "a", "b", "--tolerance", "stat_name=estimate:0.1", in: folder).status
          == 0)
    }
  }

  @Test func whatIsWrongEndsWithItsStatus() throws {
    try withTwoRuns { folder in
      #expect(try theriac("diff", "a", in: folder).status == 64)
      #expect(try theriac("diff", "a", "b", "--relative", "-1", in: folder).status == 64)
      #expect(try theriac("diff", "a", "b", "--tolerance", "x:1", in: folder).status == 64)
      #expect(try theriac("diff", "a", "c", in: folder).status == 66)
      #expect(try theriac("diff", "a", "b", "--csv", "no/d.csv", in: folder).status == 73)
      try Data("x\n1\n".utf8).write(to: folder.appending(path: "b/small/ard.csv"))
      let diff = try theriac("diff", "a", "b", in: folder)
      #expect(diff.status == 65)
      #expect(diff.errors.contains("b/small/ard.csv: not the results of a study"))
    }
  }
}
