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

  init(_ reason: NotEstimable) {
    self.init(.notEstimable(reason.reason))
  }
}
