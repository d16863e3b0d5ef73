import DoseResponse
import Inference
import Results
import StudyDefinition

/// A number of a plate, by its name in results.
struct PlateStatistic {
  let name: String
  let unit: Unit
  let value: (Plate) throws(NotEstimable) -> Double

  enum Unit {
    case none, percent
    /// That of the responses.
    case response
  }

  init(
    _ name: String, _ unit: Unit = .none,
    _ value: @escaping (Plate) throws(NotEstimable) -> Double
  ) {
    (self.name, self.unit, self.value) = (name, unit, value)
  }

  /// All numbers of a plate, in the order of their rows.
  static var all: [PlateStatistic] {
    wells("vehicle", \.vehicle)
      + [
        PlateStatistic("cv") { plate throws(NotEstimable) in
          try plate.controls.coefficientOfVariation
        }
      ]
      + wells("blank", \.blank) + wells("positive", \.positive) + [
        PlateStatistic("positive_percent", .percent) { plate throws(NotEstimable) in
          try plate.controls.positivePercent
        },
        PlateStatistic("z_prime") { plate throws(NotEstimable) in try plate.controls.zPrime },
        PlateStatistic("robust_z_prime") { plate throws(NotEstimable) in
          try plate.controls.robustZPrime
        },
        PlateStatistic("ssmd") { plate throws(NotEstimable) in
          try plate.controls.strictlyStandardizedMeanDifference
        },
        PlateStatistic("signal_window") { plate throws(NotEstimable) in
          try plate.controls.signalWindow
        },
        PlateStatistic("signal_to_background") { plate throws(NotEstimable) in
          try plate.controls.signalToBackground
        },
        PlateStatistic("edge_effect", .percent) { plate throws(NotEstimable) in
          guard let percent = try plate.edgeEffect.percentOfVehicle else {
            throw NotEstimable("there is no vehicle above the blank to take a percentage of")
          }
          return percent
        },
        PlateStatistic("edge_p_value") { plate throws(NotEstimable) in
          try plate.edgeEffect.test.pValue
        },
        PlateStatistic("row_effect_p_value") { plate throws(NotEstimable) in
          try plate.rowEffect.pValue
        },
        PlateStatistic("column_effect_p_value") { plate throws(NotEstimable) in
          try plate.columnEffect.pValue
        },
        PlateStatistic("nrfe", .percent) { plate throws(NotEstimable) in
          try plate.residualFitError
        },
      ]
  }

  /// The number, mean and standard deviation of the wells of one role.
  private static func wells(
    _ role: String, _ summary: @escaping (ControlStatistics) -> WellSummary?
  ) -> [PlateStatistic] {
    func present(_ plate: Plate) throws(NotEstimable) -> WellSummary {
      guard let found = summary(plate.controls) else {
        throw NotEstimable("there is no \(role) well")
      }
      return found
    }
    return [
      PlateStatistic("\(role)_wells") { Double(summary($0.controls)?.count ?? 0) },
      PlateStatistic("\(role)_mean", .response) { plate throws(NotEstimable) in
        try present(plate).mean
      },
      PlateStatistic("\(role)_sd", .response) { plate throws(NotEstimable) in
        guard let deviation = try present(plate).standardDeviation else {
          throw NotEstimable("there is one \(role) well only")
        }
        return deviation
      },
    ]
  }
}

extension PlateQualityAnalysis {
  private static let status = StatisticKey(measure: "quality", name: "status")

  private static var keys: [StatisticKey] {
    PlateStatistic.all.map { StatisticKey(measure: "quality", name: $0.name) } + [status]
  }

  /// The rows, known before anything is computed.
  var plannedKeys: [(place: RowPlace, keys: [StatisticKey])] {
    plates.map { (place(of: $0.name), Self.keys) }
  }

  private func place(of plate: String) -> RowPlace {
    RowPlace(groups: [Grouping("plate", plate)], variable: "plate", level: plate)
  }

  /// The numbers of a plate, then whether it passes, with every reason why not.
  func group(_ name: String, _ plate: DoseResponse.Plate, _ verdict: PlateVerdict) -> ResultGroup {
    let numbers = zip(Self.keys, PlateStatistic.all).map { key, statistic in
      let value = RowValue { () throws(NotEstimable) in try statistic.value(plate) }
      return Statistic(key, value.value, unit: text(of: statistic.unit))
    }
    let reasons = verdict.reasons.joined(separator: "; ")
    return ResultGroup(
      place(of: name),
      numbers + [
        Statistic(
          Self.status, .verdict(verdict.status), warning: reasons.isEmpty ? nil : reasons)
      ])
  }

  private func text(of unit: PlateStatistic.Unit) -> String {
    switch unit {
    case .none: ""
    case .percent: "%"
    case .response: assay.response.unit
    }
  }
}

extension PlateCriteria {
  init(_ quality: QualityCriteria) {
    let positive = quality.positive.map { expected -> PositiveRange in
      let range = expected.minimum...expected.maximum
      return expected.isPercent ? .percentOfVehicle(range) : .response(range)
    }
    self.init(
      minimumZPrime: quality.minimumZPrime, maximumControlCV: quality.maximumControlCV,
      positive: positive)
  }
}
