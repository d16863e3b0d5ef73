import JSON

/// The two sides of a contrast as they were read.
struct ReadPair {
  let treatment: ReadSide
  let reference: ReadSide

  /// Reads the arms of both sides; an arm that stands on both is a fault.
  init?(treatment: Element, reference: Element, _ context: AnalysisContext) {
    let sides = (ReadSide(arms: treatment, context), ReadSide(arms: reference, context))
    guard let treatment = sides.0, let reference = sides.1 else { return nil }
    self.init(treatment, reference)
  }

  /// Reads two keys, which hold arms, or counts in objects; counts alone where `areInline`.
  init?(
    _ reader: inout ObjectReader, _ treatmentKey: String, _ referenceKey: String, areInline: Bool,
    _ context: AnalysisContext
  ) {
    func read(_ name: String) -> ReadSide? {
      reader.required(name) { element in
        if case .object = element.node.value {
          return ReadSide(counts: element, name: name, context)
        }
        guard !areInline else { return element.fault(expected: "an object with counts") }
        return ReadSide(arms: element, context)
      }
    }
    let (treatment, reference) = (read(treatmentKey), read(referenceKey))
    guard let treatment, let reference else { return nil }
    guard treatment.areTrialsArms == reference.areTrialsArms else {
      reader.element.report(
        found: "an arm beside counts", expected: "two arms of trials, or counts for both sides")
      return nil
    }
    self.init(treatment, reference)
  }

  /// Reads an object with an `arm` and its `anchor`.
  init?(anchored element: Element, _ context: AnalysisContext) {
    guard var reader = ObjectReader(element, expected: "an object with an arm and its anchor")
    else { return nil }
    let pair = ReadPair(&reader, "arm", "anchor", areInline: false, context)
    reader.finish()
    guard let pair else { return nil }
    self = pair
  }

  private init(_ treatment: ReadSide, _ reference: ReadSide) {
    self.treatment = treatment
    self.reference = reference
    guard let trial = treatment.trial, trial.id == reference.trial?.id else { return }
    let arms = Set(treatment.side.groups.map(\.arm))
    for group in reference.side.groups where arms.contains(group.arm) {
      reference.element.report(
        found: "the arm \(quoted(group.name)) on both sides", expected: "different arms")
    }
  }
}
