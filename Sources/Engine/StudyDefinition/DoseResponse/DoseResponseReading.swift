import DoseResponse
import JSON

extension DoseResponseAnalysis {
  /// Reads the keys of a dose-response analysis, and resolves them against the assays.
  static func read(
    _ reader: inout ObjectReader, _ context: AnalysisContext
  ) -> (DoseResponseAnalysis, source: CurveSource)? {
    let source = CurveSource(&reader, context)
    let models = reader.required("models") { element in
      element.choices(of: DoseResponseModel.self, what: "a model").flatMap {
        $0.count == element.elementCount ? $0 : nil
      }
    }
    let effects = reader.optional("effects") { $0.effects() } ?? [50]
    let absolute = reader.optional("absolute") { $0.absoluteTargets(source) } ?? []
    let choices = CurveChoices(&reader, models)
    let parameters = CurveParameters(&reader, models, source)
    guard let source, let models else { return nil }
    choices.check(source, reader, models)
    let curves = source.curves.map { $0.curve(choices, isOfAssay: source.assay != nil) }
    let empty = curves.filter { curve in curve.points.allSatisfy { $0.weight == 0 } }
    if !empty.isEmpty {
      (reader["weights"] ?? reader.element).report(
        found: "no weight above 0 in the curves \(listed(empty.map(\.name)))",
        expected: "at least one in each curve")
    }
    return (
      DoseResponseAnalysis(
        assay: source.assay, curves: curves, models: models, effects: effects, absolute: absolute,
        intervals: choices.intervals, responseKind: choices.responseKind,
        constraints: parameters.constraints, shared: parameters.shared,
        comparisons: parameters.comparisons, reference: parameters.reference,
        equivalence: parameters.equivalence, robust: choices.robust, weights: choices.weights,
        theta: choices.theta, selection: choices.selection, information: choices.information,
        alpha: choices.alpha, extrapolates: choices.extrapolates, lotKey: source.lotKey,
        bootstrapSamples: choices.bootstrapSamples, flatnessSamples: choices.flatnessSamples),
      source
    )
  }
}

extension CurveSource.NamedWells {
  fileprivate func curve(_ choices: CurveChoices, isOfAssay: Bool) -> DoseResponseAnalysis.Curve {
    let isWeighted = choices.weights == .column || choices.responseKind == .poisson
    func points(_ wells: [AssayWell]) -> [DoseResponseAnalysis.Point] {
      wells.map { $0.point(isWeighted: isWeighted, isOfAssay: isOfAssay) }
    }
    return DoseResponseAnalysis.Curve(
      name: name, points: points(wells),
      lots: lots.map { DoseResponseAnalysis.Lot(name: $0.name, points: points($0.wells)) })
  }
}

extension AssayWell {
  /// The well as a point of a curve, which has a dose.
  func point(isWeighted: Bool, isOfAssay: Bool) -> DoseResponseAnalysis.Point {
    DoseResponseAnalysis.Point(
      dose: dose ?? 0, response: response, weight: isWeighted ? weight ?? 1 : 1, total: total,
      role: isOfAssay ? role : nil, plate: isOfAssay ? plate : nil, row: row, column: column,
      lot: lot)
  }
}

extension Element {
  /// Percentages of the way that a curve goes, each once.
  fileprivate func effects() -> [Double]? {
    var seen: Set<Double> = []
    return list { element in
      let effect = element.number({ $0 > 0 && $0 < 100 }, expected: "a number between 0 and 100")
      guard let effect else { return nil }
      guard seen.insert(effect).inserted else {
        return element.fault(expected: "each effect once")
      }
      return effect
    }
  }

  /// Responses whose doses are wanted, each once.
  fileprivate func absoluteTargets(
    _ source: CurveSource?
  ) -> [DoseResponseAnalysis.AbsoluteTarget]? {
    var seen: Set<DoseResponseAnalysis.AbsoluteTarget> = []
    return list(atLeastOne: true) { element in
      guard let target = element.absoluteTarget(source) else { return nil }
      guard seen.insert(target).inserted else {
        return element.fault(found: "the same again", expected: "each response once")
      }
      return target
    }
  }

  private func absoluteTarget(_ source: CurveSource?) -> DoseResponseAnalysis.AbsoluteTarget? {
    guard case .object = node.value else {
      guard case .number = node.value else {
        return fault(
          expected:
            "a number, or an object with \"percentOfControl\" or \"percentOfReference\"")
      }
      return finiteNumber().map { .response($0) }
    }
    guard var reader = ObjectReader(self) else { return nil }
    let percentage = reader.either("percentOfControl", "percentOfReference")
    reader.finish()
    switch percentage {
    case .first(let control)?: return control.positiveNumber().map { .percentOfControl($0) }
    case .second(let reference)?:
      guard let percent = reference.positiveNumber() else { return nil }
      if let source, !source.wells.contains(where: { $0.role == .positive }) {
        return reference.fault(
          found: "a percentage of the positive control, of which there is no well",
          expected: "an assay with wells of that role")
      }
      return .percentOfReference(percent)
    case nil: return nil
    }
  }
}
