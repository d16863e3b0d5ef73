import Glibc
import Inference
import Ordinal
import Probability
import TestSupport
import Testing

@Suite struct ProportionalOddsTests {
  @Test func matchesReference() throws {
    var worst = WorstByName()
    for row in try referenceTable("Ordinal", "proportional-odds") {
      let model = try ProportionalOdds(try #require(GradedTable(row.counts)), reference: 0)
      let group = row.int("group")
      let effect = try #require(model.effects[group])
      let limits = try model.limits(of: group, level: .percent95)
      let fit = max(
        row.error(effect.estimate, "estimate"), row.error(effect.standardError, "se"),
        row.error(model.logLikelihood, "log_likelihood"))
      let interval = max(row.error(limits.lower, "lower"), row.error(limits.upper, "upper"))

      #expect(fit <= 1e-12, "\(fit): \(row.testDescription)")
      #expect(interval <= 1e-12, "\(interval): \(row.testDescription)")
      worst.note(fit, "fit", row)
      worst.note(interval, "limits", row)
      guard row.int("df") > 0 else {
        #expect(throws: NotEstimable.self) { try model.proportionality }
        continue
      }
      let score = try model.proportionality
      let error = max(
        row.error(score.statistic, "proportionality"), row.error(score.pValue, "proportionality_p"))
      // Residuals of a thousandth in a million: 9e-11 of a χ² of 6e-10.
      #expect(error <= 2e-10 && score.degreesOfFreedom == row.int("df"), "\(error)")
      worst.note(error, "proportionality", row)
    }
    worst.report()
  }

  /// R's ordinal::clm and MASS::polr, as printed.
  @Test func agreesWithOtherPrograms() throws {
    let model = try ProportionalOdds(
      try #require(GradedTable([[70, 15, 2, 0], [59, 38, 3, 1]])), reference: 0)
    let effect = try #require(model.effects[1])
    #expect(abs(effect.estimate - 1.057_615_933_57) < 1e-8)
    #expect(abs(try #require(effect.standardError) - 0.335_955_143_059) < 1e-8)
    #expect(abs(model.logLikelihood + 133.776_753_505) < 1e-9)
    let cutpoints = try #require(model.cutpoints)
    for (own, theirs) in zip(cutpoints, [1.407_102_333_79, 4.104_556_735_77, 5.926_792_119_75]) {
      #expect(abs(own - theirs) < 1e-6)
    }
    // Lydersen et al. (2012): 0.716, profile limits −0.229 and 1.684.
    let lydersen = try ProportionalOdds(
      try #require(GradedTable([[14, 10, 3, 2], [11, 7, 8, 4]])), reference: 0)
    let limits = try lydersen.limits(of: 1, level: .percent95)
    #expect(abs(try #require(limits.lower) + 0.2294) < 5e-5)
    #expect(abs(try #require(limits.upper) - 1.6842) < 5e-5)
    // Fontanella et al. (2008): an odds ratio of 0.318.
    let fontanella = try ProportionalOdds(
      try #require(GradedTable([[8, 28, 72, 126], [46, 73, 69, 86]])), reference: 0)
    #expect(abs(exp(try #require(fontanella.effects[1]).estimate) - 0.318) < 5e-4)
  }

  @Test func theScoreIsZeroAtTheEstimate() throws {
    try forRandomModels(seed: 1) { table, model in
      #expect(model.gradientNorm < 1e-9 * Double(table.total), "\(table)")
      #expect(model.iterations < 40)
      #expect(model.termination != nil || model.effects.allSatisfy { $0?.standardError == nil })
    }
  }

  @Test func limitsSolveTheirEquation() throws {
    let z = ConfidenceLevel.percent95.normalCriticalValue(.two)
    try forRandomModels(seed: 2, count: 60) { table, model in
      for group in 1..<table.counts.count {
        let limits = try model.limits(of: group, level: .percent95)
        for limit in [limits.lower, limits.upper] {
          let limit = try #require(limit)
          guard limit.isFinite else { continue }
          let deviance = 2 * (model.logLikelihood - (try model.profile(group, limit)))
          #expect(abs(deviance / (z * z) - 1) < 1e-11, "\(table) \(limit)")
        }
      }
    }
  }

  @Test func twoGradesAreTheLogOddsRatio() throws {
    let model = try ProportionalOdds(
      try #require(GradedTable([[12, 0, 5], [7, 0, 30]])), reference: 0)
    let effect = try #require(model.effects[1])
    #expect(relativeError(effect.estimate, log(12.0 * 30 / (5 * 7))) < 1e-14)
    let variance = 1 / 12.0 + 1 / 5.0 + 1 / 7.0 + 1 / 30.0
    #expect(relativeError(try #require(effect.standardError), variance.squareRoot()) < 1e-14)
  }

  @Test func reversingTheGradesTurnsTheSign() throws {
    try forRandomModels(seed: 3) { table, model in
      let mirrored = try ProportionalOdds(
        try #require(GradedTable(table.counts.map { $0.reversed() })), reference: 0)
      for (one, other) in zip(model.effects, mirrored.effects) {
        guard let one, let other, one.estimate.isFinite else { continue }
        #expect(abs(one.estimate + other.estimate) < 1e-10)
      }
      #expect(abs(model.logLikelihood - mirrored.logLikelihood) < 1e-10)
    }
  }

  @Test func anotherReferenceShiftsTheEffects() throws {
    try forRandomModels(seed: 4) { table, model in
      let other = try ProportionalOdds(table, reference: 1)
      guard let first = model.effects[1], let second = other.effects[0], first.estimate.isFinite
      else { return }
      #expect(abs(first.estimate + second.estimate) < 1e-10, "\(table)")
    }
  }

  @Test func gradesThatNobodyHasChangeNothing() throws {
    try forRandomModels(seed: 5) { table, model in
      let wider = try #require(GradedTable(table.counts.map { [0, $0[0], 0] + $0[1...] + [0] }))
      #expect(try ProportionalOdds(wider, reference: 0).effects == model.effects)
    }
  }

  @Test func aSeparatedGroupIsInfinitelyFar() throws {
    // The two groups share only the second grade.
    let model = try ProportionalOdds(
      try #require(GradedTable([[5, 4, 0], [0, 3, 6]])), reference: 0)
    let effect = try #require(model.effects[1])
    #expect(effect.estimate == .infinity && effect.standardError == nil)
    let limits = try model.limits(of: 1, level: .percent95)
    #expect(limits.upper == .infinity)
    let lower = try #require(limits.lower)
    let deviance = 2 * (model.logLikelihood - (try model.profile(1, lower)))
    #expect(abs(deviance - 3.841_458_820_694_124) < 1e-10)
    #expect(throws: NotEstimable.self) { try model.proportionality }
    // At its bound the likelihood is that of each group among its own two grades.
    let bound = 5 * log(5.0 / 9) + 4 * log(4.0 / 9) + 3 * log(3.0 / 9) + 6 * log(6.0 / 9)
    #expect(abs(model.logLikelihood - bound) < 1e-12)
  }

  @Test func aThirdGroupStaysEstimable() throws {
    // The last group has the highest grade alone; the first two overlap.
    let model = try ProportionalOdds(
      try #require(GradedTable([[5, 4, 1], [2, 6, 3], [0, 0, 7]])), reference: 0)
    let pair = try ProportionalOdds(
      try #require(GradedTable([[5, 4, 1], [2, 6, 3]])), reference: 0)
    #expect(model.effects[2]?.estimate == .infinity)
    #expect(model.effects[1] == pair.effects[1])
    let limits = try model.limits(of: 2, level: .percent95)
    #expect(try #require(limits.lower).isFinite && limits.upper == .infinity)
  }

  @Test func aGroupThatCannotBeToldFromTheReferenceHasNoEstimate() throws {
    let model = try ProportionalOdds(
      try #require(GradedTable([[5, 0], [4, 0], [0, 7]])), reference: 0)
    #expect(model.effects[1] == nil)
    #expect(model.effects[2]?.estimate == .infinity)
    let limits = try model.limits(of: 1, level: .percent95)
    #expect(limits.lower == -.infinity && limits.upper == .infinity)
  }

  @Test func oneGradeForAllIsNoModel() throws {
    let table = try #require(GradedTable([[0, 3], [0, 4]]))
    #expect(throws: NotEstimable("all subjects have one grade")) {
      try ProportionalOdds(table, reference: 0)
    }
  }

  @Test func rareGradesOfManySubjectsConverge() throws {
    let table = try #require(GradedTable([[1_000_000_000, 3, 1], [999_999_990, 12, 2]]))
    let model = try ProportionalOdds(table, reference: 0)
    let effect = try #require(model.effects[1])
    // As good as the log ratio of 14 to 4 rare events.
    #expect(abs(effect.estimate - log(14.0 / 4)) < 1e-4)
    let limits = try model.limits(of: 1, level: .percent95)
    #expect(try #require(limits.lower) < effect.estimate)
    #expect(try #require(limits.upper) > effect.estimate)
  }

  /// Counts of all sizes up to a million, of which full Newton steps would leave the numbers.
  @Test func farApartGroupsConverge() throws {
    let sizes = [0, 0, 0, 1, 2, 5, 37, 1000, 1_000_000]
    var stream = RandomStream(seed: 7)
    for _ in 0..<80 {
      let groups = Int.random(in: 2...4, using: &stream)
      let grades = Int.random(in: 2...5, using: &stream)
      let counts = (0..<groups).map { _ in
        (0..<grades).map { _ in sizes.randomElement(using: &stream) ?? 0 }
      }
      guard let table = GradedTable(counts), table.gradeTotals.count(where: { $0 > 0 }) > 1 else {
        continue
      }
      let model = try ProportionalOdds(table, reference: 0)
      for group in 1..<groups {
        let limits = try model.limits(of: group, level: .percent95)
        let estimate = model.effects[group]?.estimate ?? 0
        #expect(try #require(limits.lower) <= estimate, "\(table)")
        #expect(try #require(limits.upper) >= estimate, "\(table)")
      }
    }
  }

  @Test func aHigherLevelHoldsTheLower() throws {
    try forRandomModels(seed: 6, count: 40) { _, model in
      let limits = try [1e-12, 0.01, 0.5, 0.95, 0.999].map { level in
        try model.limits(of: 1, level: try #require(ConfidenceLevel(level)))
      }
      for (inner, outer) in zip(limits, limits.dropFirst()) {
        #expect(try #require(outer.lower) <= #require(inner.lower))
        #expect(try #require(outer.upper) >= #require(inner.upper))
      }
    }
  }
}

/// Random tables of two to four groups that a model can be fitted to.
private func forRandomModels(
  seed: UInt64, count: Int = 400, _ body: (GradedTable, ProportionalOdds) throws -> Void
) throws {
  var stream = RandomStream(seed: seed)
  for _ in 0..<count {
    let table = GradedTable.random(
      groups: Int.random(in: 2...4, using: &stream), grades: Int.random(in: 2...5, using: &stream),
      upTo: 12, using: &stream)
    guard table.gradeTotals.count(where: { $0 > 0 }) > 1 else { continue }
    try body(table, try ProportionalOdds(table, reference: 0))
  }
}
