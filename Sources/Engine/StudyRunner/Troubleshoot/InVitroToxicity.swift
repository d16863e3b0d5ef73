import DoseResponse
import Inference
import Results
import StudyDefinition

// Whether the drug harms cells at concentrations that the animals or people have.
//
// The margin is the dose of half an effect over the exposure. Supported where it is below the limit;
// not supported where its lower limit is at least that, where the dose is known to lie so far above or
// is not reached up to there, or where the curve is flat; in between, and without an exposure, it is
// open.

extension Study {
  func inVitroToxicity(
    _ evidence: LiverEnzymeEvidence.InVitro
  ) -> [EvidencePart] {
    let analysis = doseResponse(evidence.analysis)
    let curves = analysis.testedCurves
    return curves.map { curve in
      let names = ["estimate", "lower", "upper"]
      let margins = evidence.exposure == nil ? [] : ["margin", "margin_lower", "margin_upper"]
      let method = analysis.lotKey == nil ? analysis.intervals[0].rawValue : CurveReading.pooling
      return EvidencePart(
        curves.count > 1 ? curve : "", evidenceKeys(method, names + margins)
      ) { results in
        let reading = CurveReading(
          analysis: analysis, result: results[evidence.analysis], curve: curve)
        return Toxicity(reading, evidence).judgement
      }
    }
  }
}

/// How far the concentration that harms cells lies above the exposure.
private struct Toxicity {
  let reading: CurveReading
  let evidence: LiverEnzymeEvidence.InVitro
  let target: CurveTarget?
  let dose: (estimate: ReportedValue, lower: ReportedValue, upper: ReportedValue)

  init(_ reading: CurveReading, _ evidence: LiverEnzymeEvidence.InVitro) {
    self.reading = reading
    self.evidence = evidence
    target = reading.analysis.halfDose
    dose = reading.dose(target ?? .effect(50))
  }

  /// What the dose is called in sentences.
  private var level: String {
    target == .absolute(.percentOfControl(50))
      ? "the concentration that leaves 50 % of the control" : target?.level ?? ""
  }

  private func unit(_ text: String) -> String { reading.analysis.shownDose(text) }

  var judgement: Judgement {
    let (verdict, sentence) = finding
    return Judgement(verdict, sentence, values)
  }

  private var values: [RowValue] {
    let doses = [dose.estimate, dose.lower, dose.upper]
    guard let exposure = evidence.exposure else { return doses.map { RowValue($0) } }
    return (doses + doses.map { $0.divided(by: exposure.concentration) }).map { RowValue($0) }
  }

  private var finding: (Verdict, String) {
    if reading.isFlat {
      let p = reading.flatness.known.map { ", \(shownP($0))" } ?? ""
      return (.notSupported, "no effect on the cells up to the highest concentration\(p)")
    }
    guard target != nil else { return (.inconclusive, "the analysis asks for no effective dose") }
    switch dose.estimate {
    case .number(let estimate): return finding(estimate)
    case .censored(.above, let bound):
      return finding(
        above: bound, "\(level) lies above the highest concentration, \(unit(shown(bound)))")
    case .censored(.below, let bound):
      let text = "\(level) lies below the lowest concentration, \(unit(shown(bound)))"
      guard let margin = margin(bound) else { return (.inconclusive, "\(text); \(noExposure)") }
      return (
        margin < evidence.margin ? .supported : .inconclusive,
        "\(text), less than \(shown(margin)) times the exposure (limit \(shown(evidence.margin)))"
      )
    case .unbounded, .notEstimable, .verdict:
      guard let highest = highestWithoutHalf else {
        return (.inconclusive, "\(level): \(dose.estimate.whyNot)")
      }
      return finding(
        above: highest, "the curve stays above 50 % of the control up to \(unit(shown(highest)))")
    }
  }

  private let noExposure = "without an exposure there is no margin"

  private func margin(_ concentration: Double) -> Double? {
    evidence.exposure.map { concentration / $0.concentration }
  }

  /// Where half an effect is known not to be reached up to a concentration.
  private func finding(above bound: Double, _ text: String) -> (Verdict, String) {
    guard let margin = margin(bound) else { return (.inconclusive, "\(text); \(noExposure)") }
    return (
      margin >= evidence.margin ? .notSupported : .inconclusive,
      "\(text), \(shown(margin)) times the exposure (limit \(shown(evidence.margin)))"
    )
  }

  /// The highest concentration drawn of a curve that is nowhere down to 50 % of the control, where
  /// that dose was asked for.
  private var highestWithoutHalf: Double? {
    guard target == .absolute(.percentOfControl(50)), let control = reading.fittedCurve.first,
      let last = reading.fittedCurve.last, control.response > 0,
      reading.fittedCurve.allSatisfy({ $0.response > control.response / 2 })
    else { return nil }
    return last.dose
  }

  private func finding(_ estimate: Double) -> (Verdict, String) {
    let (lower, upper) = (dose.lower.known, dose.upper.known)
    let text = "\(level) is \(unit(shown(estimate, lower, upper)))"
    guard let exposure = evidence.exposure else { return (.inconclusive, "\(text); \(noExposure)") }
    let margin = estimate / exposure.concentration
    let least = lower.map { $0 / exposure.concentration }
    let most = upper.map { $0 / exposure.concentration }
    let sentence =
      "\(text), \(shown(margin, least, most)) times the exposure of "
      + "\(unit(shown(exposure.concentration))) (limit \(shown(evidence.margin)))"
    if margin < evidence.margin { return (.supported, sentence) }
    guard let least else {
      return (.inconclusive, "\(sentence); its lower limit: \(dose.lower.whyNot)")
    }
    return (least >= evidence.margin ? .notSupported : .inconclusive, sentence)
  }
}

extension ReportedValue {
  /// The value over a positive number.
  fileprivate func divided(by divisor: Double) -> ReportedValue {
    switch self {
    case .number(let value): .number(value / divisor)
    case .censored(let direction, let bound): .censored(direction, bound: bound / divisor)
    case .unbounded, .notEstimable, .verdict: self
    }
  }
}
