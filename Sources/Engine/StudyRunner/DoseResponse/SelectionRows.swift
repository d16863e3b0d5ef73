import DoseResponse
import Glibc
import Inference
import Results
import StudyDefinition

extension DoseResponseAnalysis {
  /// How the models of each unit compare.
  func selectionRows(_ units: [CurveUnit]) -> [CurveRows] {
    guard let selection else { return [] }
    return units.indices.flatMap { unit in
      models.map { model in
        CurveRows(
          place: RowPlace(
            groups: units[unit].groups, variable: "selection", level: model.rawValue),
          parts: [
            selection == .fTest
              ? nestedPart(model, unit) : criterionPart(selection, model, unit)
          ])
      }
    }
  }

  private func criterionPart(
    _ selection: ModelSelection, _ model: DoseResponseModel, _ unit: Int
  ) -> CurvePart {
    let names = ["aicc", "delta_aicc", "weight"] + (selection == .average ? [] : ["selected"])
    return CurvePart(selection.rawValue, names) { fits throws(NotEstimable) in
      let criteria = fits.criteria(unit)
      guard let own = criteria.firstIndex(where: { $0.model == model }) else {
        throw NotEstimable(try fits.reasonWithoutCriterion(model, unit))
      }
      let values = criteria.map(\.aicc)
      let least = values.min() ?? 0
      // Of models that rounding alone tells apart, the first listed.
      let chosen = values.firstIndex { $0 - least <= 1e-9 * abs(least) }
      return [
        RowValue(values[own]), RowValue(values[own] - least),
        RowValue(ModelAverage(criteria: values).weights[own]),
      ] + (selection == .average ? [] : [RowValue(own == chosen ? 1 : 0)])
    }
  }

  /// A model against the next larger one of which it is a special case.
  private func nestedPart(_ model: DoseResponseModel, _ unit: Int) -> CurvePart {
    let names =
      responseKind == .continuous
      ? ["statistic", "df", "df2", "p_value", "selected"]
      : ["statistic", "df", "p_value", "selected"]
    return CurvePart(ModelSelection.fTest.rawValue, names) { fits throws(NotEstimable) in
      let larger = models.filter { model.isSpecialCase(of: $0) }
      let kept = try fits.keptByTests(unit)
      guard
        let next = larger.min(by: {
          responseCurve($0).parameters.count < responseCurve($1).parameters.count
        })
      else { throw NotEstimable("no larger model of its kind is listed") }
      let test = try fits.fit(model, unit).fit.extraSumOfSquares(try fits.fit(next, unit).fit)
      let numbers = [test.statistic, test.degreesOfFreedom, test.denominator].compactMap { $0 }
      return (numbers + [test.pValue, kept == model ? 1 : 0]).map { RowValue($0) }
    }
  }

  /// A dose averaged over the models.
  func averageParts(_ target: CurveTarget, _ unit: Int) -> [CurvePart] {
    let measure = ModelSelection.average.rawValue
    func average(
      _ fits: CurveFits
    ) throws(NotEstimable) -> (mean: Double, standardError: Double) {
      try fits.averagedLogDose(target, unit)
    }
    return [
      CurvePart(measure, ["estimate"]) { fits throws(NotEstimable) in
        [fits.shown(exp(try average(fits).mean), target, unit)]
      },
      CurvePart(measure, ["log_standard_error"]) { fits throws(NotEstimable) in
        [RowValue(try average(fits).standardError)]
      },
      CurvePart(measure, method: CurveIntervalMethod.waldLog.rawValue, ["lower", "upper"]) {
        fits throws(NotEstimable) in
        let (mean, error) = try average(fits)
        let z = fits.level.normalCriticalValue(.two)
        return [-z, z].map { fits.limit(exp(mean + $0 * error), target, unit, isHull: false) }
      },
    ]
  }
}

extension CurveFits {
  /// The models of a unit that have an AICc.
  func criteria(_ unit: Int) -> [(model: DoseResponseModel, aicc: Double)] {
    analysis.models.compactMap { model in
      guard let fit = try? fit(model, unit), let aicc = try? fit.fit.aicc() else { return nil }
      return (model, aicc)
    }
  }

  fileprivate func reasonWithoutCriterion(
    _ model: DoseResponseModel, _ unit: Int
  ) throws(NotEstimable) -> String {
    _ = try fit(model, unit).fit.aicc()
    return "no model has a criterion"
  }

  /// The smallest model that no larger one of its kind fits better than by chance.
  fileprivate func keptByTests(_ unit: Int) throws(NotEstimable) -> DoseResponseModel? {
    let ordered = analysis.models.sorted {
      analysis.responseCurve($0).parameters.count < analysis.responseCurve($1).parameters.count
    }
    for model in ordered {
      let own = try fit(model, unit).fit
      var isKept = true
      for other in ordered where model.isSpecialCase(of: other) {
        let test = try own.extraSumOfSquares(try fit(other, unit).fit)
        if test.pValue < level.alpha { isKept = false }
      }
      if isKept { return model }
    }
    return nil
  }

  fileprivate func averagedLogDose(
    _ target: CurveTarget, _ unit: Int
  ) throws(NotEstimable) -> (mean: Double, standardError: Double) {
    var (criteria, values, errors) = ([Double](), [Double](), [Double]())
    var reason: NotEstimable?
    for (model, aicc) in self.criteria(unit) {
      do throws(NotEstimable) {
        try requireShape(target, model, unit)
        let fit = try fit(model, unit)
        let place = try fit.target(target, units[unit])
        guard fit.fit.set.isPositive(place) else {
          throw NotEstimable("doses of some models may be negative, and have no logarithm")
        }
        let value = try fit.fit.set.evaluate(place, fit.fit.estimates).value
        errors.append(try fit.fit.standardError(place, analysis.information[0]) / value)
        values.append(log(value))
        criteria.append(aicc)
      } catch {
        reason = error
      }
    }
    guard !values.isEmpty else {
      throw reason ?? NotEstimable("no model has a criterion")
    }
    return ModelAverage(criteria: criteria).average(values, standardErrors: errors)
  }
}
