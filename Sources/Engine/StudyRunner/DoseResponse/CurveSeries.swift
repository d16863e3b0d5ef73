import DoseResponse
import Glibc
import Inference
import Results
import StudyDefinition

// What figures need beside the rows.

extension CurveFits {
  var series: [Series] {
    [points, curves, residuals] + (analysis.lotKey == nil ? [] : [lots])
  }

  /// Every point as it was fitted; those of vehicle wells with each curve that they belong to.
  private var points: Series {
    let all = units.indices.flatMap { unit in
      units[unit].points.indices.map { (unit: unit, point: $0) }
    }
    func texts(_ name: String, _ value: (CurveUnit, Int) -> String?) -> Series.Column {
      Series.Column(name, .texts(all.map { value(units[$0.unit], $0.point) ?? "" }))
    }
    func numbers(_ name: String, _ value: (CurveUnit, Int) -> Double?) -> Series.Column {
      Series.Column(name, .numbers(all.map { value(units[$0.unit], $0.point) }))
    }
    let removed = units.indices.map { removedPoints($0) }
    return Series(
      "points",
      [
        texts("curve") { unit, _ in unit.curve }, numbers("dose") { $0.points[$1].dose },
        numbers("response") { unit, point in
          analysis.responseKind == .continuous
            ? scale.shown(
              signal: unit.signals[point], raw: unit.points[point].response,
              plate: unit.plates[point]) : unit.fittedResponse(point, analysis.responseKind)
        },
        numbers("weight") { $0.points[$1].weight },
        numbers("total") { $0.points[$1].total.map { Double($0) } },
        texts("plate") { $0.points[$1].plate },
        numbers("row") { $0.points[$1].row.map { Double($0) } },
        numbers("column") { $0.points[$1].column.map { Double($0) } },
        texts("lot") { $0.lot ?? $0.points[$1].lot },
        Series.Column(
          "removed",
          .numbers(all.map { removed[$0.unit].contains($0.point) ? 1 : 0 })),
      ])
  }

  /// The points of a unit that the first model's robust fit left out, by their places.
  func removedPoints(_ unit: Int) -> Set<Int> {
    guard let fit = try? fit(analysis.models[0], unit), !fit.removed.isEmpty else { return [] }
    var left = fit.removed.map(\.point)
    var places: Set<Int> = []
    for index in units[unit].points.indices {
      let dose = units[unit].points[index].dose
      let response = units[unit].fittedResponse(index, analysis.responseKind)
      if let place = left.firstIndex(where: { $0.dose == dose && $0.response == response }) {
        left.remove(at: place)
        places.insert(index)
      }
    }
    return places
  }

  /// Each model's curve of each unit with its pointwise confidence band.
  private var curves: Series {
    var (models, names, lots) = ([String](), [String](), [String]())
    var (doses, responses) = ([Double?](), [Double?]())
    var (lower, upper) = ([Double?](), [Double?]())
    for model in analysis.models {
      for unit in units.indices {
        guard let fit = try? fit(model, unit) else { continue }
        let control = fit.fit.response(dose: 0, of: fit.index)
        func shown(_ response: Double) -> Double? {
          scale.shown(
            fitted: response, control: control, positive: units[unit].positiveMean
          ).flatMap { $0.isFinite ? $0 : nil }
        }
        let covariance = try? fit.fit.covariance(.expected)
        let critical = try? fit.fit.criticalValue(level)
        for dose in drawnDoses(unit, model) {
          let response = fit.fit.response(dose: dose, of: fit.index)
          guard let value = shown(response) else { continue }
          models.append(model.rawValue)
          names.append(units[unit].curve)
          lots.append(units[unit].lot ?? "")
          doses.append(dose)
          responses.append(value)
          let error = covariance.map {
            $0.standardError(along: fit.fit.responseGradient(dose: dose, of: fit.index))
          }
          let half = error.flatMap { error in critical.map { $0 * error } }
          let band = half.map { [shown(response - $0), shown(response + $0)].compactMap { $0 } }
          lower.append(band?.min())
          upper.append(band?.max())
        }
      }
    }
    return Series(
      "curves",
      [
        Series.Column("model", .texts(models)), Series.Column("curve", .texts(names)),
        Series.Column("lot", .texts(lots)), Series.Column("dose", .numbers(doses)),
        Series.Column("response", .numbers(responses)), Series.Column("lower", .numbers(lower)),
        Series.Column("upper", .numbers(upper)),
      ])
  }

