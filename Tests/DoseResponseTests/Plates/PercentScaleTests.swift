import DoseResponse
import Inference
import Probability
import TestSupport
import Testing

@Suite struct PercentScaleTests {
  @Test func percentagesMatchReference() throws {
    var worst = Worst()
    let responses = Dictionary(
      uniqueKeysWithValues: try plateReferences(["response"]).map {
        ("\($0.row["plate"]) \($0.row["name"])", $0.row.double("value"))
      })
    for (row, plate) in try plateReferences(["percent-of-control", "percent-of-range"]) {
      let normalization = try #require(PlateNormalization(rawValue: row["statistic"]))
      let scale = try #require(try PercentScale(normalization, plate.controls))
      func response(_ name: String) throws -> Double {
        try #require(responses["\(row["plate"]) \(name)"])
      }
      let (first, variance) = (try response("first"), try response("variance"))
      let value =
        switch row["name"] {
        case "percent": scale.normalized(first).percent
        case "standard_error": try #require(scale.normalized(first).standardError)
        case "standard_error_of_well":
          try #require(scale.normalized(first, variance: variance).standardError)
        case "covariance": try #require(scale.covariance(first, try response("second")))
        case "lower":
          try #require(try scale.interval(first, variance: variance, level: .percent95).lower)
        default:
          try #require(try scale.interval(first, variance: variance, level: .percent95).upper)
        }
      // The response is within 1 % of a control's mean: two digits cancel. 1.1e-14 measured.
      worst.check(value, "value", of: row, within: 1e-13)
    }
    worst.report("percentages")
  }

