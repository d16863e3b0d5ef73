import Inference
import StudyDefinition

extension PlateletResponseEvidence {
  /// The causes of a low or inconsistent platelet response, with the steps that tell them apart.
  func steps(of study: Study, level: ConfidenceLevel) -> [GuideStep] {
    [
      curve(study), serumLots(study, level), cytokines(study), viabilityCheck(level),
      mycoplasmaTest,
    ]
  }

  private func curve(_ study: Study) -> GuideStep {
    let analysis = doseResponse.map { study.doseResponse($0.analysis) }
    let dose = analysis?.effects.max().map { CurveTarget.effect($0).level } ?? "ED90"
    return GuideStep(
      cause: "Suboptimal drug concentration", step: "Dose-response curve",
      question: "Is the working concentration too low, or so high that the response falls?",
      test: "Working concentration beside the interval of \(dose)"
        + named(doseResponse?.analysis, in: study)
        + ". Supported below it, or beyond a peak; not supported above it.",
      next: GuideStep.Next(
        supported: "Move the working concentration into the range of the full response and repeat.",
        notSupported: "Keep the concentration and look at the culture.",
        inconclusive:
          "Test more concentrations around the working one, and beyond it, until the curve is known "
          + "there.",
        noData: "Measure the response over at least six concentrations in your own cells."),
      parts: doseResponse.map { study.workingConcentration($0) } ?? [])
  }

  private func serumLots(_ study: Study, _ level: ConfidenceLevel) -> GuideStep {
    GuideStep(
      cause: "Cell culture conditions", step: "Serum lot variation",
      question: "Do lots of serum differ by more than chance?",
      test: "Q test of the curves of the lots" + named(lots, in: study)
        + ". Supported where p times the number of tests is below \(shown(level.alpha)).",
      next: GuideStep.Next(
        supported:
          "Find the lots that stand apart in the figure of the lots, keep one good lot for a whole "
          + "study, and test each new one before use.",
        notSupported:
          "No difference between the lots was found; the interval of a new lot tells what these lots "
          + "leave open.",
        inconclusive: "Measure whole curves in more lots, at least five, on the same day.",
        noData: "Measure the curve in several lots of serum, or in medium without serum."),
      parts: lots.map { study.lotVariation($0, level: level) } ?? [])
  }

  private func cytokines(_ study: Study) -> GuideStep {
    GuideStep(
      cause: "Cell culture conditions", step: "Cytokine cocktail",
      question: "Is a better cocktail than any tested to be expected?",
      test: "Response predicted at the best setting beside the best run"
        + named(cocktail, in: study)
        + ". Supported where its interval lies beyond the best run.",
      next: GuideStep.Next(
        supported: "Run the predicted cocktail with replicates beside the present one.",
        notSupported:
          "The best cocktail tested does as well as the predicted one: use it, if it is not yet yours.",
        inconclusive: "Test further in the direction of the predicted best setting.",
        noData:
          "Vary the cytokines (such as TPO, IL-3, IL-6, SCF) together, by a central composite design."
      ),
      parts: cocktail.map { study.cocktailOptimum($0) } ?? [])
  }

  private func viabilityCheck(_ level: ConfidenceLevel) -> GuideStep {
    GuideStep(
      cause: "Cell health and viability", step: "Viability check",
      question: "Are enough of the cells alive?",
      test: "Share alive with Clopper and Pearson's limits beside the minimum of "
        + "\(shown(100 * minimumViability)) %. Supported where the upper limit of a culture is below "
        + "it, not supported where every lower limit is not.",
      next: GuideStep.Next(
        supported: "Discard the cultures below the minimum, find out why cells die, and repeat.",
        notSupported: "Viability is good; keep counting at each passage.",
        inconclusive: "Count more cells of the cultures whose interval holds the minimum.",
        noData: "Count cells with trypan blue or another dye of dead cells."),
      parts: viabilityParts(level: level))
  }

  private var mycoplasmaTest: GuideStep {
    GuideStep(
      cause: "Cell health and viability", step: "Mycoplasma testing",
      question: "Are the cultures free of mycoplasma?",
      test: "Tests of the cultures. Supported where any is positive.",
      next: GuideStep.Next(
        supported: "Discard the culture and what shared its medium, and start from a clean stock.",
        notSupported: "No sign of mycoplasma; test again every month.",
        inconclusive: "Repeat the test with a second method.",
        noData: "Test every culture for mycoplasma, by PCR or by a stain of DNA."),
      parts: mycoplasmaParts)
  }
}
