import Incidence
package import Inference
package import Results
package import StudyDefinition

extension TroubleshootAnalysis {
  /// The steps of the guide in its order, each with its evidence.
  func steps(of study: Study, level: ConfidenceLevel) -> [GuideStep] {
    switch self {
    case .liverEnzymes(let evidence): evidence.steps(of: study, level: level)
    case .plateletResponse(let evidence): evidence.steps(of: study, level: level)
    }
  }

  /// The rows, known before anything is computed.
  func plannedKeys(
    of study: Study, level: ConfidenceLevel
  ) -> [(place: RowPlace, keys: [StatisticKey])] {
    steps(of: study, level: level).flatMap(\.plannedKeys)
  }

  /// Works through the guide into `result`; `evidence` holds the results of the analyses that it
  /// names, by their ids.
  package func run(
    of study: Study, level: ConfidenceLevel, _ evidence: [String: AnalysisResult],
    into result: inout AnalysisResult
  ) {
    let evidence = EvidenceResults(evidence)
    let findings = steps(of: study, level: level).map { $0.finding(evidence) }
    result.groups = findings.flatMap(\.groups)
    result.series = [series(findings)]
    let computed = analyses.map { evidence[$0] }
    result.notes += inheritedNotes(computed)
    for source in computed.flatMap(\.sources) where !result.sources.contains(source) {
      result.sources.append(source)
    }
    for failed in computed where failed.outcome != .completed {
      let warning = "A step is left open: \(failed.absence)."
      if !result.warnings.contains(warning) { result.warnings.append(warning) }
    }
  }

  private func series(_ findings: [Finding]) -> Series {
    let columns: [(String, (Finding) -> String)] = [
      ("cause", { $0.step.cause }), ("step", { $0.step.step }),
      ("question", { $0.step.question }), ("test", { $0.step.test }),
      ("evidence", { $0.evidence }), ("verdict", { $0.verdict.rawValue }), ("next", { $0.next }),
    ]
    return Series(
      "findings", columns.map { name, text in Series.Column(name, .texts(findings.map(text))) })
  }

  /// What must be said of the data behind the evidence here as well.
  private func inheritedNotes(_ results: [AnalysisResult]) -> [String] {
    results.contains { $0.notes.contains(simulatedNote) }
      ? ["Simulated data: numbers behind the evidence were made by a program, not measured."] : []
  }

  /// Writes the rules by which verdicts are reached into `result`.
  func describe(in result: inout AnalysisResult) {
    result.notes += [
      "A cause that is not supported is not refuted: few data can miss it. Inconclusive: the data do not "
        + "decide. No data: nothing was given.",
      "Of several parts of the evidence (curves, metabolites, cultures, events) one that speaks for the "
        + "cause is enough, and all must decide for it not to be supported; of several events p is "
        + "multiplied by their number. Of several models the first listed is read, or the one selected. "
        + "Limits are those of the analyses that are read.",
    ]
    switch self {
    case .liverEnzymes: break
    case .plateletResponse(let evidence):
      if !evidence.viability.isEmpty {
        result.methods.append(MethodNote(ProportionIntervalMethod.clopperPearson))
      }
    }
  }
}
