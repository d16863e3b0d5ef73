import DoseResponse
import Inference
import Results
import StudyDefinition

/// What the results of a dose-response analysis say of one curve, read by the names of their rows.
///
/// Of several models the first listed is read, or the one that a selection took.
struct CurveReading {
  let analysis: DoseResponseAnalysis
  let result: AnalysisResult
  /// The name of the curve; empty for a single nameless one.
  let curve: String

  private var groups: [Grouping] { curve.isEmpty ? [] : [Grouping("curve", curve)] }

  var model: String {
    let selected = analysis.models.first { model in
      result.statistics(groups, "selection", model.rawValue).contains {
        $0.key.name == "selected" && $0.value == .number(1)
      }
    }
    return (selected ?? analysis.models[0]).rawValue
  }

  /// How the fit ended, with what is to be said of it.
  var status: (verdict: String, warning: String?)? {
    let found = result.statistics(groups, "fit", "").first {
      $0.key.name == "status" && $0.key.measure == model
    }
    guard let found, case .verdict(let verdict) = found.value else { return nil }
    return (verdict, found.warning)
  }

  var isFlat: Bool { status?.verdict == FitVerdict.flat.rawValue }

  /// That the response does not depend on the dose.
  var flatness: ReportedValue {
    result.value(groups, "fit", "", "flatness_p_value", measure: model, method: "")
  }

  /// A dose with its limits, by the first interval asked for; where lots are told apart, that of all
  /// lots.
  func dose(
    _ target: CurveTarget
  ) -> (estimate: ReportedValue, lower: ReportedValue, upper: ReportedValue) {
    let isPooled = analysis.lotKey != nil
    let interval = isPooled ? CurveReading.pooling : analysis.intervals[0].rawValue
    func value(_ name: String, _ method: String) -> ReportedValue {
      result.value(
        groups, target.variable, target.level, name, measure: model, method: method)
    }
    return (
      value("estimate", isPooled ? CurveReading.pooling : ""), value("lower", interval),
      value("upper", interval)
    )
  }

  /// A number of what was pooled over lots.
  func pooled(_ target: CurveTarget, _ name: String) -> ReportedValue {
    result.value(
      groups, target.variable, target.level, name, measure: model, method: CurveReading.pooling)
  }

  /// The method of what was pooled over lots.
  static let pooling = "lots/reml"

  /// The fitted curve: dose and response, from the lowest dose; none where each lot has its own.
  var fittedCurve: [(dose: Double, response: Double)] {
    guard analysis.lotKey == nil,
      let series = result.series.first(where: { $0.name == "curves" })
    else { return [] }
    let (models, curves) = (series.texts("model"), series.texts("curve"))
    let (doses, responses) = (series.numbers("dose"), series.numbers("response"))
    return doses.indices.compactMap { index in
      guard models[index] == model, curves[index] == curve, let dose = doses[index],
        let response = responses[index]
      else { return nil }
      return (dose, response)
    }
  }
}

extension DoseResponseAnalysis {
  /// The names of the curves of what is tested; that of a positive control alone is no evidence.
  var testedCurves: [String] {
    curves.filter { curve in
      curve.points.contains { $0.role == nil || $0.role == .sample }
    }.map(\.name)
  }

  /// The dose of half an effect: of 50 % of the control where it is asked for, else ED50, else the
  /// first effective dose; `nil` where there is none.
  var halfDose: CurveTarget? {
    let half = AbsoluteTarget.percentOfControl(50)
    if absolute.contains(half) { return .absolute(half) }
    return (effects.contains(50) ? 50 : effects.first).map { .effect($0) }
  }

  /// `28.1 µM`.
  func shownDose(_ text: String) -> String { dose.unit.isEmpty ? text : "\(text) \(dose.unit)" }
}

extension Series {
  func numbers(_ name: String) -> [Double?] {
    guard case .numbers(let numbers)? = columns.first(where: { $0.name == name })?.values else {
      return []
    }
    return numbers
  }

  func texts(_ name: String) -> [String] {
    guard case .texts(let texts)? = columns.first(where: { $0.name == name })?.values else {
      return []
    }
    return texts
  }
}

extension Study {
  /// The dose-response analysis called `id`.
  func doseResponse(_ id: String) -> DoseResponseAnalysis {
    guard case .doseResponse(let analysis)? = analyses.first(where: { $0.id == id })?.kind else {
      preconditionFailure("evidence of another kind passed the study definition: \(id)")
    }
    return analysis
  }

  /// What `id` is called in sentences.
  func title(of id: String) -> String {
    analyses.first { $0.id == id }?.title ?? id
  }
}
