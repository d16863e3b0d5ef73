import DoseResponse
import JSON
import Results
import StudyDefinition

extension PlateQualityAnalysis {
  /// Writes axes, methods, conventions and sources of an analysis of plates into `result`.
  func describe(in result: inout AnalysisResult) {
    assay.describe(in: &result)
    let normalization = PlateNormalization(assay.normalization)
    result.methods =
      [MethodNote(model)] + (normalization == .none ? [] : [MethodNote(normalization)])
    result.labels[Grouping("axis", "percent")] = percentTitle
    result.notes.append(criteria)
    result.notes.append(
      "Curves are fitted plate by plate to the signal above the mean blank, with vehicle wells as "
        + "dose 0. Residuals are in standard deviations of all curves of the plate. Effects of edge "
        + "(Welch's test), rows and columns (Kruskal and Wallis' test of the residuals) are warned of "
        + "where p times the number of these tests over all plates is below "
        + "\(shown(1 - result.level)).")
    result.notes.append(
      "Nothing was repaired and no plate or well left out: numbers stand as measured, and other "
        + "analyses use all plates, those that fail as well.")
  }

  /// What responses in percent are called.
  private var percentTitle: String? {
    switch assay.normalization {
    case .none: nil
    case .percentOfControl: "\(assay.response.name), % of vehicle"
    case .percentOfRange: "\(assay.response.name), % of the way from vehicle to positive control"
    }
  }

  /// What a plate must reach.
  private var criteria: String {
    let quality = assay.quality
    var parts = [
      "Z′ of at least \(quality.minimumZPrime.shortestDecimal)",
      "a vehicle CV of at most \(shown(100 * quality.maximumControlCV)) %",
    ]
    if let positive = quality.positive {
      let range = "\(positive.minimum.shortestDecimal) to \(positive.maximum.shortestDecimal)"
      parts.append(
        "a mean positive control of \(range)"
          + (positive.isPercent
            ? " % of the vehicle" : assay.response.unit.isEmpty ? "" : " \(assay.response.unit)"))
    }
    return "A plate passes with \(parts.joined(separator: ", "))."
  }
}

extension Assay {
  /// Writes axes, source and what must be known of the data into `result`.
  func describe(in result: inout AnalysisResult) {
    result.labels[Grouping("axis", "dose")] = dose.title
    result.labels[Grouping("axis", "response")] = response.title
    if let source, !result.sources.contains(source) { result.sources.append(source) }
    if isSimulated { result.notes.append(simulatedNote) }
    if unmeasuredWells > 0 {
      result.warnings.append(
        unmeasuredWells == 1
          ? "1 well has no response and is left out."
          : "\(unmeasuredWells) wells have no response and are left out.")
    }
  }
}

/// What every report of made-up numbers says.
let simulatedNote = "Simulated data: the numbers were made by a program, nothing was measured."
