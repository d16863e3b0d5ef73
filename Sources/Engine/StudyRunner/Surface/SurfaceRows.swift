import DoseResponse
import Inference
import Results
import StudyDefinition

private let measure = "response-surface"

extension ResponseSurfaceAnalysis {
  /// The rows, known before anything is computed.
  var plannedKeys: [(place: RowPlace, keys: [StatisticKey])] {
    plannedGroups(FittedSurface(self)).map { ($0.place, $0.keys) }
  }

  /// Coefficients and fit; of a quadratic surface where it is level, its axes and what it is; the best
  /// setting within the tested ranges.
  func plannedGroups(_ fitted: FittedSurface) -> [PlannedGroup] {
    coefficients(fitted) + [fit(fitted)]
      + (order == .linear ? [] : stationaryPoint(fitted) + canonical(fitted) + [nature(fitted)])
      + optimum(fitted)
  }

  private func coefficients(_ fitted: FittedSurface) -> [PlannedGroup] {
    let names = factors.map(\.name)
    return terms.map { term in
      let estimate = PlannedStatistics(measure, ["estimate"]) { _ throws(NotEstimable) in
        [RowValue(try fitted.surface.value(of: term))]
      }
      let error = PlannedStatistics(
        measure, ["standard_error", "t", "df", "p_value", "lower", "upper"]
      ) { level throws(NotEstimable) in
        let estimate = try fitted.surface.coefficient(term)
        return [
          estimate.standardError, estimate.statistic, estimate.degreesOfFreedom, estimate.pValue,
        ].map { RowValue($0) } + limits(estimate, level)
      }
      return PlannedGroup(variable: "coefficient", term.name(names), [estimate, error])
    }
  }

  private func fit(_ fitted: FittedSurface) -> PlannedGroup {
    PlannedGroup(
      variable: "fit", "",
      [
        PlannedStatistics(measure, ["rss"]) { _ throws(NotEstimable) in
          [RowValue(try fitted.surface.residualSumOfSquares)]
        },
        PlannedStatistics(measure, ["sigma"], unit: response.unit) { _ throws(NotEstimable) in
          [RowValue(try fitted.surface.residualDeviation())]
        },
        PlannedStatistics(measure, ["df", "r_squared"]) { _ throws(NotEstimable) in
          let surface = try fitted.surface
          return [RowValue(surface.residualDegreesOfFreedom), RowValue(surface.rSquared)]
        },
        PlannedStatistics(measure, ["adjusted_r_squared"]) { _ throws(NotEstimable) in
          [RowValue(try fitted.surface.adjustedRSquared())]
        },
        PlannedStatistics(measure, ["lack_of_fit_p_value"]) { _ throws(NotEstimable) in
          [RowValue(try fitted.surface.lackOfFit().pValue)]
        },
        PlannedStatistics(measure, ["status"]) { _ throws(NotEstimable) in
          [status(try fitted.surface)]
        },
      ])
  }

  /// Whether all coefficients are told apart, and whether anything is left to tell their errors.
  private func status(_ surface: ResponseSurface) -> RowValue {
    let aliased = surface.aliasedTerms
    if !aliased.isEmpty {
      let names = aliased.map(surface.name).joined(separator: ", ")
      return RowValue(
        .verdict(FitVerdict.notIdentified.rawValue),
        warning: "the design cannot tell apart: \(names)")
    }
    do throws(NotEstimable) {
      _ = try surface.residualDeviation()
      return RowValue(.verdict(FitVerdict.converged.rawValue))
    } catch {
      return RowValue(.verdict(FitVerdict.perfectFit.rawValue), warning: error.reason)
    }
  }

