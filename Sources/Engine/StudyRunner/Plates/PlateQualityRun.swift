import DoseResponse
import Inference
import Results
import StudyDefinition

extension PlateQualityAnalysis {
  /// Computes every plate, in order, into `result`.
  func run(level: ConfidenceLevel, into result: inout AnalysisResult) {
    let fitted = plates.map { FittedPlate($0, model) }
    let criteria = PlateCriteria(assay.quality)
    let verdicts = fitted.map { $0.plate.controls.verdict(criteria) }
    result.groups = zip(plates, zip(fitted, verdicts)).map { plate, found in
      group(plate.name, found.0.plate, found.1)
    }
    result.series.append(wells(fitted))
    result.warnings += warnings(fitted, verdicts, level: level)
    result.notes += basis(fitted)
  }

  private func warnings(
    _ fitted: [FittedPlate], _ verdicts: [PlateVerdict], level: ConfidenceLevel
  ) -> [String] {
    var warnings: [String] = []
    for (plate, verdict) in zip(plates, verdicts) {
      let reasons = verdict.reasons.joined(separator: "; ")
      switch verdict {
      case .passed: break
      case .failed: warnings.append("Plate \(plate.name) fails: \(reasons).")
      case .notAssessed: warnings.append("Plate \(plate.name) could not be assessed: \(reasons).")
      }
    }
    warnings += spatialWarnings(fitted.map(\.plate), level: level)
    for (plate, fit) in zip(plates, fitted) {
      warnings += fit.failures.map { curve, reason in
        let name = curve.isEmpty ? "the curve" : "the curve of \(curve)"
        return "Plate \(plate.name): \(name) could not be fitted, so that its wells have no "
          + "residual: \(reason)."
      }
    }
    return warnings
  }

  /// Effects of place that are unlikely to be chance among all those that were looked at.
  private func spatialWarnings(_ fitted: [DoseResponse.Plate], level: ConfidenceLevel) -> [String] {
    var tests: [(text: String, p: Double)] = []
    for (measured, plate) in zip(plates, fitted) {
      func add(_ text: String, _ p: Double?) {
        if let p { tests.append(("Plate \(measured.name): \(text)", p)) }
      }
      add(
        "wells at the edge differ from those inside\(plate.edgeText)",
        try? plate.edgeEffect.test.pValue)
      add("rows differ in what the curves leave", try? plate.rowEffect.pValue)
      add("columns differ in what the curves leave", try? plate.columnEffect.pValue)
    }
    return tests.filter { $0.p * Double(tests.count) < level.alpha }.map { test in
      "\(test.text) (\(shownP(test.p)))."
    }
  }

  /// What the edge effects were taken from.
  private func basis(_ fitted: [FittedPlate]) -> [String] {
    let names = zip(plates, fitted).compactMap { measured, fit -> String? in
      let basis = (try? fit.plate.edgeEffect)?.basis
      return basis == .residuals ? measured.name : nil
    }
    guard !names.isEmpty else { return [] }
    return [
      "Too few vehicle wells lie both at the edge and inside of \(names.joined(separator: ", ")): "
        + "the edge effect there is that of the residuals."
    ]
  }

  /// The wells in their places, with what the curves leave.
  private func wells(_ fitted: [FittedPlate]) -> Series {
    let wells = plates.flatMap(\.wells)
    let percents = zip(plates, fitted).flatMap { plate, fit -> [NormalizedResponse?] in
      let scale = try? PercentScale(
        PlateNormalization(assay.normalization), fit.plate.controls)
      return plate.wells.map { well in scale.flatMap { $0 }?.normalized(well.response) }
    }
    return Series(
      "wells",
      [
        Series.Column("plate", .texts(wells.map(\.plate))),
        Series.Column("row", .numbers(wells.map { $0.row.map(Double.init) })),
        Series.Column("column", .numbers(wells.map { $0.column.map(Double.init) })),
        Series.Column("role", .texts(wells.map(\.role.rawValue))),
        Series.Column("compound", .texts(wells.map { $0.compound ?? $0.curve ?? "" })),
        Series.Column("dose", .numbers(wells.map(\.dose))),
        Series.Column("response", .numbers(wells.map(\.response))),
        Series.Column("percent", .numbers(percents.map { $0?.percent })),
        // What the controls' means bring in, which the wells of a plate have in common.
        Series.Column(
          "percent_standard_error", .numbers(percents.map { $0?.standardError })),
        Series.Column("residual", .numbers(fitted.flatMap(\.standardisedResiduals))),
      ])
  }
}

extension Plate {
  /// How large the edge effect is, in words, where it can be told.
  fileprivate var edgeText: String {
    guard let percent = (try? edgeEffect)?.percentOfVehicle else { return "" }
    return " by \(shown(percent)) % of the vehicle"
  }
}

extension PlateNormalization {
  init(_ normalization: Assay.Normalization) {
    switch normalization {
    case .none: self = .none
    case .percentOfControl: self = .percentOfControl
    case .percentOfRange: self = .percentOfRange
    }
  }
}
