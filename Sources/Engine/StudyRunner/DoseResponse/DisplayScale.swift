import DoseResponse
import Inference
import StudyDefinition

/// What figures show for a signal: itself, or a percentage of the controls.
struct DisplayScale {
  let normalization: Assay.Normalization
  /// The scale of each plate, by its place; `nil` where its controls give none.
  private let plates: [PercentScale?]

  init(_ analysis: DoseResponseAnalysis) {
    normalization =
      analysis.responseKind == .continuous ? analysis.assay?.normalization ?? .none : .none
    let normalization = PlateNormalization(normalization)
    plates = (analysis.assay?.plates ?? []).map { plate in
      (try? PercentScale(normalization, plate.controls)).flatMap { $0 }
    }
  }

  /// A point's response as figures show it; `signal` has the blank subtracted, `raw` has not.
  func shown(signal: Double, raw: Double, plate: Int) -> Double? {
    guard normalization != .none else { return signal }
    return plate < plates.count ? plates[plate]?.normalized(raw).percent : nil
  }

  /// A fitted signal as figures show it, from the fitted control and the mean of the positive one.
  func shown(fitted: Double, control: Double, positive: Double?) -> Double? {
    switch normalization {
    case .none: return fitted
    case .percentOfControl: return control == 0 ? nil : 100 * fitted / control
    case .percentOfRange:
      guard let positive, positive != control else { return nil }
      return 100 * (fitted - control) / (positive - control)
    }
  }

  /// The title of the axis.
  func title(_ response: Quantity) -> String {
    switch normalization {
    case .none: response.title
    case .percentOfControl: "\(response.name) (% of control)"
    case .percentOfRange: "\(response.name) (% of the way to the positive control)"
    }
  }
}
