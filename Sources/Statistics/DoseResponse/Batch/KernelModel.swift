import CFitKernels
import Glibc

/// A curve as the kernels of many fits see it: f = base + span q(z), z = slope (position − location).
struct KernelModel: Sendable {
  let shape: CurveShape
  /// The number of plateaus that are free.
  let freePlateaus: Int
  /// Where q is 0: the lower plateau, or the upper where it alone is fixed.
  let baseIsUpper: Bool
  /// From the data of the kernel to responses: origin and unit.
  let base: Double
  let unit: Double
  /// −1 where the kernel's slope is the model's with the sign turned.
  let slopeSign: Double
  let isLogDose: Bool
  /// Whether q = (1 + eᶻ)^(−f), f > 0 free.
  let isAsymmetric: Bool

  /// `nil` for curves that the kernels do not know: other forms, or the slope or location fixed.
  init?(_ curve: ResponseCurve) {
    guard case .sigmoid(let sigmoid) = curve.form, sigmoid.composition == .plateaus,
      sigmoid.sign == 1, let slope = sigmoid.slope,
      curve.fixedValues[slope] == nil, curve.fixedValues[sigmoid.location] == nil,
      curve.fixedValues[.asymmetry] == nil
    else { return nil }
    let (lower, upper) = (curve.fixedValues[.lower], curve.fixedValues[.upper])
    isLogDose = sigmoid.isLogDose
    isAsymmetric = sigmoid.isAsymmetric
    freePlateaus = [lower, upper].count { $0 == nil }
    baseIsUpper = lower == nil && upper != nil
    base = (baseIsUpper ? upper : lower) ?? 0
    unit = if let lower, let upper { upper - lower } else { 1 }
    guard unit != 0, unit.isFinite, !isAsymmetric || !baseIsUpper else { return nil }
    // Upside down q is p: the symmetric shapes turned, those of Gumbel exchanged.
    shape = baseIsUpper ? sigmoid.shape.upsideDown : sigmoid.shape
    slopeSign = baseIsUpper && sigmoid.shape.isSymmetric ? -1 : 1
  }

  /// Whether the curve with its plateaus exchanged and its slope turned is the same.
  var isMirrored: Bool { freePlateaus == 2 && shape.isSymmetric && !isAsymmetric }

  /// Whether of two curves that are one upside down only that which rises with q is meant.
  var isOrdered: Bool { freePlateaus == 2 && !isMirrored }

  var kernelShape: curve_shape {
    switch shape {
    case .logistic: curve_logistic
    case .normal: curve_normal
    case .gumbel: curve_gumbel
    case .complementaryGumbel: curve_complementary_gumbel
    }
  }

  var shareRises: Bool { shape == .normal || shape == .complementaryGumbel }

  /// The z at which `percent` of the way is gone, where z rises with the dose and where it falls; of an
  /// asymmetric curve −ln q there.
  func arguments(percent: Double) -> (rising: Double, falling: Double) {
    let (gone, left) = (percent / 100, (100 - percent) / 100)
    guard !isAsymmetric else { return (-log(left), -log(gone)) }
    let upwards = shape.argument(p: left, q: gone, asymmetry: 1)
    let downwards = shape.argument(p: gone, q: left, asymmetry: 1)
    return shareRises ? (upwards, downwards) : (downwards, upwards)
  }
}

extension CurveShape {
  /// The shape whose q is this one's p, at the same z or, if symmetric, at −z.
  fileprivate var upsideDown: CurveShape {
    switch self {
    case .logistic, .normal: self
    case .gumbel: .complementaryGumbel
    case .complementaryGumbel: .gumbel
    }
  }
}
