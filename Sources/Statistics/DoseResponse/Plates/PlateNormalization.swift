public import Inference

/// The scale on which responses of a plate are shown.
public enum PlateNormalization: String, StatisticalMethod {
  case none
  case percentOfControl = "percent-of-control"
  case percentOfRange = "percent-of-range"

  public var title: String {
    switch self {
    case .none: "Raw signal"
    case .percentOfControl: "Percent of control"
    case .percentOfRange: "Percent of range"
    }
  }

  public var summary: String {
    switch self {
    case .none: "As measured."
    case .percentOfControl:
      "0 at the plate's mean blank, or at no signal without blanks, 100 at its mean vehicle."
    case .percentOfRange: "0 at the plate's mean vehicle, 100 at its mean positive control."
    }
  }

  public var reference: String {
    switch self {
    case .none: "As measured"
    case .percentOfControl, .percentOfRange: "Malo et al. (2006), Nat. Biotechnol. 24:167"
    }
  }
}
