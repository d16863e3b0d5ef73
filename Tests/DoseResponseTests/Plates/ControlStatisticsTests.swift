import DoseResponse
import Inference
import TestSupport
import Testing

@Suite struct ControlStatisticsTests {
  static let statistics: [(name: String, value: @Sendable (ControlStatistics) throws -> Double)] = [
    ("cv", { try $0.coefficientOfVariation }), ("z_prime", { try $0.zPrime }),
    ("robust_z_prime", { try $0.robustZPrime }),
    ("ssmd", { try $0.strictlyStandardizedMeanDifference }),
    ("signal_window", { try $0.signalWindow }),
    ("signal_to_background", { try $0.signalToBackground }),
    ("positive_percent", { try $0.positivePercent }),
  ]

  /// Deviations from a mean or a median lose the digits that both have in common: 1.5e-14 measured.
  @Test func statisticsMatchReference() throws {
    var worst = Worst()
    for (row, plate) in try plateReferences(Set(Self.statistics.map(\.name))) {
      let statistic = try #require(Self.statistics.first { $0.name == row["statistic"] })
      worst.check(try statistic.value(plate.controls), "value", of: row, within: 1e-13)
    }
    worst.report("controls")
  }

  @Test func summariesMatchReference() throws {
    var worst = Worst()
    let names = ["wells", "mean", "sd", "median", "mad"]
    let columns = Set(WellRole.allCases.flatMap { role in names.map { "\(role)_\($0)" } })
    for (row, plate) in try plateReferences(columns) {
      let parts = row["statistic"].split(separator: "_")
      let wells =
        switch parts[0] {
        case "vehicle": plate.controls.vehicle
        case "blank": plate.controls.blank
        default: plate.controls.positive
        }
      guard let wells else {
        #expect(row["value"] == "0")
        continue
      }
      let value =
        switch parts[1] {
        case "wells": Double(wells.count)
        case "mean": wells.mean
        case "sd": try #require(wells.standardDeviation)
        case "median": wells.median
        default: try #require(wells.robustStandardDeviation)
        }
      worst.check(value, "value", of: row, within: 1e-13)
    }
    worst.report("summaries of controls")
  }

  /// By hand: 10 ± 1 against 2 ± 0.5.
  @Test func quotientsAreThoseOfTheirDefinitions() throws {
    let controls = try controls(vehicle: [9, 10, 11], positive: [1.5, 2, 2.5])
    #expect(try controls.zPrime == 1 - 4.5 / 8)
    #expect(try controls.robustZPrime == 1 - 3 * (1.4826 * 0.5 + 1.4826) / 8)
    #expect(try controls.strictlyStandardizedMeanDifference == -8 / 1.25.squareRoot())
    #expect(try controls.signalWindow == 3.5)
    #expect(try controls.signalToBackground == 5)
    #expect(try controls.coefficientOfVariation == 0.1)
    #expect(try controls.positivePercent == 20)
  }

