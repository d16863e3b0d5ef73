import Comparison
import Incidence
import Inference
import LinearAlgebra
import MetaAnalysis
import TestSupport
import Testing

/// Values of other quadratures and optimisers, in other programs.
@Suite struct MixedModelReferenceTests {
  static let groups: [[ReferenceRow]] = {
    let rows = (try? referenceTable("MetaAnalysis", "glmm")) ?? []
    return Dictionary(grouping: rows) { row in
      ["dataset", "measure", "model", "effects"].map { row[$0] }
    }.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map(\.value)
  }()

  @Test func estimatesMatchReference() throws {
    var worst = 0.0
    for rows in Self.groups {
      let fit = try fit(rows[0])
      for row in rows where !row["statistic"].contains("profile") {
        check(value(row["statistic"], of: fit), row, &worst)
      }
      #expect(fit.gradientNorm <= 1e-10, "\(rows[0].testDescription)")
    }
    print("worst error, glmm estimates: \(worst)")
  }

  @Test func profileLimitsMatchReference() throws {
    var worst = 0.0
    // Of the models with two integrals those that take the least time.
    let quick = ["hine1989", "metafor45", "nielweise2008", "person_time8", "one_zero"]
    for rows in Self.groups
    where !rows[0]["model"].contains("unconditional-random") || quick.contains(rows[0]["dataset"]) {
      let fit = try fit(rows[0])
      for row in rows where row["statistic"].contains("profile") {
        let isVariance = row["statistic"].hasPrefix("tau2")
        let interval =
          isVariance
          ? try fit.tau2ProfileInterval(level: .percent95)
          : try fit.profileInterval(level: .percent95)
        let isLower = row["statistic"].hasSuffix("lower")
        check(isLower ? interval.lower : interval.upper, row, &worst)
      }
    }
    print("worst error, glmm limits: \(worst)")
  }

  /// With 40 digits of log Γ: the root of the three derivatives for the trials of BCG.
  @Test func betaBinomialOfManySubjectsMatchesReference() throws {
    let fit = try MixedModel(.betaBinomial, try studies("bcg")).fit(random: true)
    #expect(relativeError(fit.coefficients[0], -0.3543391825334689963) < 1e-12)
    #expect(relativeError(try #require(fit.level), -3.2662276172408862097) < 1e-12)
    #expect(relativeError(try #require(fit.intraclassCorrelation), 0.0507865935300661412) < 1e-12)
  }

  /// Where τ may be 39, the likelihood by adaptive quadrature with 25 digits has fallen by z²/2.
  @Test func farLimitsMatchReference() throws {
    let fit = try MixedModel(.conditionalExact, try studies("all_events")).fit(random: true)
    let upper = try #require(try fit.tau2ProfileInterval(level: .percent95).upper)
    let z = ConfidenceLevel.percent95.normalCriticalValue(.two)
    #expect(relativeError(upper, 1548.0417057893) < 1e-11)
    #expect(abs(fit.logLikelihood - z * z / 2 + 6.914_760_071_300_58) < 1e-12)
  }

  @Test func moderatorsAndOmittedStudiesMatchReference() throws {
    var worst = 0.0
    let moderators = try referenceTable("MetaAnalysis", "moderators")
    let groups = Dictionary(grouping: try referenceTable("MetaAnalysis", "glmm-regression")) {
      row in
      ["dataset", "model", "moderators", "omitted", "effects"].map { row[$0] }
    }
    for rows in groups.values {
      let first = rows[0]
      let names = first["moderators"].split(separator: " ").map(String.init)
      let tables = try studies(first["dataset"])
      let kept = (0..<tables.count).filter { String($0 + 1) != first["omitted"] }
      let design = try Matrix(
        kept.map { study in
          try [1] + names.map { try moderator($0, study, of: first["dataset"], in: moderators) }
        })
      let fit = try MixedModel(
        first["model"] == "glmm-conditional-exact" ? .conditionalExact : .conditionalApproximate,
        tables.selecting(kept), design: design
      ).fit(random: first["effects"] == "random")
      for row in rows {
        let place = (["intercept"] + names).firstIndex(of: row["part"]) ?? 0
        switch row["statistic"] {
        case "estimate": check(fit.coefficients[place], row, &worst)
        case "standard_error": check(try #require(fit.standardErrors)[place], row, &worst)
        case "tau2": check(fit.tau2 ?? 0, row, &worst)
        default: check(fit.logLikelihood, row, &worst)
        }
      }
    }
    print("worst error, glmm regression: \(worst)")
  }

  private func moderator(
    _ name: String, _ study: Int, of dataset: String, in table: [ReferenceRow]
  ) throws -> Double {
    if name == "even" { return study % 2 == 1 ? 1 : 0 }
    let parts = name.split(separator: "-")
    let row = try #require(
      table.first {
        $0["dataset"] == dataset && $0["moderator"] == parts[0] && $0.int("study") == study + 1
      })
    return row.double("value") - (parts.count == 2 ? try #require(Double(parts[1])) : 0)
  }

  private func fit(_ row: ReferenceRow) throws -> MixedFit {
    let parts = row["model"].split(separator: "/").map(String.init)
    let part = parts.count == 2 ? parts[1] : "all"
    let tables = try studies(row["dataset"])
    let likelihood: MixedModel.Likelihood =
      switch parts[0] {
      case "glmm-conditional-exact": .conditionalExact
      case "glmm-conditional-approximate": .conditionalApproximate
      case "glmm-unconditional-fixed": .unconditionalFixed
      case "beta-binomial": .betaBinomial
      default: .unconditionalRandom
      }
    let used: StudyTables =
      switch (part, tables) {
      case ("treatment", .risks(let all)): .proportions(all.map(\.treatment))
      case ("reference", .risks(let all)): .proportions(all.map(\.reference))
      case ("treatment", .rates(let all)): .eventRates(all.map(\.treatment))
      case ("reference", .rates(let all)): .eventRates(all.map(\.reference))
      case ("informative", .risks(let all)): .risks(all.filter { !$0.hasOneOutcomeOnly })
      case ("informative", .rates(let all)): .rates(all.filter { $0.events > 0 })
      default: tables
      }
    return try MixedModel(likelihood, used).fit(random: row["effects"] == "random")
  }

  private func value(_ statistic: String, of fit: MixedFit) -> Double? {
    switch statistic {
    case "estimate": fit.coefficients[0]
    case "standard_error": fit.standardError
    case "tau2": fit.tau2
    case "sigma2": fit.interceptVariance
    case "intraclass_correlation": fit.intraclassCorrelation
    case "log_likelihood": fit.logLikelihood
    case "intercept": fit.level
    default: nil
    }
  }

  /// The references are doubles: log Γ of many subjects costs them half their digits, and so do
  /// their nodes where τ may be 39; other tests look at these.
  private func check(_ found: Double?, _ row: ReferenceRow, _ worst: inout Double) {
    let expected = row.double("value")
    guard let found, found.isFinite, expected.isFinite else {
      #expect(found == expected, "\(row.testDescription)")
      return
    }
    let error = abs(found - expected) / max(0.1, abs(expected))
    let isRough =
      row["model"].hasPrefix("beta-binomial") && ["bcg", "li2007"].contains(row["dataset"])
      || row["dataset"] == "all_events" && row["statistic"].contains("profile")
    #expect(error <= (isRough ? 2e-6 : 1e-9), "\(found): \(row.testDescription)")
    if !isRough { worst = max(worst, error) }
  }
}
