import Glibc
public import Inference
import LinearAlgebra
import Probability

extension LotPool {
  /// The mean over lots of a parameter, by Hartung and Knapp.
  ///
  /// The variance is that of the model times max(1, q), with Student's t of k − 1 degrees of freedom:
  /// q alone may by chance be next to 0 with few lots. Hartung & Knapp (2001), Stat. Med. 20:3875;
  /// Röver, Knapp & Friede (2015), BMC Med. Res. Methodol. 15:99.
  public func mean(_ parameter: Int) -> StudentEstimate {
    let factor = max(1, hartungKnappFactors[parameter])
    return StudentEstimate(
      estimate: means[parameter],
      standardError: (factor * covariance[parameter, parameter]).squareRoot(),
      degreesOfFreedom: Double(lots - 1))
  }

  /// ψ, the standard deviation between lots of a parameter.
  public func betweenLotDeviation(_ parameter: Int) -> Double {
    betweenLotCovariance[parameter, parameter].squareRoot()
  }

  /// The coefficient of variation between lots of the quantity whose logarithm the parameter is.
  ///
  /// √(exp ψ² − 1), that of a log-normal quantity.
  ///
  /// - Throws: `NotEstimable` where it is beyond the range of doubles.
  public func variationOfExponential(_ parameter: Int) throws(NotEstimable) -> Double {
    let variation = expm1(betweenLotCovariance[parameter, parameter]).squareRoot()
    guard variation.isFinite else { throw NotEstimable("the lots differ beyond all bounds") }
    return variation
  }

  /// The coefficient of variation between lots of a parameter itself, ψ/|β̂|.
  ///
  /// - Throws: `NotEstimable` where the mean is 0.
  public func variation(_ parameter: Int) throws(NotEstimable) -> Double {
    let variation = betweenLotDeviation(parameter) / abs(means[parameter])
    guard variation.isFinite else { throw NotEstimable("the mean of the lots is 0") }
    return variation
  }

  /// The interval for the parameter of one more lot, β̂ ± t √(Ψ̂ⱼⱼ + SE²), t with k − 2.
  ///
  /// SE is that of ``mean(_:)``. Higgins, Thompson & Spiegelhalter (2009), J. R. Stat. Soc. A 172:137.
  ///
  /// - Throws: `NotEstimable` for fewer than three lots.
  public func prediction(
    _ parameter: Int, level: ConfidenceLevel
  ) throws(NotEstimable) -> ConfidenceInterval {
    guard lots >= 3 else { throw NotEstimable("the prediction of a new lot needs three lots") }
    let error = hypot(betweenLotDeviation(parameter), mean(parameter).standardError)
    return StudentEstimate(
      estimate: means[parameter], standardError: error, degreesOfFreedom: Double(lots - 2)
    ).interval(level: level)
  }
}
