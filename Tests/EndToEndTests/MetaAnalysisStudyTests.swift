import Foundation
import TestSupport
import Testing

/// How many published values each study of pooled effects reproduces.
private let reproduced: [String: Int] = [
  "meta-analysis/bcg-diagnostics": 32, "meta-analysis/bcg-prediction": 4,
  "meta-analysis/bcg-presets": 24, "meta-analysis/bcg-regression": 24,
  "meta-analysis/bcg-sensitivity": 113, "meta-analysis/bcg-subgroups": 14,
  "meta-analysis/bcg": 48, "meta-analysis/berkey-1995": 10, "meta-analysis/clasp": 38,
  "meta-analysis/lee-2004-acupuncture": 2, "meta-analysis/magnesium": 8,
  "meta-analysis/miller-1978": 6, "meta-analysis/normand-1999-lidocaine": 29,
  "meta-analysis/normand-1999-stroke-stay": 11, "meta-analysis/raudenbush-2009": 51,
  "meta-analysis/rosiglitazone-presets": 22, "meta-analysis/rosiglitazone": 26,
  "meta-analysis/rothman-2008": 21, "meta-analysis/stijnen-2010-catheter-days": 30,
  "meta-analysis/stijnen-2010-catheters": 36, "meta-analysis/ten-trials": 5,
  "meta-analysis/van-houwelingen-1993": 5, "meta-analysis/van-houwelingen-2002": 13,
  "meta-analysis/viechtbauer-2005": 28, "meta-analysis/viechtbauer-2007-diuretics": 12,
  "meta-analysis/viechtbauer-2007-st-johns-wort": 17, "meta-analysis/yusuf-1985": 6,
  "thrombosis/single-arm-studies": 20, "thrombosis/tpo-receptor-agonists": 46,
]

private let datasets = repositoryRoot.appending(path: "Datasets")

@Suite struct MetaAnalysisStudyTests {
  @Test(arguments: reproduced.keys.sorted())
  func everyPublishedValueComesOutOrHasItsReason(study: String) throws {
    try withTemporaryFolder { folder in
      let run = try theriac("run", datasets.appending(path: "\(study).json").path, in: folder)

      #expect(run.status == 0)
      let count = try #require(reproduced[study])
      #expect(run.outputLines.last == "published values: \(count) reproduced, 0 differ")
      #expect(run.errors.isEmpty)
    }
  }

  @Test func noStudyIsForgotten() throws {
    let files = try ["meta-analysis", "thrombosis"].flatMap { name in
      try FileManager.default.contentsOfDirectory(atPath: datasets.appending(path: name).path)
        .filter { $0.hasSuffix(".json") }.map { "\(name)/\($0.dropLast(5))" }
    }
    #expect(Set(files) == Set(reproduced.keys))
  }
}
