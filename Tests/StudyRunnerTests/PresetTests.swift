import Glibc
import MetaAnalysis
import Results
import StudyRunner
import Testing

/// The second study has no event in its treatment group, the third none at all.
private let studies = TwoGroups(counts: [
  (12, 110, 5, 121), (0, 20, 2, 21), (0, 15, 0, 15), (7, 50, 2, 55), (9, 80, 9, 70),
])

private func rows(
  _ preset: MetaAnalysisPreset, _ content: String
) async throws -> AnalysisResult {
  try await pooled(#""preset": "\#(preset.rawValue)", \#(content), "# + studies.data)
}

/// What each preset sets, told from what it gives.
@Suite struct PresetTests {
  @Test(arguments: MetaAnalysisPreset.allCases)
  func tau2AndInferenceAreThoseOfThePreset(preset: MetaAnalysisPreset) async throws {
    let found = try await rows(preset, #""measure": "odds-ratio", "pooling": ["inverse-variance"]"#)
    let tau2 = preset == .revman5 ? "dl" : "reml"
    let methods = Set(try found.rows().filter { $0.key.name == "z" }.map(\.key.method))
    #expect(methods == ["inverse-variance/common", "inverse-variance/random/\(tau2)/z"])
    let noted = found.notes.contains { $0.contains("the preset \(preset.rawValue)") }
    #expect(noted == (preset != .none))
  }

  @Test(arguments: MetaAnalysisPreset.allCases)
  func mantelAndHaenszelsMethodAddsAHalfOrNot(preset: MetaAnalysisPreset) async throws {
    let found = try await rows(preset, #""measure": "odds-ratio", "pooling": ["mantel-haenszel"]"#)
    let adds = preset == .revman5 || preset == .meta8
    var (numerator, denominator) = (0.0, 0.0)
    for (x1, n1, x2, n2) in studies.counts where x1 + x2 > 0 {
      let half = adds && (x1 == 0 || x2 == 0) ? 0.5 : 0
      let (a, b) = (Double(x1) + half, Double(n1 - x1) + half)
      let (c, d) = (Double(x2) + half, Double(n2 - x2) + half)
      numerator += a * d / (a + b + c + d)
      denominator += b * c / (a + b + c + d)
    }
    let estimate = try found.rows().number("odds-ratio", "mantel-haenszel/common", "estimate")
    #expect(abs(estimate - numerator / denominator) < 1e-14 * estimate)
  }

  @Test(arguments: MetaAnalysisPreset.allCases)
  func theSubjectsOfARiskRatioGrowOnceOrTwice(preset: MetaAnalysisPreset) async throws {
    let found = try await rows(preset, #""measure": "risk-ratio", "pooling": ["inverse-variance"]"#)
    let more = preset == .meta8 ? 0.5 : 1
    let expected = log(0.5 / (20 + more)) - log(2.5 / (21 + more))
    let effect = try found.rows("study", "s2").number("risk-ratio", "", "log_estimate")
    #expect(abs(effect - expected) < 1e-14 * abs(expected))
  }

  @Test(arguments: MetaAnalysisPreset.allCases)
  func aHalfEntersTheVarianceOfADifferenceAndItsEstimateOrNot(
    preset: MetaAnalysisPreset
  ) async throws {
    let found = try await rows(
      preset, #""measure": "risk-difference", "pooling": ["inverse-variance"]"#)
    let study = try found.rows("study", "s2")
    let (p1, p2) = (0.5 / 21, 2.5 / 22)
    let expected = preset == .metafor ? p1 - p2 : -2.0 / 21
    let effect = try study.number("risk-difference", "", "estimate")
    #expect(abs(effect - expected) < 1e-15)
    let error = (p1 * (1 - p1) / 21 + p2 * (1 - p2) / 22).squareRoot()
    #expect(abs(try study.number("risk-difference", "", "standard_error") - error) < 1e-15)
    #expect(
      try found.rows().number("risk-difference", "inverse-variance/common", "studies") == 5)
  }

  @Test(arguments: MetaAnalysisPreset.allCases, ["odds-ratio", "risk-ratio"])
  func studiesWithoutEventsAreLeftOutOfRatios(
    preset: MetaAnalysisPreset, measure: String
  ) async throws {
    let found = try await rows(
      preset, #""measure": "\#(measure)", "pooling": ["inverse-variance", "mantel-haenszel"]"#)
    for method in ["inverse-variance/common", "mantel-haenszel/common"] {
      #expect(try found.rows().number(measure, method, "studies") == 4)
    }
    let effect = try found.rows("study", "s3").statistic(measure, "", "estimate")
    #expect(effect.value == .notEstimable("the study has no event"))
  }

  @Test(arguments: MetaAnalysisPreset.allCases)
  func theRiskDifferenceOfMantelAndHaenszelHasSatosVarianceOrNot(
    preset: MetaAnalysisPreset
  ) async throws {
    let found = try await rows(
      preset,
      #""measure": "risk-difference", "pooling": ["mantel-haenszel", "mantel-haenszel-sato"]"#)
    func value(_ method: String, _ name: String) throws -> Double {
      try found.rows().number("risk-difference", "\(method)/common", name)
    }
    let errors = try ["mantel-haenszel", "mantel-haenszel-sato"].map {
      try value($0, "standard_error")
    }
    #expect((errors[0] == errors[1]) == (preset == .metafor))
    #expect(
      try value("mantel-haenszel", "estimate") == value("mantel-haenszel-sato", "estimate"))
  }

  @Test(arguments: MetaAnalysisPreset.allCases)
  func aPredictionThatIsAskedForIsThatOfThePreset(preset: MetaAnalysisPreset) async throws {
    let head = #""measure": "odds-ratio", "pooling": ["inverse-variance"], "tau2": "reml", "#
    let own = try await rows(preset, head + #""prediction": true"#).rows()
    let all = try await rows(preset, head + #""prediction": ["t-k-1", "t-k-2", "z"]"#).rows()
    let name =
      switch preset {
      case .none, .meta8: "t-k-1"
      case .revman5: "t-k-2"
      case .metafor: "z"
      }
    let method = "inverse-variance/random/reml/z"
    for limit in ["prediction_lower", "prediction_upper"] {
      #expect(
        try own.number("odds-ratio", method, limit)
          == all.number("odds-ratio", "\(method)/\(name)", limit))
    }
  }

  @Test func whatIsWrittenWinsOverThePreset() async throws {
    let measure = #""measure": "odds-ratio", "pooling": ["inverse-variance", "mantel-haenszel"], "#
    let written =
      measure
      + #""tau2": "pm", "inference": "t", "zeroCells": {"add": 0.5, "to": "zero-studies", "doubleZero": "exclude"}"#
    let plain = try await rows(.none, written).rows()
    for preset: MetaAnalysisPreset in [.revman5, .metafor, .meta8] {
      #expect(try await rows(preset, written).rows().map(\.value) == plain.map(\.value))
    }
  }
}