  /// Dose 0 where it was tested, then a hundred doses over those tested, at equal ratios where the
  /// curve is one of the logarithm.
  private func drawnDoses(_ unit: Int, _ model: DoseResponseModel) -> [Double] {
    let isLog = model.isOfLogDose
    guard let tested = units[unit].testedDoses(positive: isLog) else { return [0] }
    let count = 100
    let (first, last) = (tested.lowerBound, tested.upperBound)
    let doses = (0...count).map { k -> Double in
      let share = Double(k) / Double(count)
      return isLog && first > 0
        ? first * exp(share * log(last / first)) : first + share * (last - first)
    }
    let hasZero = isLog && units[unit].points.contains { $0.dose == 0 && $0.weight > 0 }
    return (hasZero ? [0] : []) + doses
  }

  /// Residuals over σ̂, of counts by the deviance.
  private var residuals: Series {
    var (models, names, lots, plates) = ([String](), [String](), [String](), [String]())
    var (doses, fitted, values) = ([Double?](), [Double?](), [Double?]())
    var (rows, columns) = ([Double?](), [Double?]())
    for model in analysis.models {
      for unit in units.indices {
        guard let fit = try? fit(model, unit), let variance = try? fit.fit.dispersion(),
          variance > 0
        else { continue }
        for (index, point) in units[unit].points.enumerated() where point.weight > 0 {
          let response = units[unit].fittedResponse(index, analysis.responseKind)
          let mean = fit.fit.response(dose: point.dose, of: fit.index)
          guard
            let residual = fit.fit.residual(
              response, dose: point.dose,
              weight: units[unit].fittedWeight(index, analysis.responseKind), of: fit.index)
          else { continue }
          models.append(model.rawValue)
          names.append(units[unit].curve)
          lots.append(units[unit].lot ?? point.lot ?? "")
          plates.append(point.plate ?? "")
          doses.append(point.dose)
          fitted.append(mean)
          values.append(residual / variance.squareRoot())
          rows.append(point.row.map { Double($0) })
          columns.append(point.column.map { Double($0) })
        }
      }
    }
    return Series(
      "residuals",
      [
        Series.Column("model", .texts(models)), Series.Column("curve", .texts(names)),
        Series.Column("lot", .texts(lots)), Series.Column("dose", .numbers(doses)),
        Series.Column("fitted", .numbers(fitted)), Series.Column("residual", .numbers(values)),
        Series.Column("plate", .texts(plates)), Series.Column("row", .numbers(rows)),
        Series.Column("column", .numbers(columns)),
      ])
  }

  /// What each lot says of each number, with its limits by the first method.
  private var lots: Series {
    var (models, curves, names, parameters) = ([String](), [String](), [String](), [String]())
    var (estimates, lower, upper) = ([Double?](), [Double?](), [Double?]())
    for model in analysis.models {
      for unit in units.indices {
        guard let fit = try? fit(model, unit) else { continue }
        for target in analysis.targets(model) {
          guard (try? requireShape(target, model, unit)) != nil,
            let place = try? fit.target(target, units[unit]),
            let value = try? fit.fit.set.evaluate(place, fit.fit.estimates).value
          else { continue }
          // A plateau has no interval of its logarithm.
          let interval =
            (try? interval(analysis.intervals[0], target, model, unit))
            ?? (try? interval(.wald, target, model, unit))
          models.append(model.rawValue)
          curves.append(units[unit].curve)
          names.append(units[unit].lot ?? "")
          parameters.append(target.level)
          estimates.append(value)
          lower.append(interval?.lower.flatMap { $0.isFinite ? $0 : nil })
          upper.append(interval?.upper.flatMap { $0.isFinite ? $0 : nil })
        }
      }
    }
    return Series(
      "lots",
      [
        Series.Column("model", .texts(models)), Series.Column("curve", .texts(curves)),
        Series.Column("lot", .texts(names)), Series.Column("parameter", .texts(parameters)),
        Series.Column("estimate", .numbers(estimates)), Series.Column("lower", .numbers(lower)),
        Series.Column("upper", .numbers(upper)),
      ])
  }
}
