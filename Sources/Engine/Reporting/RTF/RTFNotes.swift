import Results

/// What stands at the foot of the tables of an analysis, beside what belongs to one of them.
struct RTFNotes {
  /// What holds for every table of the analysis.
  let common: [Footnote]

  init(
    _ analysis: AnalysisResult, level: String, multiplicity: String,
    sources: [String: StudyResults.Source]
  ) {
    var texts = analysis.notes
    if !analysis.methods.isEmpty {
      texts.append("Level: \(level), \(multiplicity)")
      let methods = analysis.methods.map { "\($0.title) (\($0.reference.trimmingStop))" }
      texts.append("Methods: " + methods.joined(separator: "; ") + ".")
    }
    if !analysis.sources.isEmpty {
      let citations = analysis.sources.map { id in sources[id].map { "\(id): \($0.citation)" } ?? id
      }
      texts.append("Source of the data: " + citations.joined(separator: "; "))
    }
    texts += analysis.warnings.map { "Warning: " + $0 }
    common = texts.map { Footnote(mark: "", text: $0) }
  }

  /// The notes of `table` and what holds for all.
  func all(of table: Table) -> [Footnote] { table.footnotes + common }
}

extension String {
  /// Without a full stop at its end.
  fileprivate var trimmingStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
