import CFitKernels
import Glibc
import LinearAlgebra

/// A curve between two plateaus as the kernels see it.
///
/// f = lower p + upper q, p and q the shares by the kernel's shape. The columns of the kernel are
/// p, q, ∂q/∂z, (u − location) ∂q/∂z and −∂q/∂asymmetry.
struct RowsKernel {
  private let sigmoid: Sigmoid
  private let form: CurveForm

  /// `nil` for forms that the kernels do not know.
  init?(_ form: CurveForm) {
    guard case .sigmoid(let sigmoid) = form, !sigmoid.isHormesis else { return nil }
    self.sigmoid = sigmoid
    self.form = form
  }

  static let columns = Int(ROWS_COLUMNS) - 1

  /// Whether the kernel's shape is the other way up.
  private var isExchanged: Bool { sigmoid.shape == .complementaryGumbel }

  private func plateaus(_ linear: [Double]) -> (lower: Double, upper: Double) {
    if sigmoid.composition == .rise { return (linear[0], linear[0] + linear[1]) }
    return isExchanged ? (linear[1], linear[0]) : (linear[0], linear[1])
  }

  private var shape: rows_shape {
    switch sigmoid.shape {
    case .logistic: sigmoid.isAsymmetric ? rows_asymmetric : rows_logistic
    case .normal: rows_normal
    case .gumbel, .complementaryGumbel: rows_gumbel
    }
  }

  func curve(_ linear: [Double], _ nonlinear: [Double]) -> rows_curve {
    let location = sigmoid.location(nonlinear)
    let (lower, upper) = plateaus(linear)
    return rows_curve(
      shape: Int32(shape.rawValue), is_log_dose: sigmoid.isLogDose ? 1 : 0,
      slope: sigmoid.signedSlope(nonlinear),
      location: sigmoid.isLogDose ? log(location) : location,
      asymmetry: sigmoid.asymmetry(nonlinear), lower: lower, upper: upper)
  }

  /// ∂f/∂`parameter` as a combination of the kernel's columns.
  func change(
    by parameter: CurveParameter, _ linear: [Double], _ nonlinear: [Double]
  ) -> [Double] {
    let (lower, upper) = plateaus(linear)
    let slope = sigmoid.signedSlope(nonlinear)
    switch parameter {
    case sigmoid.linear[0]:
      if sigmoid.composition == .rise { return [1, 1, 0, 0, 0] }
      return isExchanged ? [0, 1, 0, 0, 0] : [1, 0, 0, 0, 0]
    case sigmoid.linear[1]: return isExchanged ? [1, 0, 0, 0, 0] : [0, 1, 0, 0, 0]
    case sigmoid.slope: return [0, 0, 0, (upper - lower) * sigmoid.sign, 0]
    case sigmoid.location:
      let scale = sigmoid.isLogDose ? sigmoid.location(nonlinear) : 1
      return [0, 0, -(upper - lower) * slope / scale, 0, 0]
    default: return [0, 0, 0, 0, -(upper - lower)]
    }
  }
}
