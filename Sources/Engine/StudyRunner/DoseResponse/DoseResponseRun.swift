import DoseResponse
import Inference
import JSON
import Probability
import Results
import StudyDefinition

extension DoseResponseAnalysis {
  /// Fits the curves and computes their rows and figures into `result`.
  func run(level: ConfidenceLevel, stream: RandomStream, into result: inout AnalysisResult) {
    let fits = CurveFits(self, level: level, stream: stream)
    result.groups = plannedRows.map { rows in
      ResultGroup(rows.place, rows.parts.flatMap { $0.statistics(fits, unit: rows.unit) })
    }
    result.series = fits.series
    result.warnings += plateWarnings + fits.warnings + fits.parallelismWarnings + planWarnings
    if models.contains(where: { $0.rawValue.hasPrefix("cedergreen") }) {
      result.warnings.append(
        "Cedergreen's exp(−1/x^alpha) has no scale: in another unit of dose it is another curve.")
    }
  }

  func describe(in result: inout AnalysisResult) {
    result.methods =
      models.map { MethodNote($0) } + [MethodNote(responseKind)]
      + intervals.map { MethodNote($0) } + information.map { MethodNote($0) }
      + (robust == .none ? [] : [MethodNote(robust)])
      + (weights == .none ? [] : [MethodNote(weights)])
      + (selection.map { [MethodNote($0)] } ?? []) + comparisons.map { MethodNote($0) }
    assay?.describe(in: &result)
    result.labels[Grouping("axis", "dose")] = dose.title
    result.labels[Grouping("axis", "response")] = DisplayScale(self).title(response)
    result.notes += conventions
  }

  /// What the analysis asks for that its data or models can hardly give.
  private var planWarnings: [String] {
    var warnings: [String] = []
    if lotKey != nil, let fewest = curves.map(\.lots.count).min(), fewest < 5 {
      warnings.append(
        "\(fewest) lots say little of how lots vary: limits and predictions are wide, and rest on the "
          + "model.")
    }
    let isNested = models.contains { model in models.contains { model.isSpecialCase(of: $0) } }
    if selection == .fTest, !isNested {
      warnings.append("No model is a special case of another: the F test selects none.")
    }
    return warnings
  }

  /// The plates of an assay with positive controls that fail its criteria; their wells are fitted all
  /// the same.
  private var plateWarnings: [String] {
    guard let assay, responseKind == .continuous,
      assay.wells.contains(where: { $0.role == .positive })
    else { return [] }
    let criteria = PlateCriteria(assay.quality)
    return assay.plates.compactMap { plate in
      let verdict = plate.controls.verdict(criteria)
      guard case .failed = verdict else { return nil }
      let reasons = verdict.reasons.joined(separator: "; ")
      return "Plate \(plate.name) fails (\(reasons)); nothing was left out or repaired."
    }
  }

  /// What the numbers mean.
  private var conventions: [String] {
    var notes = [
      "EDp is the dose at which the response has gone p % of its way from dose 0 to its limit at "
        + "infinite dose; an absolute dose is the one at which the response has the value given."
    ]
    if !extrapolates {
      notes.append("Doses outside those tested are told as beyond the outermost dose.")
    }
    if let assay, assay.wells.contains(where: { $0.role == .blank }) {
      notes.append(
        "The raw signal is fitted, the mean blank of its plate subtracted with its uncertainty, which the "
          + "wells of a plate have in common; wells of the vehicle are dose 0.")
    } else if assay != nil {
      notes.append("The raw signal is fitted; wells of the vehicle are dose 0.")
    }
    if flatnessSamples > 0 {
      notes.append(
        "A curve is flat where F of the curve against a constant is not beyond that of "
          + "\(flatnessSamples) simulated flat curves on the same doses; it has no effective doses."
      )
    }
    if lotKey != nil {
      notes.append(
        "Each lot is fitted by itself; the pooled rows are of two stages, what varies between lots by "
          + "restricted maximum likelihood, with limits by Hartung and Knapp and a prediction for a "
          + "new lot. Parameters are pooled together, with one Q for all of them, each dose by itself; "
          + "of doses the standard deviation between lots is that of their logarithms.")
    }
    if let assay, assay.normalization != .none, responseKind == .continuous {
      notes.append("Figures show percentages of the controls of each plate; tables the signal.")
    }
    return notes
  }
}

extension CurveFits {
  /// What a reader must know before the numbers: verdicts of curves, and wells left out.
  var warnings: [String] {
    let several = analysis.models.count > 1
    let verdicts = units.indices.flatMap { unit in
      analysis.models.compactMap { model -> String? in
        let finding = findings(model, unit)[0]
        guard finding.verdict != .converged else { return nil }
        let name = [units[unit].name, several ? model.rawValue : ""].filter { !$0.isEmpty }
        let subject = name.isEmpty ? "" : name.joined(separator: ", ") + ": "
        return "\(subject)\(finding.verdict.rawValue): \(finding.reason)."
      }
    }
    let removed = units.indices.flatMap { unit in
      removedPoints(unit).sorted().map { index -> String in
        let point = units[unit].points[index]
        let well = point.row.flatMap { row in
          point.column.map { "\(rowName(row))\($0)" }
        }
        let place = [point.plate.map { "plate \($0)" }, well.map { "well \($0)" }]
          .compactMap { $0 }
        let name = ([units[unit].name].filter { !$0.isEmpty } + place).joined(separator: ", ")
        return "Left out as an outlier: \(name.isEmpty ? "" : name + ", ")dose "
          + "\(point.dose.shortestDecimal), response \(point.response.shortestDecimal)."
      }
    }
    return verdicts + removed
  }

  /// A row of a plate: A to Z, then AA.
  private func rowName(_ row: Int) -> String {
    let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    let last = String(letters[(row - 1) % 26])
    return row > 26 ? String(letters[(row - 1) / 26 - 1]) + last : last
  }
}
