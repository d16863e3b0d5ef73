import DoseResponse
import Incidence
import JSON
import MetaAnalysis
import Ordinal
import StudyDefinition
import Testing

@Suite struct SchemaTests {
  @Test func theSchemaAcceptsWhatTheReaderAccepts() throws {
    let checker = try SchemaChecker(Study.schema)
    for text in [everything, StudyText().text] + gradedStudies + metaAnalyses {
      #expect(faults(of: text) == [])
      #expect(try checker.accepts(text))
    }
    for study in assayStudies {
      #expect(study.reading.faults == [])
      #expect(try checker.accepts(study.text), "\(study.text)")
    }
  }

  @Test func theSchemaRefusesEveryMistakeThatASchemaCanTell() throws {
    let checker = try SchemaChecker(Study.schema)
    for mistake in ofStudies + ofTrials + ofAnalyses + ofComparisons + ofIndirectComparisons
      + ofGradedAnalyses + ofMetaAnalyses + ofAssays + ofDataFiles + ofCurves + ofSurfaces
      + ofTroubleshooting
    {
      let accepted = try checker.accepts(mistake.study.text)
      #expect(
        accepted == mistake.isBeyondSchema, "\(mistake.testDescription): \(mistake.study.text)")
    }
  }

  @Test func everyKeyOfTheSchemaIsReadAndDescribed() throws {
    let root = try JSONDocument(Array(Study.schema.compact.utf8)).root
    let text = StudyText().text.dropLast() + ", \"x\": 1}"
    let top = faults(of: String(text)).first?.expected ?? ""
    #expect(top.contains("\(root["properties"]?.members.count ?? 0) in all"))
    for definition in root["$defs"]?.members ?? [] {
      for property in definition.value["properties"]?.members ?? [] {
        let isDescribed = ["description", "$ref", "const"].contains { property.value[$0] != nil }
        #expect(isDescribed, "\(definition.key) \(property.key)")
      }
    }
  }

  @Test func theCatalogueHasEveryMethodWithItsReference() {
    let catalogue = Study.catalogue
    #expect(
      catalogue.filter { $0.kind == "incidence" && $0.measure == "risk" }.map(\.method)
        == ProportionIntervalMethod.allCases.map(\.rawValue))
    #expect(
      catalogue.filter { $0.kind == "incidence" && $0.measure == "rate" }.map(\.method)
        == RateIntervalMethod.allCases.map(\.rawValue))
    #expect(
      catalogue.filter { $0.kind == "ordinal" }.map(\.method)
        == OrdinalMethod.allCases.map(\.rawValue))
    #expect(
      catalogue.filter { $0.kind == "shift" }.map(\.method) == ShiftMethod.allCases.map(\.rawValue))
    #expect(catalogue.filter { ["trend", "agreement"].contains($0.kind) }.count == 6)
    #expect(catalogue.contains { $0.kind == "comparison" && $0.method == "miettinen-nurminen" })
    #expect(
      catalogue.filter { $0.kind == "meta-analysis" }.map { "\($0.measure) \($0.method)" }
        == PoolingMethod.allCases.map { "pooling \($0.rawValue)" }
        + Tau2Estimator.allCases.map { "tau2 \($0.rawValue)" }
        + EffectInference.allCases.map { "inference \($0.rawValue)" }
        + Tau2IntervalMethod.allCases.map { "tau2Interval \($0.rawValue)" }
        + PredictionMethod.allCases.map { "prediction \($0.rawValue)" }
        + MetaAnalysisDiagnostic.allCases.map { "diagnostics \($0.rawValue)" }
        + MetaAnalysisPreset.allCases.map { "preset \($0.rawValue)" })
    #expect(
      catalogue.filter { $0.kind == "dose-response" }.map { "\($0.measure) \($0.method)" }
        == DoseResponseModel.allCases.map { "models \($0.rawValue)" }
        + CurveIntervalMethod.allCases.map { "interval \($0.rawValue)" }
        + FitInformation.allCases.map { "information \($0.rawValue)" }
        + ResponseKind.allCases.map { "response \($0.rawValue)" }
        + RobustMethod.allCases.map { "robust \($0.rawValue)" }
        + ObservationWeights.allCases.map { "weights \($0.rawValue)" }
        + ModelSelection.allCases.map { "selection \($0.rawValue)" }
        + CurveComparison.allCases.map { "compare \($0.rawValue)" })
    #expect(
      catalogue.allSatisfy { !$0.title.isEmpty && !$0.summary.isEmpty && !$0.reference.isEmpty })
  }
}
