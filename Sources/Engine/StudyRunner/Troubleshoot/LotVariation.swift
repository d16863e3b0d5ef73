import DoseResponse
import Inference
import Results
import StudyDefinition

// Whether lots differ by more than chance.
//
// Supported where the Q test of an effective dose, or that of all parameters of the curve together, has
// p times the number of these tests below 1 − level; else not supported.

extension Study {
  func lotVariation(_ id: String, level: ConfidenceLevel) -> [EvidencePart] {
    let analysis = doseResponse(id)
    let curves = analysis.testedCurves
    let doses = analysis.effects.map { CurveTarget.effect($0) }
    let tests = curves.count * (doses.count + 1)
    return curves.flatMap { curve -> [EvidencePart] in
      let prefix = curves.count > 1 ? "\(curve), " : ""
      func reading(_ results: EvidenceResults) -> CurveReading {
        CurveReading(analysis: analysis, result: results[id], curve: curve)
      }
      let ofDoses = doses.map { dose in
        EvidencePart(
          prefix + dose.level,
          evidenceKeys(
            CurveReading.pooling,
            ["estimate", "between_lot_cv", "prediction_lower", "prediction_upper", "p_value"])
        ) { reading($0).lots(dose, tests: tests, level: level) }
      }
      let ofParameters = EvidencePart(
        prefix + "whole curve", evidenceKeys(CurveReading.pooling, ["p_value"])
      ) { reading($0).lotsOfCurve(tests: tests, level: level) }
      return ofDoses + [ofParameters]
    }
  }
}

extension CurveReading {
  /// What the lots have in common, and differ by, in an effective dose.
  fileprivate func lots(_ dose: CurveTarget, tests: Int, level: ConfidenceLevel) -> Judgement {
    func value(_ name: String) -> ReportedValue { pooled(dose, name) }
    let names = ["estimate", "between_lot_cv", "prediction_lower", "prediction_upper"]
    var texts = variation(dose).map { ["CV between lots \($0)"] } ?? []
    if let lower = value("prediction_lower").known, let upper = value("prediction_upper").known {
      texts.append("a new lot from " + analysis.shownDose("\(shown(lower)) to \(shown(upper))"))
    }
    return judgement(
      value("q_p_value"), texts, tests: tests, level, names.map { RowValue(value($0)) })
  }

  /// How far the lots differ in all parameters, whose Q test is one.
  fileprivate func lotsOfCurve(tests: Int, level: ConfidenceLevel) -> Judgement {
    let parameters = analysis.models.first { $0.rawValue == model }.map {
      analysis.responseCurve($0).parameters
    }
    let targets = (parameters ?? []).map { CurveTarget.parameter($0) }
    let variations = targets.compactMap { target in
      variation(target).map { "\(target.level) \($0)" }
    }
    let texts = variations.isEmpty ? [] : ["CV between lots: \(variations.joined(separator: ", "))"]
    let p = targets.first.map { pooled($0, "q_p_value") } ?? .notEstimable(result.absence)
    return judgement(p, texts, tests: tests, level, [])
  }

  private func variation(_ target: CurveTarget) -> String? {
    pooled(target, "between_lot_cv").known.map { "\(shown(100 * $0)) %" }
  }

  private func judgement(
    _ p: ReportedValue, _ texts: [String], tests: Int, _ level: ConfidenceLevel,
    _ values: [RowValue]
  ) -> Judgement {
    let values = values + [RowValue(p)]
    guard let pValue = p.known else {
      return Judgement(.inconclusive, "Q test of the lots: \(p.whyNot)", values)
    }
    let test = "Q test \(shownP(pValue))" + (tests > 1 ? " (one of \(tests))" : "")
    return Judgement(
      pValue * Double(tests) < level.alpha ? .supported : .notSupported,
      (texts + [test]).joined(separator: "; "), values)
  }
}
