import Results

/// How p-values are adjusted within and between body systems; the raw value is its spelling in
/// results.
private enum SystemAdjustment: String {
  case doubleFDR = "double-fdr"
  case newDoubleFDR = "new-double-fdr"

  /// What the p-values of systems and events are held to, where α is `significance`.
  func criterion(_ significance: String, half: String) -> String {
    switch self {
    case .doubleFDR:
      "p-values of systems are judged at α/2 = \(half), those of events within their system at "
        + "α = \(significance); the adjusted p-value, the larger of the event's and twice the "
        + "system's, is judged at α."
    case .newDoubleFDR:
      "p-values of systems, and then those of the events of all systems that pass, are judged at "
        + "α = \(significance); the adjusted p-value of other events is 1."
    }
  }
}

extension ComparisonGrid {
  /// What a reader of adjusted p-values must know where they rest on those of systems.
  func adjustmentNotes(_ numbers: NumberText) -> [Footnote] {
    adjustments.compactMap { adjustment in
      let name = adjustment.name.split(separator: "/").last.map(String.init) ?? ""
      return SystemAdjustment(rawValue: name).map { kind in
        let criterion = kind.criterion(
          numbers.significance(level), half: numbers.significance((1 + level) / 2))
        return Footnote(mark: "", text: "\(adjustment.title): \(criterion)")
      }
    }
  }
}
