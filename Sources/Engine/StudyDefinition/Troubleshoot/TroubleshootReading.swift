import DoseResponse
import JSON

extension TroubleshootAnalysis {
  /// Reads a guide and its evidence; `analyses` are those that evidence can name.
  static func read(
    _ reader: inout ObjectReader, _ analyses: NamedList<NamedAnalysis>
  ) -> TroubleshootAnalysis? {
    let guide = reader.required("guide") { $0.choice(of: Guide.self, what: "a guide") }
    let evidence = reader.required("evidence") { $0 }
    // Which keys are evidence depends on the guide.
    guard let guide, let evidence, var reader = ObjectReader(evidence) else { return nil }
    defer { reader.finish() }
    switch guide {
    case .liverEnzymes:
      return .liverEnzymes(LiverEnzymeEvidence(&reader, analyses))
    case .plateletResponse:
      return .plateletResponse(PlateletResponseEvidence(&reader, analyses))
    }
  }
}

extension LiverEnzymeEvidence {
  fileprivate init(_ reader: inout ObjectReader, _ analyses: NamedList<NamedAnalysis>) {
    doseDependence = reader.optional("doseDependence") {
      $0.analysis(of: [.trend, .ordinal, .doseResponse], analyses)
    }
    let toxicity = reader.optional("inVitro") { $0.analysis(of: [.doseResponse], analyses) }
    let exposure = reader.optional("exposure") { element in
      Exposure(element, doses: analyses.doses(of: toxicity))
    }
    let margin = reader.optional("margin") { $0.positiveNumber() }
    if !reader.has("inVitro") {
      reader["exposure"]?.report(expected: "this key with \"inVitro\" only")
    }
    if !reader.has("exposure") {
      reader["margin"]?.report(expected: "this key with \"exposure\" only")
    }
    inVitro = toxicity.map { InVitro(analysis: $0, exposure: exposure, margin: margin ?? 10) }
    metabolites =
      reader.optional("metabolites") { $0.labelled(by: "name") { Metabolite($0, &$1) } } ?? []
    species = reader.optional("species") { $0.comparisonOfCurves(analyses) }
    strain = reader.optional("strain") { $0.analysis(of: [.comparison], analyses) }
    immune = reader.optional("immune") { $0.analysis(of: [.comparison, .ordinal], analyses) }
  }
}

extension LiverEnzymeEvidence.Exposure {
  /// The unit must be that of `doses`, where both are known.
  fileprivate init?(_ element: Element, doses: Quantity?) {
    guard var reader = ObjectReader(element) else { return nil }
    let concentration = reader.required("concentration") { $0.positiveNumber() }
    unit = reader.optional("unit") { element -> String? in
      guard let unit = element.text() else { return nil }
      guard let doses, !doses.unit.isEmpty, doses.unit != unit else { return unit }
      return element.fault(expected: "the unit of the doses, \(quoted(doses.unit))")
    }
    reader.finish()
    guard let concentration else { return nil }
    self.concentration = concentration
  }
}

extension LiverEnzymeEvidence.Metabolite {
  fileprivate init?(_ name: String, _ reader: inout ObjectReader) {
    let animal = reader.required("animal") { $0.amount() }
    let human = reader.required("human") { $0.amount() }
    guard let animal, let human else { return nil }
    (self.name, self.animal, self.human) = (name, animal, human)
  }
}

extension PlateletResponseEvidence {
  fileprivate init(_ reader: inout ObjectReader, _ analyses: NamedList<NamedAnalysis>) {
    let curve = reader.optional("doseResponse") { $0.analysis(of: [.doseResponse], analyses) }
    let concentration = reader.optional("workingConcentration") { $0.positiveNumber() }
    if !reader.has("doseResponse") {
      reader["workingConcentration"]?.report(expected: "this key with \"doseResponse\" only")
    }
    doseResponse = curve.map { DoseFinding(analysis: $0, workingConcentration: concentration) }
    lots = reader.optional("lots") { $0.analysisOfLots(analyses) }
    cocktail = reader.optional("cocktail") { $0.analysis(of: [.responseSurface], analyses) }
    viability =
      reader.optional("viability") { $0.labelled(by: "label") { Viability($0, &$1) } } ?? []
    minimumViability =
      reader.optional("minimumViability") {
        $0.number({ $0 > 0 && $0 <= 1 }, expected: "a number above 0 and at most 1")
      } ?? 0.8
    if !reader.has("viability") {
      reader["minimumViability"]?.report(expected: "this key with \"viability\" only")
    }
    mycoplasma =
      reader.optional("mycoplasma") { $0.labelled(by: "label") { MycoplasmaTest($0, &$1) } } ?? []
  }
}

