import Results

/// The pooled effects without one study after the other, and as studies are added.
struct RefitTables {
  /// More columns than these do not fit a page: the table is split.
  private static let maximumColumns = 4

  private let results: MetaAnalysisResults

  init(_ results: MetaAnalysisResults) {
    self.results = results
  }

  var tables: [Table] {
    refits(results.omitted, "leaving out one study", corner: "Without")
      + refits(results.added, "cumulative", corner: "Up to and with")
  }

  private func refits(
    _ parts: [MetaAnalysisResults.Part], _ subject: String, corner: String
  ) -> [Table] {
    let variants = results.refittedVariants(parts)
    guard !variants.isEmpty else { return [] }
    return balanced(variants, maximum: Self.maximumColumns).map { variants in
      var writer = MetaAnalysisWriter(results)
      let rows = parts.map { part in
        Table.Row(
          style: .plain, label: part.label,
          cells: variants.map { writer.effect(results.interval($0, at: part.results)) })
      }
      return writer.table(
        "\(subject): \(results.effectHeader)", corner: corner,
        columns: variants.map { [results.titles.title($0)] }, rows,
        abbreviations: ["CI: confidence interval"] + results.titles.abbreviations(in: variants))
    }
  }
}

extension MetaAnalysisResults {
  /// The variants that were fitted again of other sets of studies.
  func refittedVariants(_ parts: [Part]) -> [String] {
    let found = Set(parts.first?.results.methods { $0.name == "estimate" } ?? [])
    return variants.filter(found.contains)
  }
}
