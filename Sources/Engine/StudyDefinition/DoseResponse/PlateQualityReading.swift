import DoseResponse

extension PlateQualityAnalysis {
  /// Reads the keys of an analysis of plates, and resolves them against the assays.
  static func read(_ reader: inout ObjectReader, _ context: AnalysisContext)
    -> PlateQualityAnalysis?
  {
    let assayElement = reader.required("assay") { $0 }
    let assay = assayElement.flatMap { context.assay($0) }
    let model = reader.optional("model") { $0.choice(of: DoseResponseModel.self, what: "a model") }
    let curves = reader.element("curves")
    let keys = curves.map { $0.wellKeys() }
    guard let assay, let assayElement, let keys = keys ?? assay.curveKeys,
      assay.groups(keys, curves ?? assayElement) != nil, model != nil || !reader.has("model")
    else { return nil }
    let used = model ?? .logLogistic4
    if !used.takesNegativeDoses, assay.wells.contains(where: { ($0.dose ?? 0) < 0 }) {
      (reader["model"] ?? assayElement).reportNegativeDoses(used)
    }
    let plates = assay.plates.map { plate in
      Plate(
        name: plate.name, wells: plate.wells,
        curves: WellGrouping(keys: keys).groups(plate.wells).map {
          Curve(name: $0.name, wells: $0.places)
        })
    }
    return PlateQualityAnalysis(assay: assay, model: used, plates: plates)
  }
}
