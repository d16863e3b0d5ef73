public import Inference
public import LinearAlgebra

/// Studies whose effects are normal around a mean that moderators may explain.
///
/// yᵢ ~ N(xᵢβ, vᵢ + τ²) with known vᵢ; without moderators xᵢβ is the one mean μ. Inside, effects are
/// deviations from the fit at τ² = 0, and both are in units of a power of two near the smallest √v.
public struct NormalModel: Sendable {
  public let effects: [EffectSize]
  /// p, the number of coefficients.
  public let parameters: Int
  /// One standard unit of the deviations, a power of two.
  let scale: Double
  /// The coefficients at τ² = 0.
  let origin: [Double]
  let smallestVariance: Double
  let largestVariance: Double
  /// Σ (y − ŷ)² of the unweighted fit.
  let sumOfSquares: Double
  /// tr P/Σw at τ² = 0 of a regression, of which a part of 2⁻⁵² is lost to rounding; 1 for one mean,
  /// where nothing is.
  private let leftOfWeight: Double
  let kernel: Kernel

  /// How the forms of the residuals are computed.
  enum Kernel: Sendable {
    case mean(StudyColumns)
    case regression(WeightedRegression)
  }

  /// One mean for all of at least one study.
  public init(_ effects: [EffectSize]) {
    precondition(!effects.isEmpty, "no studies")
    self.effects = effects
    parameters = 1
    let range = VarianceRange(effects)
    scale = range.scale
    (smallestVariance, largestVariance) = (range.smallest, range.largest)
    let columns = StudyColumns(effects, range)
    origin = [columns.centre]
    sumOfSquares = columns.sumOfSquares
    leftOfWeight = 1
    kernel = .mean(columns)
  }

  /// Means xβ, x the rows of `design`, k × p, which holds its own column of ones if one is wanted.
  ///
  /// - Throws: `NotEstimable` where there are not more studies than columns, or where a column is
  ///   a sum of multiples of others.
  public init(_ effects: [EffectSize], design: Matrix) throws(NotEstimable) {
    precondition(design.rows == effects.count, "\(design.rows) rows for \(effects.count) studies")
    guard effects.count > design.columns else {
      throw NotEstimable("a regression needs more studies than coefficients")
    }
    self.effects = effects
    parameters = design.columns
    let range = VarianceRange(effects)
    scale = range.scale
    (smallestVariance, largestVariance) = (range.smallest, range.largest)
    let regression = try WeightedRegression(effects, design, range)
    origin = regression.origin
    sumOfSquares = regression.sumOfSquares
    let forms = regression.forms(at: 0)
    leftOfWeight = forms.trace / forms.weight
    kernel = .regression(regression)
  }

  /// k − p.
  public var residualDegreesOfFreedom: Int { effects.count - parameters }

  /// k − p as a divisor.
  var degrees: Double { Double(residualDegreesOfFreedom) }

  /// The forms of the residuals at `tau2`, in scaled units.
  ///
  /// `mean` is where the mean is expected; the nearer, the fewer digits cancel.
  func forms(at tau2: Double, around mean: Double = 0) -> ResidualForms {
    switch kernel {
    case .mean(let columns): columns.forms(at: tau2, around: mean)
    case .regression(let regression): regression.forms(at: tau2)
    }
  }

  /// - Throws: `NotEstimable` where as many coefficients as studies leave nothing for τ², where the
  ///   powers of the weights at a τ² as large as the effects would be too small for a double, and
  ///   where next to the weights of a few studies, which determine all coefficients, those of the
  ///   others are lost.
  func requireResiduals() throws(NotEstimable) {
    guard residualDegreesOfFreedom > 0 else {
      throw NotEstimable("one study says nothing of differences between studies")
    }
    guard sumOfSquares <= 1e90, largestVariance <= 1e90, leftOfWeight >= 1e-9 else {
      throw .tooWideRange
    }
  }

  /// A variance in units of the effects as given.
  func unscaled(_ variance: Double) -> Double { variance * scale * scale }

  /// A variance in the units of the deviations.
  func scaled(_ variance: Double) -> Double { variance / scale / scale }
}

/// The smallest and the largest variance, in units of the power of four next to the smallest.
struct VarianceRange {
  /// The square root of that power of four.
  let scale: Double
  let smallest: Double
  let largest: Double
  let indexOfSmallest: Int

  init(_ effects: [EffectSize]) {
    var (index, smallest, largest) = (0, effects[0].variance, effects[0].variance)
    for (i, effect) in effects.enumerated() {
      if effect.variance < smallest { (index, smallest) = (i, effect.variance) }
      if effect.variance > largest { largest = effect.variance }
    }
    scale = Double(sign: .plus, exponent: Int(smallest.exponent) >> 1, significand: 1)
    self.smallest = smallest / scale / scale
    self.largest = largest / scale / scale
    indexOfSmallest = index
  }
}
