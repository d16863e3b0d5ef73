import DoseResponse
import Inference
import Results
import StudyDefinition

// Whether the working concentration is too low, or so high that the response falls again.
//
// Of the largest effective dose asked for, such as ED90: supported where the working concentration is
// below its lower limit, or beyond the peak of a curve that falls again with less than that effect left;
// not supported from its upper limit on, or where the curve is flat; in between it is open.

extension Study {
  func workingConcentration(_ evidence: PlateletResponseEvidence.DoseFinding) -> [EvidencePart] {
    let analysis = doseResponse(evidence.analysis)
    let curves = analysis.testedCurves
    let method = analysis.lotKey == nil ? analysis.intervals[0].rawValue : CurveReading.pooling
    return curves.map { curve in
      EvidencePart(
        curves.count > 1 ? curve : "", evidenceKeys(method, ["estimate", "lower", "upper"])
      ) { results in
        Working(
          CurveReading(analysis: analysis, result: results[evidence.analysis], curve: curve),
          evidence.workingConcentration
        ).judgement
      }
    }
  }
}

private struct Working {
  let reading: CurveReading
  let concentration: Double?
  /// The largest effective dose asked for, in percent.
  let percent: Double?
  let dose: (estimate: ReportedValue, lower: ReportedValue, upper: ReportedValue)

  init(_ reading: CurveReading, _ concentration: Double?) {
    self.reading = reading
    self.concentration = concentration
    percent = reading.analysis.effects.max()
    dose = reading.dose(.effect(percent ?? 0))
  }

  private func unit(_ text: String) -> String { reading.analysis.shownDose(text) }

  var judgement: Judgement {
    let (verdict, sentence) = finding
    return Judgement(
      verdict, sentence, [dose.estimate, dose.lower, dose.upper].map { RowValue($0) })
  }

  private var finding: (Verdict, String) {
    if reading.isFlat {
      return (.notSupported, "the response does not depend on the concentrations tested")
    }
    guard let percent else { return (.inconclusive, "the analysis asks for no effective dose") }
    let level = CurveTarget.effect(percent).level
    guard let concentration else {
      return (.inconclusive, "\(doseText(level)); no working concentration is given")
    }
    let working = "the working concentration is \(unit(shown(concentration)))"
    if let fall = fall(at: concentration, percent) {
      return (.supported, "\(working), beyond the peak at \(unit(shown(fall)))")
    }
    switch dose.estimate {
    case .number:
      let text = "\(working), \(doseText(level))"
      if let lower = dose.lower.lowest, concentration < lower { return (.supported, text) }
      if let upper = dose.upper.known, concentration >= upper { return (.notSupported, text) }
      return (.inconclusive, text)
    case .censored(.above, let bound):
      return (
        concentration < bound ? .supported : .inconclusive,
        "\(working), \(level) lies above the highest tested, \(unit(shown(bound)))"
      )
    case .censored(.below, let bound):
      return (
        concentration >= bound ? .notSupported : .inconclusive,
        "\(working), \(level) lies below the lowest tested, \(unit(shown(bound)))"
      )
    case .unbounded, .notEstimable, .verdict:
      return (.inconclusive, "\(level): \(dose.estimate.whyNot)")
    }
  }

  private func doseText(_ level: String) -> String {
    guard let estimate = dose.estimate.known else {
      return "\(level): \(dose.estimate.whyNot)"
    }
    let numbers = shown(estimate, dose.lower.known, dose.upper.known)
    return "\(level) is \(unit(numbers))"
  }

  /// The concentration of the largest change of a curve that has a peak, where beyond it less than
  /// `percent` of that change is left at `concentration`.
  private func fall(at concentration: Double, _ percent: Double) -> Double? {
    let curve = reading.fittedCurve
    guard let first = curve.first, let last = curve.last, concentration <= last.dose else {
      return nil
    }
    let peak = curve.max { abs($0.response - first.response) < abs($1.response - first.response) }
    let here = curve.min { abs($0.dose - concentration) < abs($1.dose - concentration) }
    guard let peak, let here, peak.dose > first.dose, peak.dose < last.dose,
      concentration > peak.dose
    else { return nil }
    let share = (here.response - first.response) / (peak.response - first.response)
    return 100 * share < percent ? peak.dose : nil
  }
}

extension ReportedValue {
  /// The number, or what it is at least.
  fileprivate var lowest: Double? {
    if case .censored(.above, let bound) = self { bound } else { known }
  }
}
