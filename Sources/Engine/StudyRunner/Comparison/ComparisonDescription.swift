import Comparison
import Inference
import JSON
import Results
import StudyDefinition

extension Study {
  /// Writes labels, methods, conventions and sources of a comparison into `result`.
  func describe(_ comparison: ComparisonAnalysis, in result: inout AnalysisResult) {
    result.methods = comparison.methodNotes
    for stratum in comparison.strata {
      describe(stratum.treatment, as: "treatment", in: &result)
      describe(stratum.reference, as: "reference", in: &result)
    }
    result.notes.append(comparison.convention)
  }

  /// Writes labels, methods, conventions and sources of an indirect comparison into `result`.
  func describe(_ indirect: IndirectAnalysis, in result: inout AnalysisResult) {
    result.methods = indirect.methods.map { MethodNote($0) }
    describe(indirect.treatment.arm, as: "treatment", in: &result)
    describe(indirect.reference.arm, as: "reference", in: &result)
    for anchor in [indirect.treatment.anchor, indirect.reference.anchor] {
      describe(anchor, as: "anchor", in: &result)
    }
    result.notes.append(
      "Indirect: the contrast of the treatment with its anchor against that of the reference with "
        + "its own, differences subtracted and ratios divided. It is right only where nothing that "
        + "changes these contrasts differs between the trials. Limits and p-values are two-sided.")
  }

  private func describe(
    _ side: ComparisonAnalysis.Side, as name: String, in result: inout AnalysisResult
  ) {
    result.labels[Grouping(name, side.name)] = side.label
    guard let trial = trials.first(where: { $0.id == side.trial }) else { return }
    result.labels[Grouping("trial", trial.id)] = trial.title ?? trial.id
    if let source = trial.source, !result.sources.contains(source) {
      result.sources.append(source)
    }
  }
}

extension ComparisonAnalysis {
  fileprivate var methodNotes: [MethodNote] {
    let ofGroups = groupParts.compactMap { part -> MethodNote? in
      switch part {
      case .riskInterval(let interval): MethodNote(interval.method, of: interval.contrast.rawValue)
      case .rateInterval(let interval): MethodNote(interval.method, of: interval.contrast.rawValue)
      case .riskTest(let test): MethodNote(test)
      case .rateTest(let test): MethodNote(test)
      case .riskCounts, .rateCounts, .riskEstimate, .rateEstimate: nil
      }
    }
    let ofStrata = stratifiedParts.map { part in
      switch part {
      case .riskInterval(let interval): MethodNote(interval.method, of: interval.contrast.rawValue)
      case .rateInterval(let interval): MethodNote(interval.method, of: interval.contrast.rawValue)
      case .test(let test): MethodNote(test)
      }
    }
    return ofGroups + ofStrata + multiplicity.map { MethodNote($0) }
  }

  /// What is compared with what, and on which side p-values and limits look.
  fileprivate var convention: String {
    var sentences = ["Differences are treatment − reference, ratios treatment / reference."]
    switch sides {
    case .two: sentences.append("Intervals and p-values are two-sided.")
    case .lower:
      sentences.append(
        "One-sided: lower limits, and p-values of intervals against values no greater than "
          + "\(nullText); tests asked for by name stay two-sided.")
    case .upper:
      sentences.append(
        "One-sided: upper limits, and p-values of intervals against values no smaller than "
          + "\(nullText); tests asked for by name stay two-sided.")
    }
    return sentences.joined(separator: " ")
  }

  private var nullText: String {
    guard !nullValues.isEmpty else { return "equality" }
    return nullValues.sorted { $0.key < $1.key }
      .map { "\($0.value.shortestDecimal) (\($0.key))" }.joined(separator: ", ")
  }
}

extension MethodNote {
  /// `measure` tells methods of one name apart.
  fileprivate init(_ method: some StatisticalMethod, of measure: String? = nil) {
    let title =
      measure.map { "\(method.title), \($0.replacing("-", with: " "))" } ?? method.title
    self.init(
      name: method.rawValue, title: title, summary: method.summary, reference: method.reference)
  }
}
