import DoseResponse
import Inference
import Results
import StudyDefinition

// Whether cells of the species differ in their sensitivity.
//
// Supported where the interval of the relative potency, by profile likelihood or else by Fieller, does
// not hold 1; without one, where the test of equal ED50s has p < 1 − level.

extension Study {
  func speciesSensitivity(_ id: String, level: ConfidenceLevel) -> [EvidencePart] {
    let analysis = doseResponse(id)
    let others = analysis.curves.map(\.name).filter { $0 != analysis.reference }
    return others.map { curve in
      EvidencePart(others.count > 1 ? curve : "", analysis.sensitivityKeys) { results in
        Sensitivity(CurveReading(analysis: analysis, result: results[id], curve: curve))
          .judgement(level: level)
      }
    }
  }
}

extension DoseResponseAnalysis {
  fileprivate var sensitivityKeys: [StatisticKey] {
    (comparisons.contains(.relativePotency)
      ? evidenceKeys(CurveComparison.relativePotency.rawValue, ["estimate", "lower", "upper"]) : [])
      + (comparisons.contains(.equalED50)
        ? evidenceKeys(CurveComparison.equalED50.rawValue, ["p_value"]) : [])
  }
}

/// A curve beside the reference curve.
private struct Sensitivity {
  let reading: CurveReading

  init(_ reading: CurveReading) {
    self.reading = reading
  }

  private var comparisons: [CurveComparison] { reading.analysis.comparisons }
  private var reference: String { reading.analysis.reference ?? "" }

  private func value(
    _ comparison: CurveComparison, _ name: String, method: String? = nil
  ) -> ReportedValue {
    reading.result.value(
      [Grouping("curve", reading.curve), Grouping("reference", reference)], "comparison",
      comparison.rawValue, name, measure: reading.analysis.models[0].rawValue, method: method)
  }

  /// The first of the two intervals that has both limits.
  private var potency: [ReportedValue] {
    let methods = ["profile", "fieller"]
    let method =
      methods.first { method in
        ["lower", "upper"].allSatisfy {
          value(.relativePotency, $0, method: method).known != nil
        }
      } ?? methods[0]
    return [
      value(.relativePotency, "estimate"), value(.relativePotency, "lower", method: method),
      value(.relativePotency, "upper", method: method),
    ]
  }

  func judgement(level: ConfidenceLevel) -> Judgement {
    let potency = comparisons.contains(.relativePotency) ? potency : []
    let test = comparisons.contains(.equalED50) ? [value(.equalED50, "p_value")] : []
    let values = (potency + test).map { RowValue($0) }
    let p = test.first?.known
    if potency.count == 3, let estimate = potency[0].known, let lower = potency[1].known,
      let upper = potency[2].known
    {
      let differs = lower > 1 || upper < 1
      let texts = [
        "\(reading.curve) is \(shown(estimate, lower, upper)) times as sensitive as \(reference)",
        p.map { "equal ED50s: \(shownP($0))" }, parallelism(level),
      ]
      return Judgement(
        differs ? .supported : .notSupported,
        texts.compactMap { $0 }.joined(separator: "; "), values)
    }
    guard let p else {
      return Judgement(
        .inconclusive,
        "\(reading.curve) against \(reference): \((potency.first { $0.known == nil } ?? test.first)?.whyNot ?? "nothing was compared")",
        values)
    }
    return Judgement(
      p < level.alpha ? .supported : .notSupported,
      "\(reading.curve) against \(reference), equal ED50s: \(shownP(p))", values)
  }

  /// That one ratio does not hold at all doses, where the curves are not parallel.
  private func parallelism(_ level: ConfidenceLevel) -> String? {
    guard comparisons.contains(.parallelism), let p = value(.parallelism, "p_value").known,
      p < level.alpha
    else { return nil }
    return "the curves are not parallel (\(shownP(p))), so that the ratio holds at the ED50 alone"
  }
}
