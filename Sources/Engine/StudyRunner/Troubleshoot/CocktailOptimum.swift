import DoseResponse
import Inference
import Results
import StudyDefinition

// Whether a better cocktail than any tested is to be expected.
//
// Supported where the interval of the response predicted at the optimum lies beyond the best run. Else
// open where the optimum is at an end of a tested range or the surface is not one with a best point
// inside, since a better cocktail may lie beyond; not supported where neither.

extension Study {
  func cocktailOptimum(_ id: String) -> [EvidencePart] {
    guard case .responseSurface(let analysis)? = analyses.first(where: { $0.id == id })?.kind else {
      preconditionFailure("evidence of another kind passed the study definition: \(id)")
    }
    let names = ["estimate", "lower", "upper", "best_run"]
    return [
      EvidencePart("", evidenceKeys("response-surface", names)) { results in
        Cocktail(analysis, results[id]).judgement
      }
    ]
  }
}

private struct Cocktail {
  let analysis: ResponseSurfaceAnalysis
  let result: AnalysisResult

  init(_ analysis: ResponseSurfaceAnalysis, _ result: AnalysisResult) {
    (self.analysis, self.result) = (analysis, result)
  }

  private func value(_ variable: String, _ level: String, _ name: String) -> ReportedValue {
    result.value([], variable, level, name, measure: "response-surface")
  }

  private var isMaximum: Bool { analysis.goal == .maximum }

  private var bestRun: Double? {
    let responses = result.series.first { $0.name == "design" }?.numbers("response") ?? []
    let known = responses.compactMap { $0 }
    return isMaximum ? known.max() : known.min()
  }

  var judgement: Judgement {
    let predicted = ["estimate", "lower", "upper"].map { value("response", "optimum", $0) }
    let best = bestRun
    let values =
      predicted.map { RowValue($0) }
      + [best.map { RowValue($0) } ?? RowValue(.notEstimable(result.absence))]
    guard let estimate = predicted[0].known, let lower = predicted[1].known,
      let upper = predicted[2].known, let best
    else {
      let missing = predicted.first { $0.known == nil }
      return Judgement(
        .inconclusive, "the optimum: \((missing ?? .notEstimable(result.absence)).whyNot)", values)
    }
    let text =
      "at the optimum (\(setting)) a response of \(shown(estimate, lower, upper))\(unit) is predicted, the "
      + "best run gave \(shown(best))\(unit)"
    if isMaximum ? lower > best : upper < best { return Judgement(.supported, text, values) }
    if let doubt { return Judgement(.inconclusive, "\(text); \(doubt)", values) }
    return Judgement(.notSupported, text, values)
  }

  private var unit: String {
    analysis.response.unit.isEmpty ? "" : " \(analysis.response.unit)"
  }

  /// `TPO 60.1, SCF 55`.
  private var setting: String {
    analysis.factors.compactMap { factor in
      value("optimum", factor.name, "estimate").known.map { value in
        let unit = factor.unit.isEmpty ? "" : " \(factor.unit)"
        return "\(factor.name) \(shown(value))\(unit)"
      }
    }.joined(separator: ", ")
  }

  /// Why the best may lie elsewhere than inside of what was tested.
  private var doubt: String? {
    let atEnds = analysis.factors.filter { factor in
      result.statistics([], "optimum", factor.name).contains { $0.warning != nil }
    }
    if !atEnds.isEmpty {
      return "it lies at an end of the tested range of "
        + atEnds.map(\.name).joined(separator: ", ")
    }
    switch value("surface", "", "status") {
    case .verdict(let shape) where shape == analysis.goal.rawValue: return nil
    case .verdict(let shape): return "the surface is a \(shape), not a \(analysis.goal.rawValue)"
    case let missing: return missing.whyNot
    }
  }
}
