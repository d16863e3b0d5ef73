import Incidence
import Inference
import JSON
import Results
import StudyDefinition

// What a report says about an analysis beside its numbers.

extension Study {
  /// Writes labels, methods, populations and sources into `result`.
  func describe(_ analysis: Analysis, in result: inout AnalysisResult) {
    switch analysis.kind {
    case .incidence(let incidence):
      describe(incidence, in: &result)
      result.notes.append(incidence.population)
    case .comparison(let comparison): describe(comparison, in: &result)
    case .indirectComparison(let indirect): describe(indirect, in: &result)
    case .metaAnalysis(let pooling): describe(pooling, in: &result)
    case .trend(let trend): trend.describe(in: &result)
    case .ordinal(let ordinal): ordinal.describe(in: &result)
    case .agreement(let agreement): agreement.describe(in: &result)
    case .shift(let shift): shift.describe(in: &result)
    case .doseResponse(let curves): curves.describe(in: &result)
    case .plateQuality(let plates): plates.describe(in: &result)
    case .responseSurface(let surface): surface.describe(in: &result)
    case .troubleshoot(let guide): guide.describe(in: &result)
    }
  }

  private func describe(_ incidence: IncidenceAnalysis, in result: inout AnalysisResult) {
    switch incidence.measure {
    case .risk(let methods): result.methods = methods.map { MethodNote($0) }
    case .rate(let methods, _, _): result.methods = methods.map { MethodNote($0) }
    }
    for group in incidence.groups {
      result.labels[Grouping("arm", group.arm)] = group.label
      guard let trial = group.trial.flatMap({ id in trials.first { $0.id == id } }) else {
        continue
      }
      result.labels[Grouping("trial/arm", "\(trial.id)/\(group.arm)")] = group.label
      result.labels[Grouping("trial", trial.id)] = trial.title ?? trial.id
      if let source = trial.source, !result.sources.contains(source) {
        result.sources.append(source)
      }
    }
  }
}

extension MethodNote {
  init(_ method: some StatisticalMethod) {
    self.init(
      name: method.rawValue, title: method.title, summary: method.summary,
      reference: method.reference)
  }
}

extension IncidenceAnalysis {
  /// What is counted, over what, and which events are left out.
  fileprivate var population: String {
    let counted =
      switch measure {
      case .risk: "Subjects with the event among the subjects at risk of it."
      case .rate(_, .subjects, _): "Subjects with a first event over the time at risk of it."
      case .rate(_, .events, _): "All occurrences of the event over the time at risk."
      }
    let sided =
      switch sides {
      case .two: ""
      case .lower: " One-sided intervals: lower limits."
      case .upper: " One-sided intervals: upper limits."
      }
    let filtered = minimumPercent.map {
      " Events of at least \($0.shortestDecimal) % of subjects in one of the groups shown."
    }
    return counted + sided + (filtered ?? "")
  }
}
