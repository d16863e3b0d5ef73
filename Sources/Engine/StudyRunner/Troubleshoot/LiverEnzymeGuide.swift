import Inference
import StudyDefinition

extension LiverEnzymeEvidence {
  /// The causes of high liver enzymes in animals, with the steps that tell them apart.
  func steps(of study: Study, level: ConfidenceLevel) -> [GuideStep] {
    [
      doseReduction(study, level), inVitroAssessment(study), metaboliteProfiling,
      humanAndAnimal(study, level), geneticScreening(study, level), immune(study, level),
    ]
  }

  private func doseReduction(_ study: Study, _ level: ConfidenceLevel) -> GuideStep {
    GuideStep(
      cause: "Direct hepatotoxicity", step: "Dose reduction",
      question: "Does the effect grow with the dose?",
      test: "Trend over the doses, or a curve against a flat one"
        + named(doseDependence, in: study)
        + ". Supported where the effect rises with the dose and p is below \(shown(level.alpha)).",
      next: GuideStep.Next(
        supported:
          "Find the highest dose without the effect, and see whether enzymes return after the drug is "
          + "stopped.",
        notSupported:
          "No dependence on the dose was found, which few animals may hide: see that the doses span "
          + "the exposures of interest before other causes are looked into.",
        inconclusive: "Repeat with at least three doses and a control, and enough animals a dose.",
        noData: "Measure ALT and AST at several doses, lower ones among them, and in controls."),
      parts: doseDependence.map { study.doseDependence($0, level: level) } ?? [])
  }

  private func inVitroAssessment(_ study: Study) -> GuideStep {
    let limit = inVitro.map { shown($0.margin) } ?? "10"
    return GuideStep(
      cause: "Direct hepatotoxicity", step: "In vitro assessment",
      question: "Does the drug harm liver cells at concentrations that are reached?",
      test: "Concentration of half the effect on hepatocytes over the exposure"
        + named(inVitro?.analysis, in: study)
        + ". Supported where this margin is below \(limit), not supported where its lower limit is not.",
      next: GuideStep.Next(
        supported:
          "Take direct toxicity as possible at this exposure: confirm in primary human hepatocytes and "
          + "compare with free, not total, concentrations.",
        notSupported:
          "Cells stand more than the exposure: look for metabolites and reactions of the immune system.",
        inconclusive:
          "Test higher concentrations or more wells, and state the exposure, until the margin lies on "
          + "one side of the limit.",
        noData:
          "Expose primary hepatocytes or HepG2 cells to a series of concentrations for 24 to 48 hours "
          + "and fit a curve."),
      parts: inVitro.map { study.inVitroToxicity($0) } ?? [])
  }

  private var metaboliteProfiling: GuideStep {
    GuideStep(
      cause: "Metabolite-induced toxicity", step: "Metabolite profiling",
      question: "Does the animal form metabolites that people hardly form?",
      test:
        "Amount in the animal over that in man, on one scale. Supported where any ratio is above 2.",
      next: GuideStep.Next(
        supported:
          "Test these metabolites on liver cells by themselves: a toxicity of theirs may be the animal's "
          + "alone.",
        notSupported:
          "Metabolites do not set the animal apart; those that both form may still be toxic.",
        inconclusive: "Measure the metabolites in plasma and liver of both on one scale.",
        noData: "Measure the metabolites in plasma and liver tissue, and in human plasma."),
      parts: metaboliteParts)
  }

  private func humanAndAnimal(_ study: Study, _ level: ConfidenceLevel) -> GuideStep {
    GuideStep(
      cause: "Metabolite-induced toxicity", step: "Human and animal metabolism",
      question: "Are cells of the animal more, or less, sensitive than human ones?",
      test: "Relative potency of the curves" + named(species, in: study)
        + ". Supported where its interval does not hold 1"
        + ", or without one where p of equal ED50s is below \(shown(level.alpha)).",
      next: GuideStep.Next(
        supported:
          "The species differ: carry the finding over to people by human cells, and learn which enzyme "
          + "makes the difference.",
        notSupported:
          "No difference between the species was found: take the finding as relevant for people until "
          + "shown otherwise.",
        inconclusive:
          "Test both species side by side over the same concentrations, with more wells.",
        noData: "Compare hepatocytes of the animal and of people over the same concentrations."),
      parts: species.map { study.speciesSensitivity($0, level: level) } ?? [])
  }

  private func geneticScreening(_ study: Study, _ level: ConfidenceLevel) -> GuideStep {
    GuideStep(
      cause: "Idiosyncratic reaction", step: "Genetic screening",
      question: "Does the strain of the animals matter?",
      test: "Animals affected, strain against strain" + named(strain, in: study)
        + ". Supported where p is below \(shown(level.alpha)).",
      next: GuideStep.Next(
        supported: "Repeat in another strain, and look for the genes by which the two differ.",
        notSupported:
          "No difference between the strains was found; its interval tells how large a one these "
          + "numbers leave open.",
        inconclusive: "Compare more animals of both strains at one dose.",
        noData: "Treat a second strain at the same dose, and look up what is known of the strain."),
      parts: strain.map {
        study.groupDifference($0, level: level, isTwoSided: true)
      } ?? [])
  }

  private func immune(_ study: Study, _ level: ConfidenceLevel) -> GuideStep {
    GuideStep(
      cause: "Idiosyncratic reaction", step: "Immune system involvement",
      question: "Is the immune system active in the liver of treated animals?",
      test: "Signs of immune activation, treated against control" + named(immune, in: study)
        + ". Supported where treated animals have more and p is below \(shown(level.alpha)).",
      next: GuideStep.Next(
        supported:
          "Tell the cells apart by their markers, and see whether a second exposure is worse.",
        notSupported: "No activation was found, which few animals may hide.",
        inconclusive: "Grade more livers, blind to the treatment.",
        noData: "Stain liver sections for infiltrating lymphocytes and grade them blind."),
      parts: immune.map {
        study.groupDifference($0, level: level, isTwoSided: false)
      } ?? [])
  }
}

/// What the analysis called `id` is titled, for the end of a phrase.
func named(_ id: String?, in study: Study) -> String {
  id.map { ", from “\(study.title(of: $0))”" } ?? ""
}
