import DoseResponse
import Inference

/// A way to a confidence interval of the ED50.
enum Method: String, CaseIterable {
  case profile
  case logWald = "log Wald"
  case wald = "Wald"
}

extension CurveSetFit {
  /// The 95 % interval of the ED50; `nil` where there is none.
  func interval(_ method: Method) -> ConfidenceInterval? {
    let ed50 = SetTarget.parameter(set.parameters.firstIndex { $0.parameter == .ed50 }!)
    let level = ConfidenceLevel.percent95
    return switch method {
    case .profile: try? profileInterval(ed50, level: level)
    case .logWald: try? waldLogInterval(ed50, information: .expected, level: level)
    case .wald: try? waldInterval(ed50, information: .expected, level: level)
    }
  }
}

/// How often intervals hold the true value.
struct Tally: Sendable {
  var curves = 0
  /// Without an interval.
  var none = 0
  var covering = 0
  /// With a lower limit of 0, or an upper one of infinity.
  var openBelow = 0
  var openAbove = 0
  var negative = 0

  mutating func count(_ interval: ConfidenceInterval?, truth: Double) {
    curves += 1
    guard let interval, let lower = interval.lower, let upper = interval.upper else {
      none += 1
      return
    }
    if interval.contains(truth) { covering += 1 }
    if lower == 0 { openBelow += 1 }
    if upper == .infinity { openAbove += 1 }
    if lower < 0 { negative += 1 }
  }

  /// Of the curves with an interval.
  var coverage: Double { Double(covering) / Double(curves - none) }

  /// The Monte-Carlo error of the coverage.
  var standardError: Double {
    (coverage * (1 - coverage) / Double(curves - none)).squareRoot()
  }
}