  @Test func levelsAreZeroAndHundred() throws {
    let plate = try controls(vehicle: [9, 10, 11], blank: [1, 3], positive: [5.5, 6.5])
    let control = try #require(try PercentScale(.percentOfControl, plate))
    #expect(control.normalized(10).percent == 100)
    #expect(control.normalized(2).percent == 0)
    #expect(control.normalized(6).percent == 50)
    let range = try #require(try PercentScale(.percentOfRange, plate))
    #expect(range.normalized(10).percent == 0)
    #expect(range.normalized(6).percent == 100)
    #expect(try PercentScale(.none, plate) == nil)
    let unblanked = try #require(
      try PercentScale(.percentOfControl, try controls(vehicle: [9, 11])))
    #expect(unblanked.normalized(5).percent == 50)
    // Half-way, half of the relative error of the mean vehicle: √2/√2/10.
    #expect(relativeError(try #require(unblanked.normalized(5).standardError), 5) < 1e-14)
  }

  /// The ends of Fieller's interval put back: the statistic there is the quantile.
  @Test func limitsSolveFiellersEquation() throws {
    let wells = try controls(
      vehicle: [98, 104, 95, 101, 110], blank: [4, 7, 5], positive: [31, 28, 35, 30])
    let variance = 16.0
    for level in [0.5, 0.9, 0.99] {
      let level = try #require(ConfidenceLevel(level))
      for response in [-20, 0, 30, 101.6, 150] {
        for (name, zero, hundred) in [
          (PlateNormalization.percentOfControl, wells.blank, wells.vehicle),
          (.percentOfRange, wells.vehicle, wells.positive),
        ] {
          let scale = try #require(try PercentScale(name, wells))
          let (zero, hundred) = (try #require(zero), try #require(hundred))
          let (o, d) = (zero.mean, hundred.mean)
          let interval = try scale.interval(response, variance: variance, level: level)
          let parts = { (t: Double) in
            (
              (1 - t) * (1 - t) * (zero.meanVariance ?? 0), t * t * (hundred.meanVariance ?? 0)
            )
          }
          let (a, b) = parts((response - o) / (d - o))
          let freedom =
            (variance + a + b) * (variance + a + b)
            / (a * a / Double(zero.count - 1) + b * b / Double(hundred.count - 1))
          let quantile = StudentT(degreesOfFreedom: freedom).quantile(upperTail: level.alpha / 2)
          for limit in [interval.lower, interval.upper] {
            let t = try #require(limit) / 100
            let (a, b) = parts(t)
            let statistic = abs(response - o - t * (d - o)) / (variance + a + b).squareRoot()
            #expect(relativeError(statistic, quantile) < 1e-11, "\(name) \(response)")
          }
          #expect(interval.contains(scale.normalized(response).percent))
        }
      }
    }
  }

  /// With many controls the delta method and Fieller agree.
  @Test func certainControlsGiveNormalLimits() throws {
    let vehicle = (0..<1536).map { 100 + Double($0 % 5) - 2 }
    let scale = try #require(
      try PercentScale(.percentOfControl, try controls(vehicle: vehicle)))
    let interval = try scale.interval(40, variance: 9, level: .percent95)
    let value = scale.normalized(40, variance: 9)
    let error = try #require(value.standardError)
    let z = ConfidenceLevel.percent95.normalCriticalValue(.two)
    let (lower, upper) = (try #require(interval.lower), try #require(interval.upper))
    #expect(abs(upper - (value.percent + z * error)) < 1e-3)
    #expect(abs(lower - (value.percent - z * error)) < 1e-3)
  }

  @Test func levelsThatMayBeTheSameLeaveThePercentageOpen() throws {
    let scale = try #require(
      try PercentScale(.percentOfRange, try controls(vehicle: [1, 9, 4], positive: [3, 8, 5])))
    let interval = try scale.interval(6, level: .percent95)
    #expect(interval.lower == -.infinity && interval.upper == .infinity)
  }

  @Test func oneWellHasNoVariance() throws {
    let scale = try #require(
      try PercentScale(.percentOfControl, try controls(vehicle: [9, 11], blank: [2])))
    #expect(scale.normalized(6).percent == 50)
    #expect(scale.normalized(6).standardError == nil)
    #expect(scale.covariance(6, 7) == nil)
    #expect(throws: NotEstimable("one well alone makes the mean of a control")) {
      try scale.interval(6, level: .percent95)
    }
    #expect(throws: NotEstimable("there is no positive well")) {
      try PercentScale(.percentOfRange, try controls(vehicle: [9, 11]))
    }
    #expect(throws: NotEstimable("0 % and 100 % are the same response")) {
      try PercentScale(.percentOfControl, try controls(vehicle: [2, 2], blank: [2, 2]))
    }
  }

  @Test(arguments: [1e-9, 1.0 / 3, 1e7])
  func unitsDoNotMatter(factor: Double) throws {
    for (name, plate) in try simulatedPlates() where name != "deaths" {
      let other = try plate.mapped { factor * $0 }
      for normalization in [PlateNormalization.percentOfControl, .percentOfRange] {
        let one = try #require(try PercentScale(normalization, plate.controls))
        let two = try #require(try PercentScale(normalization, other.controls))
        let response = plate.wells[3].response
        #expect(
          relativeError(
            two.normalized(factor * response).percent, one.normalized(response).percent) < 1e-11)
        #expect(
          relativeError(
            try #require(two.normalized(factor * response).standardError),
            try #require(one.normalized(response).standardError)) < 1e-11)
      }
    }
  }

  /// 20,000 simulated plates of 6 vehicle and 3 blank wells: errors as large and as correlated as told,
  /// intervals that cover.
  @Test func simulatedPlatesVaryAsTold() throws {
    var random = RandomStream(seed: 5)
    let plates = 20_000
    let (low, high) = (20.0, 80.0)
    var sums = (first: 0.0, second: 0.0, product: 0.0)
    var covered = (control: 0, range: 0)
    func draw(_ count: Int, _ mean: Double, _ deviation: Double) -> [Double] {
      (0..<count).map { _ in mean + deviation * random.normal() }
    }
    for _ in 0..<plates {
      let wells = try controls(
        vehicle: draw(6, 100, 8), blank: draw(3, 0, 3), positive: draw(4, 20, 4))
      let control = try #require(try PercentScale(.percentOfControl, wells))
      let first = control.normalized(low).percent - low
      let second = control.normalized(high).percent - high
      sums.first += first * first
      sums.second += second * second
      sums.product += first * second
      let well = draw(1, 70, 5)[0]
      let interval = try control.interval(well, variance: 25, level: .percent95)
      covered.control += interval.contains(70) ? 1 : 0
      let range = try #require(try PercentScale(.percentOfRange, wells))
      covered.range +=
        try range.interval(well, variance: 25, level: .percent95).contains(37.5) ? 1 : 0
    }
    // At the true means and variances the delta method says:
    let (vehicle, blank) = (64.0 / 6, 9.0 / 3)
    let expected = (
      first: 0.64 * blank + 0.04 * vehicle, second: 0.04 * blank + 0.64 * vehicle,
      product: 0.16 * blank + 0.16 * vehicle
    )
    let count = Double(plates)
    print(
      "variance of percentages: \(sums.first / count) for \(expected.first),",
      "\(sums.second / count) for \(expected.second), \(sums.product / count) for",
      "\(expected.product); coverage \(covered)")
    // A variance from 20,000 has a standard error of 1 %; terms of the next order add 0.5 %.
    #expect(relativeError(sums.first / count, expected.first) < 0.04)
    #expect(relativeError(sums.second / count, expected.second) < 0.04)
    #expect(relativeError(sums.product / count, expected.product) < 0.06)
    #expect(abs(Double(covered.control) / count - 0.95) < 0.008)
    #expect(abs(Double(covered.range) / count - 0.95) < 0.008)
  }

  @Test func namesAreThoseOfTheStudyDefinition() {
    #expect(
      PlateNormalization.allCases.map(\.rawValue) == [
        "none", "percent-of-control", "percent-of-range",
      ])
    #expect(WellRole.allCases.map(\.rawValue) == ["sample", "vehicle", "blank", "positive"])
  }
}