  @Test func exchangedControlsTurnOnlyTheSignOfSSMD() throws {
    let one = try controls(vehicle: [9, 10.5, 11], positive: [1.5, 2, 2.25])
    let other = try controls(vehicle: [1.5, 2, 2.25], positive: [9, 10.5, 11])
    #expect(try one.zPrime == other.zPrime)
    #expect(try one.robustZPrime == other.robustZPrime)
    #expect(
      try one.strictlyStandardizedMeanDifference == -other.strictlyStandardizedMeanDifference)
    #expect(try one.signalWindow == other.signalWindow)
    #expect(try one.signalToBackground == other.signalToBackground)
  }

  /// Blanks are subtracted from the mean, and all that is a difference of controls ignores them.
  @Test func blanksAreSubtracted() throws {
    let without = try controls(vehicle: [9, 10, 11], positive: [3, 4, 5])
    let with = try controls(vehicle: [9, 10, 11], blank: [1, 3], positive: [3, 4, 5])
    #expect(try without.coefficientOfVariation == 0.1)
    #expect(try with.coefficientOfVariation == 0.125)
    #expect(try with.positivePercent == 25)
    #expect(try with.zPrime == without.zPrime)
    #expect(try with.signalToBackground == without.signalToBackground)
  }

  @Test(arguments: [1e-9, 1e-200, 0x1p-40, 3, 1e6, 1e150])
  func unitsDoNotMatter(factor: Double) throws {
    for (name, plate) in try simulatedPlates() where name != "deaths" {
      let other = try plate.mapped { factor * $0 }.controls
      for statistic in Self.statistics {
        let value = try statistic.value(plate.controls)
        #expect(
          relativeError(try statistic.value(other), value) <= 1e-12, "\(name) \(statistic.name)")
      }
    }
  }

  /// A common part of all responses changes none of the differences.
  @Test(arguments: [-3, 1000, 1e6])
  func shiftsDoNotMatter(shift: Double) throws {
    for (name, plate) in try simulatedPlates() where name != "deaths" {
      let other = try plate.mapped { $0 + shift }.controls
      // The shifted responses are rounded to an ulp of the shift, an ulp of 1e6 being 1e-10.
      let tolerance = 1e-10 * max(1, abs(shift) / 1000)
      for name in ["z_prime", "robust_z_prime", "ssmd", "signal_window"] {
        let statistic = try #require(Self.statistics.first { $0.name == name })
        let value = try statistic.value(plate.controls)
        #expect(relativeError(try statistic.value(other), value) <= tolerance, "\(name) \(shift)")
      }
    }
    if let blanked = try simulatedPlates()["absorbance"] {
      let other = try blanked.mapped { $0 + shift }.controls
      let value = try blanked.controls.coefficientOfVariation
      #expect(
        relativeError(try other.coefficientOfVariation, value)
          <= 1e-10 * max(1, abs(shift) / 1000))
    }
  }

  @Test func whatIsMissingIsSaid() throws {
    let none = try controls()
    #expect(none.vehicle == nil && none.blank == nil && none.positive == nil)
    for statistic in Self.statistics {
      #expect(throws: NotEstimable.self) { try statistic.value(none) }
    }
    #expect(throws: NotEstimable("there is no positive well")) {
      try controls(vehicle: [1, 2, 3]).zPrime
    }
    let single = try controls(vehicle: [10], positive: [2, 3])
    #expect(throws: NotEstimable("there is one vehicle well only")) { try single.zPrime }
    #expect(throws: NotEstimable("there is one vehicle well only")) {
      try single.coefficientOfVariation
    }
    #expect(try single.signalToBackground == 4)
    #expect(try single.positivePercent == 25)
  }

  @Test func aConstantPlateHasNoQuality() throws {
    let constant = try controls(vehicle: [4, 4, 4], blank: [4, 4], positive: [4, 4])
    #expect(throws: NotEstimable("the controls do not differ")) { try constant.zPrime }
    #expect(throws: NotEstimable("the controls do not differ")) { try constant.robustZPrime }
    #expect(throws: NotEstimable("the controls have no spread")) {
      try constant.strictlyStandardizedMeanDifference
    }
    #expect(throws: NotEstimable("the control with the greater mean has no spread")) {
      try constant.signalWindow
    }
    #expect(throws: NotEstimable("the vehicle is not above the blank")) {
      try constant.coefficientOfVariation
    }
    let separate = try controls(vehicle: [0.1, 0.1, 0.1], positive: [0.3, 0.3])
    #expect(try separate.zPrime == 1)
    #expect(try separate.coefficientOfVariation == 0)
    #expect(throws: NotEstimable("the background is not above 0")) {
      try controls(vehicle: [1, 2], positive: [-1, 0]).signalToBackground
    }
  }

  @Test func noNumberIsBeyondAllBounds() throws {
    let extreme = try controls(
      vehicle: [1e308, 1.5e308, -1e308], blank: [-1e308], positive: [-1e308, -1.7e308])
    for statistic in Self.statistics {
      if let value = try? statistic.value(extreme) { #expect(value.isFinite) }
    }
  }
}
