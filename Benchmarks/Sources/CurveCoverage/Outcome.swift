import DoseResponse
import Foundation
import Inference
import LinearAlgebra
import Probability

/// A way to a confidence interval of the ED50.
enum Method: String, CaseIterable {
  case profile
  case logWald = "log Wald"
  case wald = "Wald"
}

extension CurveSetFit {
  /// The 95 % interval of the ED50; `nil` where there is none.
  func interval(_ method: Method) -> ConfidenceInterval? {
    let target = SetTarget.dose(.relative(percent: 50), curve: 0)
    if method == .profile { return try? profileInterval(target, level: .percent95) }
    guard let ed50 = try? set.evaluate(target, estimates),
      let error = try? covariance(.expected).standardError(along: ed50.gradient)
    else { return nil }
    let t = StudentT(degreesOfFreedom: Double(degreesOfFreedom))
      .quantile(upperTail: ConfidenceLevel.percent95.tailProbability(.two))
    let half = t * error
    // At the end of what is searched there is no error.
    guard half > 0, half.isFinite else { return nil }
    var (lower, upper) = (ed50.value - half, ed50.value + half)
    if method == .logWald {
      let factor = exp(half / ed50.value)
      (lower, upper) = (ed50.value / factor, ed50.value * factor)
    }
    return ConfidenceInterval(lower: lower, upper: upper, level: .percent95, sides: .two)
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
