import Inference
import Results

/// A value of a row before it has its place, with what a reader should know about it.
struct RowValue {
  let value: ReportedValue
  var warning: String?

  init(_ value: ReportedValue, warning: String? = nil) {
    self.value = value
    self.warning = warning
  }

  init(_ count: Int) {
    self.init(.number(Double(count)))
  }

  /// A number, or ±∞ as unbounded.
  init(_ number: Double, warning: String? = nil) {
    precondition(!number.isNaN, "a result that is not a number")
    if number.isFinite {
      self.init(.number(number), warning: warning)
    } else {
      self.init(.unbounded(number > 0 ? .above : .below), warning: warning)
    }
  }

  /// The number computed, or why there is none.
  init(_ compute: () throws(NotEstimable) -> Double) {
    do throws(NotEstimable) { self.init(try compute()) } catch { self.init(error) }
  }

  init(_ reason: NotEstimable) {
    self.init(.notEstimable(reason.reason))
  }
}

extension ConfidenceInterval {
  /// The limits asked for, with what a reader should know about them, or else the `warning`.
  func rowValues(scale: Double, isDegenerate: Bool, warning: String? = nil) -> [RowValue] {
    let own = isDegenerate ? degenerateWarning : isHull ? hullWarning : warning
    return [lower, upper].compactMap { $0 }.map { RowValue($0 * scale, warning: own) }
  }
}

let degenerateWarning = "degenerate interval: a single point"

let hullWarning = "accepted values are not an interval"
