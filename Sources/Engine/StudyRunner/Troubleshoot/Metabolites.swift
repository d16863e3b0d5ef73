import Inference
import Results
import StudyDefinition

// Whether animals are exposed to metabolites that people hardly form.
//
// Supported for a metabolite of which more than twice as much forms in the animal as in man, the
// amounts on one scale such as percent of the dose; else not.

/// The ratio of animal to man above which a metabolite is the animal's.
private let disproportion = 2.0

extension LiverEnzymeEvidence {
  var metaboliteParts: [EvidencePart] {
    metabolites.map { metabolite in
      EvidencePart(
        metabolites.count > 1 ? metabolite.name : "",
        evidenceKeys("", ["animal", "human", "ratio"])
      ) { _ in metabolite.judgement }
    }
  }
}

extension LiverEnzymeEvidence.Metabolite {
  fileprivate var judgement: Judgement {
    let amounts = "\(shown(animal)) in the animal, \(shown(human)) in man"
    let values = [RowValue(animal), RowValue(human)]
    guard animal > 0 || human > 0 else {
      let reason = NotEstimable("it forms in neither")
      return Judgement(.notSupported, "\(amounts): \(reason.reason)", values + [RowValue(reason)])
    }
    let ratio = human > 0 ? animal / human : .infinity
    let text =
      human == 0
      ? "in the animal alone"
      : ratio > disproportion
        ? "\(shown(ratio)) times as much in the animal"
        : ratio < 1 / disproportion
          ? "\(shown(ratio)) times as much in the animal: people form more, and the animal says "
            + "little about it" : "\(shown(ratio)) times as much in the animal, about alike"
    return Judgement(
      ratio > disproportion ? .supported : .notSupported, "\(amounts): \(text)",
      values + [RowValue(ratio)])
  }
}
