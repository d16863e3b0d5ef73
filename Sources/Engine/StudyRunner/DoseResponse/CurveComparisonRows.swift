import DoseResponse
import Inference
import JSON
import Results
import StudyDefinition

extension DoseResponseAnalysis {
  /// Each curve beside the reference.
  var comparisonRows: [CurveRows] {
    guard let second = referencePlace else { return [] }
    return curves.indices.filter { $0 != second }.flatMap { first in
      comparisons.flatMap { rows($0, first, second) }
    }
  }

  /// The curve that others are compared with; `nil` where there is none, as with lots.
  fileprivate var referencePlace: Int? {
    lotKey == nil ? curves.firstIndex { $0.name == reference } : nil
  }

  private func rows(
    _ comparison: CurveComparison, _ curve: Int, _ reference: Int
  ) -> [CurveRows] {
    let groups = [
      Grouping("curve", curves[curve].name), Grouping("reference", curves[reference].name),
    ]
    let row = CurveRows(
      place: RowPlace(groups: groups, variable: "comparison", level: comparison.rawValue),
      parts: models.flatMap { model -> [CurvePart] in
        switch comparison {
        case .parallelism:
          [
            test(model) { set throws(NotEstimable) in try set.parallelism(of: curve, and: reference)
            }
          ]
        case .equalED50:
          [test(model) { set throws(NotEstimable) in try set.equalED50(of: curve, and: reference) }]
        case .relativePotency: potency(model, curve, reference)
        }
      })
    guard comparison == .parallelism else { return [row] }
    return [row]
      + equivalence.sorted { $0.key.rawValue < $1.key.rawValue }.map { parameter, range in
        CurveRows(
          place: RowPlace(groups: groups, variable: "ratio", level: parameter.rawValue),
          parts: models.filter { responseCurve($0).parameters.contains(parameter) }.map {
            equivalencePart($0, parameter, range, curve, reference)
          })
      }
  }

  private func test(
    _ model: DoseResponseModel, _ test: @escaping (CurveSet) throws(NotEstimable) -> FTest
  ) -> CurvePart {
    let names =
      responseKind == .continuous
      ? ["statistic", "df", "df2", "p_value"] : ["statistic", "df", "p_value"]
    return CurvePart(model.rawValue, names) { fits throws(NotEstimable) in
      let found = try test(try fits.whole(model))
      return [found.statistic, found.degreesOfFreedom, found.denominator, found.pValue]
        .compactMap { $0 }.map { RowValue($0) }
    }
  }

  private func potency(
    _ model: DoseResponseModel, _ curve: Int, _ reference: Int
  ) -> [CurvePart] {
    let target = SetTarget.potency(curve: curve, reference: reference)
    func dose(_ index: Int) -> SetTarget { .dose(.relative(percent: 50), curve: index) }
    return [
      CurvePart(model.rawValue, ["estimate"]) { fits throws(NotEstimable) in
        let fit = try fits.wholeFit(model)
        return [RowValue(try fit.set.evaluate(target, fit.estimates).value)]
      },
      CurvePart(model.rawValue, method: "fieller", ["lower", "upper"]) {
        fits throws(NotEstimable) in
        try fits.wholeFit(model).fiellerInterval(
          dose(reference), over: dose(curve), level: fits.level, information: information[0]
        ).rowValues(scale: 1, isDegenerate: false)
      },
      CurvePart(model.rawValue, method: "profile", ["lower", "upper"]) {
        fits throws(NotEstimable) in
        try fits.wholeFit(model).profileInterval(target, level: fits.level)
          .rowValues(scale: 1, isDegenerate: false)
      },
    ]
  }

  /// The ratio of a parameter to the reference's, within `range` at level 2·level − 1 or not.
  private func equivalencePart(
    _ model: DoseResponseModel, _ parameter: CurveParameter, _ range: ClosedRange<Double>,
    _ curve: Int, _ reference: Int
  ) -> CurvePart {
    CurvePart(
      model.rawValue, method: "equivalence", ["estimate", "lower", "upper", "equivalent"]
    ) { fits throws(NotEstimable) in
      guard let level = ConfidenceLevel(2 * fits.level.value - 1) else {
        throw NotEstimable("the level must be above one half")
      }
      let fit = try fits.whole(model).pair(curve, reference, sharing: []).fit()
      func place(_ index: Int) throws(NotEstimable) -> Int {
        let found = fit.set.parameters.firstIndex {
          $0.parameter == parameter && $0.curve == index
        }
        guard let found else { throw NotEstimable("the parameter is fixed") }
        return found
      }
      // In the pair the reference comes first.
      let (own, other) = (try place(1), try place(0))
      let interval = try fit.fiellerInterval(
        .parameter(own), over: .parameter(other), level: level, information: information[0])
      let isWithin =
        (interval.lower ?? -.infinity) >= range.lowerBound
        && (interval.upper ?? .infinity) <= range.upperBound
      let remark = "limits at level \(level.value.shortestDecimal): two one-sided tests"
      return [RowValue(fit.estimates[own] / fit.estimates[other])]
        + interval.rowValues(scale: 1, isDegenerate: false, warning: remark)
        + [RowValue(isWithin ? 1 : 0)]
    }
  }
}

extension CurveFits {
  /// Curves whose potency is asked for though they are not parallel to the reference.
  var parallelismWarnings: [String] {
    guard analysis.comparisons.contains(.relativePotency), let second = analysis.referencePlace
    else { return [] }
    let reference = analysis.curves[second].name
    return analysis.models.flatMap { model in
      analysis.curves.indices.filter { $0 != second }.compactMap { first -> String? in
        guard let test = try? whole(model).parallelism(of: first, and: second),
          test.pValue < level.alpha
        else { return nil }
        return "\(analysis.curves[first].name) is not parallel to \(reference) "
          + "(\(model.rawValue), \(shownP(test.pValue))): its potency is another at each response."
      }
    }
  }
}
