import Foundation
import TestSupport
import Testing

private let study = repositoryRoot.appending(path: "Datasets/hetrombopag/comparisons.json").path

/// The comparisons of hetrombopag, held against values computed by other programs.
@Suite struct ComparisonStudyTests {
  @Test func everyComparisonIsComputed() throws {
    try withTemporaryFolder { folder in
      let run = try theriac("run", study, in: folder)

      #expect(run.status == 0)
      #expect(run.outputLines.last == "published values: 0 reproduced, 0 differ")
      let results = folder.appending(path: "theriac-results/hetrombopag-comparisons")
      for figure in [
        "comparison-hetrombopag-v-placebo.svg", "comparison-hetrombopag-v-placebo-volcano.svg",
        "comparison-hemorrhage-odds-ratio.svg",
      ] {
        #expect(results.has("figures/\(figure)"), "\(figure)")
      }
      let report = try results.text(of: "report.html")
      #expect(report.contains("not randomised"))
      #expect(report.contains("30 (8.8)"))
    }
  }

  /// Limits by 70-digit evaluation, p-values by SciPy, adjusted by statsmodels.
  @Test func theNumbersAreThoseOfOtherPrograms() throws {
    try withTemporaryFolder { folder in
      _ = try theriac("run", study, "--only", "hetrombopag-v-placebo", in: folder)
      let csv = try folder.text(of: "theriac-results/hetrombopag-comparisons/ard.csv")
      func value(_ term: String, _ measure: String, _ method: String, _ name: String) throws
        -> Double
      {
        let key = ",term,\(term),\(measure),\(method),\(name),"
        let row = try #require(csv.split(separator: "\n").first { $0.contains(key) })
        let fields = row.split(separator: ",", omittingEmptySubsequences: false)
        return try #require(Double(fields[15]))
      }
      for (term, measure, method, name, expected) in [
        ("Diarrhea", "risk-difference", "miettinen-nurminen", "lower", 0.0215250162478956),
        ("Diarrhea", "risk-difference", "miettinen-nurminen", "upper", 0.114714428637837),
        ("Diarrhea", "risk-ratio", "koopman", "lower", 1.35287365076949),
        ("Diarrhea", "risk-ratio", "koopman", "upper", 43.4535538959629),
        ("Diarrhea", "test", "fisher-central", "p_value", 0.013853810995418962),
        ("Diarrhea", "test", "fisher-central/holm", "adjusted_p_value", 0.23551478692212235),
        (
          "Diarrhea", "test", "fisher-central/benjamini-hochberg", "adjusted_p_value",
          0.05079730698320287
        ),
        ("Hypokalemia", "test", "fisher-central/holm", "adjusted_p_value", 0.03646696594587896),
      ] {
        let found = try value(term, measure, method, name)
        #expect(relativeError(found, expected) < 1e-12, "\(term) \(measure) \(method) \(name)")
      }
    }
  }
}
