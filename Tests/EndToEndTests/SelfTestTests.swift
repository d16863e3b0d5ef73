import Foundation
import JSON
import TestSupport
import Testing

@Suite struct SelfTestTests {
  /// The program tests itself wherever it is copied to, far from its sources.
  @Test func aCopyOfTheProgramQualifiesItself() throws {
    try withTemporaryFolder { folder in
      let copy = folder.appending(path: "copy")
      try FileManager.default.copyItem(at: programURL, to: copy)
      let test = try run(copy, ["selftest", "--output", "report"], in: folder)

      #expect(test.status == 0, "\(test.errors)")
      #expect(test.output.contains(" 0 failed"))
      #expect(test.outputLines.contains("qualified"))
      let report = folder.appending(path: "report")
      _ = try JSONDocument(Array(report.text(of: "qualification.json").utf8))
      #expect(try report.text(of: "qualification.csv").hasPrefix("requirement,test,expected,"))
      let page = try report.text(of: "qualification.html")
      #expect(page.contains("Qualification of Theriac"))
      #expect(page.contains("<h3>incidence · risk · clopper-pearson</h3>"))
    }
  }

  @Test func anUnwritableReportEndsWith73() throws {
    try withTemporaryFolder { folder in
      let file = try folder.write("", to: "file")

      #expect(try theriac("selftest", "--output", file + "/x", in: folder).status == 73)
    }
  }
}
