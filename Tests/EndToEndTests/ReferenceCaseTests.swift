import Foundation
import TestSupport
import Testing

@Suite struct ReferenceCaseTests {
  /// What publications, SAS and other packages print; what does not come out has its reason there.
  @Test func everyPrintedValueComesOutOrHasItsReason() throws {
    let studies = ["one-group", "two-groups", "strata-and-grades"].map {
      repositoryRoot.appending(path: "Datasets/reference-cases/\($0).json").path
    }
    try withTemporaryFolder { folder in
      let run = try theriac(["run"] + studies, in: folder)

      #expect(run.status == 0)
      #expect(run.outputLines.last == "published values: 239 reproduced, 0 differ")
      #expect(run.output.contains("21 published values explained"))
      #expect(run.errors.isEmpty)
    }
  }
}
