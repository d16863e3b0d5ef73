import DoseResponse
import Testing

@Suite struct PlateVerdictTests {
  private let criteria = PlateCriteria(
    minimumZPrime: 0.4, maximumControlCV: 0.2, positive: .percentOfVehicle(10...30))

  @Test func aGoodPlatePasses() throws {
    let good = try controls(vehicle: [98, 100, 102], blank: [0, 0], positive: [19, 20, 21])
    #expect(good.verdict(criteria) == .passed)
    #expect(good.verdict(criteria).status == "passed" && good.verdict(criteria).reasons.isEmpty)
    #expect(good.verdict(PlateCriteria(positive: .response(19...21))) == .passed)
  }

  @Test func everyShortfallIsTold() throws {
    let bad = try controls(vehicle: [50, 100, 150], positive: [79, 80, 81])
    let verdict = bad.verdict(criteria)
    let expected: [PlateShortfall] = [
      .zPrime(1 - 3 * 51 / 20, minimum: 0.4), .controlCV(0.5, maximum: 0.2),
      .positivePercent(80, range: 10...30),
    ]
    #expect(verdict == .failed(expected, unknown: []))
    #expect(verdict.status == "failed")
    #expect(
      verdict.reasons == [
        "Z′ is -6.650, below 0.4",
        "the vehicle's coefficient of variation is 0.500, above 0.2",
        "the positive control's mean in percent of the vehicle is 80.000, not within 10.0 to 30.0",
      ])
    #expect(
      bad.verdict(PlateCriteria(positive: .response(90...95)))
        == .failed([.positiveResponse(80, range: 90...95)], unknown: []))
  }

  /// As many digits as tell the number from the limit.
  @Test func aNearMissIsNotRoundedAway() {
    #expect(
      PlateShortfall.zPrime(0.399_96, minimum: 0.4).description == "Z′ is 0.39996, below 0.4")
    #expect(
      PlateShortfall.positiveResponse(1e300, range: 0...1).description
        == "the positive control's mean is 1e+300, not within 0.0 to 1.0")
  }

  @Test func equalityMeetsACriterion() throws {
    let controls = try controls(vehicle: [9, 10, 11], positive: [1.5, 2, 2.5])
    let exact = PlateCriteria(
      minimumZPrime: 0.4375, maximumControlCV: 0.1, positive: .percentOfVehicle(20...20))
    #expect(controls.verdict(exact) == .passed)
    #expect(
      controls.verdict(PlateCriteria(minimumZPrime: 0.4375.nextUp))
        == .failed([.zPrime(0.4375, minimum: 0.4375.nextUp)], unknown: []))
  }

  @Test func whatCannotBeLookedAtIsNotPassed() throws {
    let single = try controls(vehicle: [10], positive: [2, 3])
    #expect(
      single.verdict(criteria)
        == .notAssessed([
          "Z′ is not estimable: there is one vehicle well only",
          "the vehicle's coefficient of variation is not estimable: there is one vehicle well only",
        ]))
    #expect(single.verdict(criteria).status == "not-assessed")
    #expect(single.verdict(PlateCriteria()) == .notAssessed(["no criterion is given"]))
    // What is known to fail fails, whatever else is unknown.
    let far = try controls(vehicle: [10], positive: [8])
    guard case .failed(let shortfalls, let unknown) = far.verdict(criteria) else {
      Issue.record("\(far.verdict(criteria))")
      return
    }
    #expect(shortfalls == [.positivePercent(80, range: 10...30)])
    #expect(unknown.count == 2)
    #expect(far.verdict(criteria).reasons.count == 3)
  }
}
