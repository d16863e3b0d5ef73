import DoseResponse
import Inference
package import Results
package import StudyDefinition

/// Statistics that are computed together; their names are known before.
struct CurvePart {
  let keys: [StatisticKey]
  /// One value a key; where it throws, none of them exists.
  let values: (CurveFits) throws(NotEstimable) -> [RowValue]

  init(
    _ measure: String, method: String = "", _ names: [String],
    values: @escaping (CurveFits) throws(NotEstimable) -> [RowValue]
  ) {
    keys = names.map { StatisticKey(measure: measure, method: method, name: $0) }
    self.values = values
  }

  func statistics(_ fits: CurveFits, unit: String) -> [Statistic] {
    keys.statistics(unit: { hasUnit($0) ? unit : "" }) {
      () throws(NotEstimable) in try values(fits)
    }
  }

  private func hasUnit(_ key: StatisticKey) -> Bool {
    ["estimate", "lower", "upper", "prediction_lower", "prediction_upper"].contains(key.name)
      || key.name.hasPrefix("standard_error")
  }
}

/// The parts at one place, and the unit of its numbers.
struct CurveRows {
  let place: RowPlace
  var unit = ""
  let parts: [CurvePart]
}

extension DoseResponseAnalysis {
  /// All rows in the order in which they are reported.
  var plannedRows: [CurveRows] {
    let units = units
    return units.indices.flatMap { unitRows($0, units[$0]) }
      + (lotKey == nil ? [] : curves.flatMap { pooledRows($0.name, units) })
      + selectionRows(units) + comparisonRows
  }

  /// The rows, known before anything is computed.
  package var plannedKeys: [(place: RowPlace, keys: [StatisticKey])] {
    plannedRows.map { ($0.place, $0.parts.flatMap(\.keys)) }
  }

  /// The rows of one unit: doses, parameters, then the fit, each by all models.
  private func unitRows(_ index: Int, _ unit: CurveUnit) -> [CurveRows] {
    let doses = doseTargets.map { target in
      CurveRows(
        place: target.place(unit.groups), unit: dose.unit,
        parts: models.flatMap { targetParts(target, $0, index) }
          + (selection == .average ? averageParts(target, index) : []))
    }
    let parameters = allParameters.map { parameter in
      CurveRows(
        place: CurveTarget.parameter(parameter).place(unit.groups), unit: unitOf(parameter),
        parts: models.filter { responseCurve($0).parameters.contains(parameter) }.flatMap {
          targetParts(.parameter(parameter), $0, index)
        })
    }
    let fit = CurveRows(
      place: RowPlace(groups: unit.groups, variable: "fit", level: ""),
      parts: models.flatMap { fitParts($0, index) })
    return doses + parameters + [fit]
  }

  /// The unit of a parameter where it is that of the dose or of the response.
  func unitOf(_ parameter: CurveParameter) -> String {
    switch parameter {
    case .ed50, .location, .scale: dose.unit
    case .lower, .upper, .e0, .emax, .intercept, .mean, .e1:
      responseKind == .continuous ? response.unit : ""
    default: ""
    }
  }

  /// Estimate, standard errors and limits of a number by one model.
  private func targetParts(
    _ target: CurveTarget, _ model: DoseResponseModel, _ unit: Int
  ) -> [CurvePart] {
    let errors = information.map { information -> CurvePart in
      CurvePart(model.rawValue, [information.statisticName]) { fits throws(NotEstimable) in
        let fit = try fits.fit(model, unit)
        try fits.requireShape(target, model, unit)
        return [
          RowValue(
            try fit.fit.standardError(try fit.target(target, fits.units[unit]), information))
        ]
      }
    }
    let estimate = CurvePart(model.rawValue, ["estimate"]) { fits throws(NotEstimable) in
      let fit = try fits.fit(model, unit)
      try fits.requireShape(target, model, unit)
      let place = try fit.target(target, fits.units[unit])
      return [fits.shown(try fit.fit.set.evaluate(place, fit.fit.estimates).value, target, unit)]
    }
    let limits = intervals.map { method in
      CurvePart(model.rawValue, method: method.rawValue, ["lower", "upper"]) {
        fits throws(NotEstimable) in
        try fits.requireShape(target, model, unit)
        let interval = try fits.interval(method, target, model, unit)
        return [interval.lower, interval.upper].map {
          fits.limit($0 ?? 0, target, unit, isHull: interval.isHull)
        }
      }
    }
    return [estimate] + errors + limits
  }
}

extension CurveFits {
  /// - Throws: `NotEstimable` for a dose of a curve that is flat.
  func requireShape(
    _ target: CurveTarget, _ model: DoseResponseModel, _ unit: Int
  ) throws(NotEstimable) {
    guard target.isDose, isFlat(model, unit) else { return }
    throw NotEstimable("the curve is flat")
  }

  /// Whether the test against a constant does not reject it.
  func isFlat(_ model: DoseResponseModel, _ unit: Int) -> Bool {
    guard let p = try? flatness(model, unit) else { return false }
    return p > level.alpha
  }

  /// An estimate, or for a dose outside those tested the bound that it lies beyond.
  func shown(_ value: Double, _ target: CurveTarget, _ unit: Int) -> RowValue {
    guard target.isDose, !analysis.extrapolates, value.isFinite,
      let tested = testedDoses(unit)
    else { return RowValue(value) }
    let reason = "outside the doses tested"
    if value > tested.upperBound {
      return RowValue(.censored(.above, bound: tested.upperBound), warning: reason)
    }
    if value < tested.lowerBound {
      return RowValue(.censored(.below, bound: tested.lowerBound), warning: reason)
    }
    return RowValue(value)
  }

  /// A limit, with what is to be said of it.
  func limit(_ value: Double, _ target: CurveTarget, _ unit: Int, isHull: Bool) -> RowValue {
    let warning = isHull ? hullWarning : nil
    if value == 0, target.isDose { return RowValue(0, warning: "open: no lower dose is refuted") }
    let row = shown(value, target, unit)
    return row.warning == nil ? RowValue(row.value, warning: warning) : row
  }

  private func testedDoses(_ unit: Int) -> ClosedRange<Double>? {
    units[unit].testedDoses(positive: analysis.models.contains { $0.isOfLogDose })
  }
}

extension FitInformation {
  /// The name of the standard error from it.
  var statisticName: String {
    switch self {
    case .expected: "standard_error"
    case .observed: "standard_error_observed"
    case .sandwich: "standard_error_sandwich"
    }
  }
}
