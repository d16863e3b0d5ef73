import DoseResponse
import Inference
import Results
import StudyDefinition

// Whether lots differ by more than chance.
//
// Supported where the Q test of an effective dose or of another parameter of the curve has p times the
// number of these tests below 1 − level; else not supported.

extension Study {
  func lotVariation(_ id: String, level: ConfidenceLevel) -> [EvidencePart] {
    let analysis = doseResponse(id)
    let curves = analysis.testedCurves
    let quantities = analysis.quantitiesOfLots
    return curves.flatMap { curve in
      quantities.map { quantity in
        let name = [curves.count > 1 ? curve : "", quantity.level].filter { !$0.isEmpty }
        let names = [
          "estimate", "between_lot_cv", "prediction_lower", "prediction_upper", "p_value",
        ]
        return EvidencePart(
          name.joined(separator: ", "), evidenceKeys(CurveReading.pooling, names)
        ) { results in
          let reading = CurveReading(analysis: analysis, result: results[id], curve: curve)
          return reading.lots(quantity, tests: curves.count * quantities.count, level: level)
        }
      }
    }
  }
}

extension DoseResponseAnalysis {
  /// The effective doses, and the parameters of the first model that are no such dose.
  fileprivate var quantitiesOfLots: [(variable: String, level: String)] {
    let parameters = responseCurve(models[0]).parameters.filter {
      $0 != .ed50 || effects.isEmpty
    }
    return effects.map { ("effective_dose", CurveTarget.effect($0).level) }
      + parameters.map { ("parameter", $0.rawValue) }
  }
}

extension CurveReading {
  fileprivate func lots(
    _ quantity: (variable: String, level: String), tests: Int, level: ConfidenceLevel
  ) -> Judgement {
    func value(_ name: String) -> ReportedValue { pooled(quantity.variable, quantity.level, name) }
    let p = value("q_p_value")
    let names = ["estimate", "between_lot_cv", "prediction_lower", "prediction_upper"]
    let values = names.map { RowValue(value($0)) } + [RowValue(p)]
    guard let pValue = p.known else {
      return Judgement(.inconclusive, "Q test of the lots: \(p.whyNot)", values)
    }
    let texts = [
      value("between_lot_cv").known.map { "CV between lots \(shown(100 * $0)) %" },
      value("prediction_lower").known.flatMap { lower in
        value("prediction_upper").known.map { "a new lot from \(shown(lower)) to \(shown($0))" }
      }, "Q test \(shownP(pValue))" + (tests > 1 ? " (one of \(tests))" : ""),
    ]
    return Judgement(
      pValue * Double(tests) < level.alpha ? .supported : .notSupported,
      texts.compactMap { $0 }.joined(separator: ", "), values)
  }
}
