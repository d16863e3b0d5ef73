import DoseResponse
import Glibc
import Inference
import LinearAlgebra
import Results
import StudyDefinition

extension DoseResponseAnalysis {
  /// The lots of a curve pooled: each parameter and each dose.
  func pooledRows(_ curve: String, _ units: [CurveUnit]) -> [CurveRows] {
    let groups = curve.isEmpty ? [] : [Grouping("curve", curve)]
    let lots = units.indices.filter { units[$0].curve == curve }
    let targets = doseTargets + allParameters.map { CurveTarget.parameter($0) }
    return targets.map { target in
      let unit: String =
        if case .parameter(let parameter) = target { unitOf(parameter) } else { dose.unit }
      return CurveRows(
        place: target.place(groups), unit: unit,
        parts: models.filter { target.isOf(responseCurve($0)) }.map {
          pooledPart(target, $0, lots)
        })
    }
  }

  private func pooledPart(
    _ target: CurveTarget, _ model: DoseResponseModel, _ lots: [Int]
  ) -> CurvePart {
    CurvePart(
      model.rawValue, method: "lots/reml",
      [
        "estimate", "standard_error", "lower", "upper", "between_lot_sd", "between_lot_cv",
        "prediction_lower", "prediction_upper", "lots", "q", "q_df", "q_p_value",
      ]
    ) { fits throws(NotEstimable) in
      let pooled = try fits.pooled(target, model, lots)
      let mean = pooled.pool.mean(pooled.index)
      let interval = mean.interval(level: fits.level)
      let scale = { (value: Double) in pooled.isLog ? exp(value) : value }
      let cv = RowValue { () throws(NotEstimable) in
        pooled.isLog
          ? try pooled.pool.variationOfExponential(pooled.index)
          : try pooled.pool.variation(pooled.index)
      }
      let prediction = Result { () throws(NotEstimable) in
        try pooled.pool.prediction(pooled.index, level: fits.level)
      }
      func predicted(_ end: (ConfidenceInterval) -> Double?) -> RowValue {
        RowValue { () throws(NotEstimable) in scale(end(try prediction.get()) ?? 0) }
      }
      let test = pooled.pool.homogeneity
      return [
        RowValue(scale(mean.estimate)),
        RowValue(mean.standardError * (pooled.isLog ? exp(mean.estimate) : 1)),
        RowValue(scale(interval.lower ?? 0)), RowValue(scale(interval.upper ?? 0)),
        RowValue(pooled.pool.betweenLotDeviation(pooled.index)), cv, predicted(\.lower),
        predicted(\.upper), RowValue(pooled.pool.lots), RowValue(test.statistic ?? 0),
        RowValue(test.degreesOfFreedom ?? 0), RowValue(test.pValue),
      ]
    }
  }
}

extension CurveTarget {
  /// Whether a curve has it: doses always, parameters where they are free.
  fileprivate func isOf(_ curve: ResponseCurve) -> Bool {
    guard case .parameter(let parameter) = self else { return true }
    return curve.parameters.contains(parameter)
  }
}

extension CurveFits {
  /// A pool of lots, and which of its parameters is meant.
  struct Pooled {
    let pool: LotPool
    let index: Int
    /// Whether the parameter is the logarithm of what is reported.
    let isLog: Bool
  }

  /// All parameters of a model together, a dose by itself on the logarithm where it is positive.
  func pooled(
    _ target: CurveTarget, _ model: DoseResponseModel, _ lots: [Int]
  ) throws(NotEstimable) -> Pooled {
    var estimates: [LotEstimate] = []
    var isLog = false
    var index = 0
    var leftOut: NotEstimable?
    for lot in lots {
      do throws(NotEstimable) {
        try requireShape(.effect(50), model, lot)
        let fit = try fit(model, lot).fit
        guard fit.unidentifiedParameters.isEmpty else {
          throw NotEstimable("the data do not determine all parameters")
        }
        switch target {
        case .parameter(let parameter):
          index = fit.set.curve.parameters.firstIndex(of: parameter)!
          isLog = fit.set.isPositive(.parameter(index))
          estimates.append(try fit.lotEstimate())
        case .effect, .absolute:
          let place = try self.fit(model, lot).target(target, units[lot])
          isLog = fit.set.isPositive(place)
          let value = try fit.set.evaluate(place, fit.estimates).value
          let error = try fit.standardError(place, .expected) / (isLog ? value : 1)
          estimates.append(LotEstimate(isLog ? log(value) : value, variance: error * error))
        }
      } catch {
        leftOut = error
      }
    }
    guard estimates.count > 1 else {
      throw NotEstimable(
        "fewer than two lots have estimates" + (leftOut.map { ": \($0.reason)" } ?? ""))
    }
    return Pooled(
      pool: try LotPool(estimates, structure: .unstructured), index: index, isLog: isLog)
  }
}

extension CurveSetFit {
  /// The parameters of one curve, positive ones as logarithms, with their covariance.
  fileprivate func lotEstimate() throws(NotEstimable) -> LotEstimate {
    let isLog = estimates.indices.map { set.isPositive(.parameter($0)) }
    let covariance = try covariance(.expected)
    let factors = zip(estimates, isLog).map { $1 ? 1 / $0 : 1 }
    return LotEstimate(
      zip(estimates, isLog).map { $1 ? log($0) : $0 },
      covariance: covariance.scalingColumns(by: factors).scalingRows(by: factors))
  }
}