  private func stationaryPoint(_ fitted: FittedSurface) -> [PlannedGroup] {
    let coordinates = factors.enumerated().map { index, factor in
      PlannedGroup(
        variable: "stationary_point", factor.name,
        [
          PlannedStatistics(measure, method: "delta", ["estimate"], unit: factor.unit) {
            _ throws(NotEstimable) in
            let surface = try fitted.surface
            let value = try surface.stationaryPoint()[index]
            let range = surface.ranges[index]
            return [
              RowValue(
                value, warning: range.contains(value) ? nil : "outside the tested \(text(range))")
            ]
          },
          PlannedStatistics(
            measure, method: "delta", ["standard_error", "lower", "upper"], unit: factor.unit
          ) { level throws(NotEstimable) in
            let estimate = try fitted.surface.stationaryCoordinates()[index]
            return [RowValue(estimate.standardError)] + limits(estimate, level)
          },
        ])
    }
    return coordinates + [
      predicted("stationary point", fitted) { fitted throws(NotEstimable) in
        try fitted.surface.stationaryPoint()
      }
    ]
  }

  private func canonical(_ fitted: FittedSurface) -> [PlannedGroup] {
    let axes = factors.indices
    return axes.map { axis in
      PlannedGroup(
        variable: "canonical", "\(axis + 1)",
        [
          PlannedStatistics(measure, ["eigenvalue"]) { _ throws(NotEstimable) in
            [RowValue(try fitted.canonicalAxes[axis].eigenvalue)]
          },
          PlannedStatistics(measure, ["standard_error", "lower", "upper"]) {
            level throws(NotEstimable) in
            let estimate = try fitted.surface.eigenvalue(of: try fitted.canonicalAxes[axis])
            return [RowValue(estimate.standardError)] + limits(estimate, level)
          },
        ])
    }
      + axes.flatMap { axis in
        factors.enumerated().map { index, factor in
          PlannedGroup(
            variable: "direction", factor.name, groups: [Grouping("axis", "\(axis + 1)")],
            [
              PlannedStatistics(measure, ["estimate"]) { _ throws(NotEstimable) in
                [RowValue(try fitted.canonicalAxes[axis].direction[index])]
              }
            ])
        }
      }
  }

  private func nature(_ fitted: FittedSurface) -> PlannedGroup {
    PlannedGroup(
      variable: "surface", "",
      [
        PlannedStatistics(measure, ["status"]) { level throws(NotEstimable) in
          [RowValue(.verdict(try fitted.surface.nature(level: level).rawValue))]
        }
      ])
  }

  private func optimum(_ fitted: FittedSurface) -> [PlannedGroup] {
    let coordinates = factors.enumerated().map { index, factor in
      PlannedGroup(
        variable: "optimum", factor.name,
        [
          PlannedStatistics(measure, ["estimate"], unit: factor.unit) { _ throws(NotEstimable) in
            let optimum = try fitted.optimum
            return [
              RowValue(
                optimum.setting[index],
                warning: optimum.bounds[index].map {
                  "at the \($0.rawValue) end of what was tested"
                })
            ]
          }
        ])
    }
    return coordinates + [
      predicted("optimum", fitted) { fitted throws(NotEstimable) in try fitted.optimum.setting }
    ]
  }

  /// The response at a setting.
  private func predicted(
    _ level: String, _ fitted: FittedSurface,
    at setting: @escaping (FittedSurface) throws(NotEstimable) -> [Double]
  ) -> PlannedGroup {
    PlannedGroup(
      variable: "response", level,
      [
        PlannedStatistics(measure, ["estimate"], unit: response.unit) { _ throws(NotEstimable) in
          [RowValue(try fitted.surface.response(at: try setting(fitted)))]
        },
        PlannedStatistics(measure, ["standard_error", "lower", "upper"], unit: response.unit) {
          level throws(NotEstimable) in
          let estimate = try fitted.surface.prediction(at: try setting(fitted))
          return [RowValue(estimate.standardError)] + limits(estimate, level)
        },
      ])
  }
}

private func limits(_ estimate: StudentEstimate, _ level: ConfidenceLevel) -> [RowValue] {
  let interval = estimate.interval(level: level)
  return [interval.lower, interval.upper].compactMap { $0 }.map { RowValue($0) }
}

private func text(_ range: ClosedRange<Double>) -> String {
  "\(shown(range.lowerBound)) to \(shown(range.upperBound))"
}