extension PlateletResponseEvidence.Viability {
  fileprivate init?(_ label: String, _ reader: inout ObjectReader) {
    let total = reader.required("total") {
      $0.integer(in: 1...maximumTotal, expected: "an integer from 1 to \(maximumTotal)")
    }
    let alive = reader.required("alive") { element -> Int? in
      guard let alive = element.count() else { return nil }
      guard alive <= total ?? .max else {
        return element.fault(expected: "at most the \(total ?? 0) cells counted")
      }
      return alive
    }
    guard let alive, let total else { return nil }
    (self.label, self.alive, self.total) = (label, alive, total)
  }
}

extension PlateletResponseEvidence.MycoplasmaTest {
  fileprivate init?(_ label: String, _ reader: inout ObjectReader) {
    let isPositive = reader.required("positive") { $0.boolean() }
    guard let isPositive else { return nil }
    (self.label, self.isPositive) = (label, isPositive)
  }
}

extension NamedList<NamedAnalysis> {
  fileprivate func analysis(_ id: String?) -> Analysis? {
    values.first { $0.id == id }?.analysis
  }

  fileprivate func doseResponse(_ id: String?) -> DoseResponseAnalysis? {
    guard case .doseResponse(let analysis)? = analysis(id)?.kind else { return nil }
    return analysis
  }

  /// What the doses of a dose-response analysis are given in.
  fileprivate func doses(of id: String?) -> Quantity? { doseResponse(id)?.assay?.dose }
}

extension Element {
  /// The id of an analysis of one of `kinds`.
  fileprivate func analysis(
    of kinds: [KindName], _ analyses: NamedList<NamedAnalysis>
  ) -> String? {
    let names = kinds.map(\.rawValue)
    // The kind of a faulty analysis is not known, so nothing is said of it.
    let fitting = analyses.values.filter { named in
      named.analysis.map { names.contains($0.kindName) } ?? true
    }
    let what = "the id of an analysis of the kind \(names.joined(separator: " or "))"
    guard case .string(let id) = node.value, let kind = analyses.analysis(id)?.kindName,
      !names.contains(kind)
    else {
      return reference(to: what, among: fitting.map(\.id), isComplete: analyses.isComplete)
    }
    return fault(found: "\(quoted(id)), an analysis of the kind \(kind)", expected: what)
  }

  fileprivate func comparisonOfCurves(_ analyses: NamedList<NamedAnalysis>) -> String? {
    guard let id = analysis(of: [.doseResponse], analyses) else { return nil }
    if let curves = analyses.doseResponse(id),
      !curves.comparisons.contains(where: { $0 == .equalED50 || $0 == .relativePotency })
    {
      return fault(
        found: "\(quoted(id)), which compares no curves",
        expected: "an analysis with the comparison \"equal-ed50\" or \"relative-potency\"")
    }
    return id
  }

  fileprivate func analysisOfLots(_ analyses: NamedList<NamedAnalysis>) -> String? {
    guard let id = analysis(of: [.doseResponse], analyses) else { return nil }
    if let curves = analyses.doseResponse(id), curves.lotKey == nil {
      return fault(
        found: "\(quoted(id)), which is not fitted lot by lot",
        expected: "an analysis with \"lots\"")
    }
    return id
  }

  fileprivate func amount() -> Double? {
    number({ $0 >= 0 && $0 <= finiteNumbers.upperBound }, expected: "a number from 0 to 1e100")
  }

  /// At least one object, each with a name of its own under `key`.
  fileprivate func labelled<Value>(
    by key: String, _ read: (String, inout ObjectReader) -> Value?
  ) -> [Value]? {
    var seen: Set<String> = []
    return list(atLeastOne: true) { element -> Value? in
      guard var reader = ObjectReader(element) else { return nil }
      let name = reader.required(key) { $0.text() }
      let value = read(name ?? "", &reader)
      reader.finish()
      guard let name, let value else { return nil }
      guard seen.insert(name).inserted else {
        return element.fault(found: "\(quoted(name)) again", expected: "each \(key) once")
      }
      return value
    }
  }
}
