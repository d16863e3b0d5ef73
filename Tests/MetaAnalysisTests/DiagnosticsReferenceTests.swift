import Comparison
import Inference
import MetaAnalysis
import TestSupport
import Testing

/// `diagnostics.csv` and `exact.csv`, with 50 digits written independently.
@Suite struct DiagnosticsReferenceTests {
  private struct Group: Hashable {
    let dataset: String
    let measure: EffectMeasure

    func effects() throws -> [EffectSize] {
      measure == .generic ? try Studies.effects(dataset) : try sizes().effects
    }

    func sizes() throws -> EffectSizes {
      try EffectSizes(
        risks: try Studies.risks(dataset), measure, zeroCells: ZeroCells(defaultFor: measure),
        preset: .none)
    }
  }

  private static func groups(_ methods: String...) throws -> [Group: [ReferenceRow]] {
    let rows = try referenceTable("MetaAnalysis", "diagnostics").filter { row in
      methods.contains { row["method"].hasPrefix($0) }
    }
    return Dictionary(grouping: rows) { row in
      guard let measure = EffectMeasure(rawValue: row["measure"]) else {
        preconditionFailure(row["measure"])
      }
      return Group(dataset: row["dataset"], measure: measure)
    }
  }

  private static func tau2(_ model: Substring, _ effects: [EffectSize]) throws(NotEstimable)
    -> Double
  {
    guard effects.count > 1, let estimator = Tau2Estimator(rawValue: String(model)) else {
      return 0
    }
    return try NormalModel(effects).tau2(estimator).value
  }

  private static func fit(_ model: Substring, _ effects: [EffectSize]) throws(NotEstimable)
    -> Influence.Fit
  {
    let normal = NormalModel(effects)
    let tau2 = try tau2(model, effects)
    return Influence.Fit(
      effect: try normal.fit(tau2: tau2).effect(.z), tau2: tau2,
      heterogeneity: normal.heterogeneity.q)
  }

  @Test func smallStudyTests() throws {
    var worst = Worst()
    for (group, rows) in try Self.groups("egger", "harbord", "peters", "begg") {
      let effects = try group.effects()
      let risks = try Studies.risks(group.dataset)
      for row in rows where row["statistic"] != "intercept" {
        let statistic = row["statistic"]
        if row["method"] == "begg" {
          let test = try BeggTest(effects)
          guard statistic == "tau" || test.isExact == (statistic == "exact_p_value") else {
            continue
          }
          worst.check(
            statistic == "tau" ? test.tau : test.pValue, "value", of: row, within: 1e-14)
          continue
        }
        let test =
          switch row["method"] {
          case "egger": try RegressionTest.egger(effects)
          case "harbord": try RegressionTest.harbord(risks)
          default: try RegressionTest.peters(try group.sizes(), risks: risks)
          }
        let value =
          switch statistic {
          case "slope": test.estimate
          case "standard_error": test.standardError
          case "t": test.statistic
          case "df": test.degreesOfFreedom ?? 0
          default: test.pValue
          }
        worst.check(value, "value", of: row, within: 1e-12)
      }
    }
    worst.report("small-study tests")
  }

  @Test func trimAndFill() throws {
    var worst = Worst()
    for (group, rows) in try Self.groups("trim-and-fill") {
      let effects = try group.effects()
      for (method, rows) in Dictionary(grouping: rows, by: { $0["method"] }) {
        let parts = method.split(separator: "/")
        let result = try TrimAndFill(effects, estimator: parts[1] == "L0" ? .l0 : .r0) {
          effects throws(NotEstimable) in try Self.fit(parts[2], effects).effect
        }
        for row in rows {
          switch row["statistic"] {
          case "filled": #expect(result.filled.count == row.int("value"))
          case "side": #expect(result.side.rawValue == row["value"])
          case "tau2":
            worst.check(
              try Self.tau2(parts[2], effects + result.filled), "value", of: row, within: 1e-10)
          case "estimate":
            worst.check(result.effect.estimate, "value", of: row, within: 1e-11)
          default: worst.check(result.effect.standardError, "value", of: row, within: 1e-11)
          }
        }
      }
    }
    worst.report("trim and fill")
  }

  @Test func influence() throws {
    var worst = Worst()
    for (group, rows) in try Self.groups("common/omitted", "dl/omitted", "reml/omitted") {
      let effects = try group.effects()
      for (model, rows) in Dictionary(
        grouping: rows, by: { $0["method"].prefix { $0 != "/" } })
      {
        let all = try Self.tau2(model, effects)
        let influence = try Influence.refitting(
          effects, hats: NormalModel(effects).fit(tau2: all).hatValues
        ) { places throws(NotEstimable) in try Self.fit(model, places.map { effects[$0] }) }
        let direct = try Influence.onCommonEffect(effects)
        for row in rows where row["statistic"] != "i2" {
          let place =
            try #require(
              row["method"].split(separator: "/").last.flatMap { Int($0) }) - 1
          for found in [try influence[place].get()] + (model == "common" ? [direct[place]] : []) {
            let value =
              switch row["statistic"] {
              case "estimate": found.without.effect.estimate
              case "standard_error": found.without.effect.standardError
              case "tau2": found.without.tau2
              case "q": found.without.heterogeneity ?? -1
              case "hat": found.hat ?? -1
              case "studentised_residual": found.studentizedResidual ?? -1
              case "dffits": found.dffits
              case "cook": found.cooksDistance
              default: found.covarianceRatio
              }
            // Of a study that hardly moves the mean the difference of two means is mostly rounding.
            let expected = row.double("value")
            let rounding = 1e-14 / max(abs(found.hat ?? 1), 1e-3)
            if abs(value - expected) > rounding {
              worst.check(value, "value", of: row, within: 1e-10)
            }
          }
        }
      }
    }
    worst.report("influence")
  }

  @Test func leavingOneOut() throws {
    var worst = Worst()
    for (group, rows) in try Self.groups("mantel-haenszel/omitted", "peto/omitted") {
      let risks = try Studies.risks(group.dataset)
      for row in rows {
        let parts = row["method"].split(separator: "/")
        let omitted = try #require(Int(parts[2])) - 1
        let others = risks.enumerated().filter { $0.offset != omitted }.map(\.element)
        let effect =
          parts[0] == "peto"
          ? try PetoPooling(others).effect
          : try MantelHaenszel(risks: others, .oddsRatio).effect.get()
        worst.check(
          row["statistic"] == "estimate" ? effect.estimate : effect.standardError, "value",
          of: row, within: 1e-13)
      }
    }
    worst.report("leave one out")
  }

  @Test func exactConditional() throws {
    var worst = Worst()
    let rows = try referenceTable("MetaAnalysis", "exact")
    for (dataset, rows) in Dictionary(grouping: rows, by: { $0["dataset"] }) {
      for row in rows {
        let exact =
          row["measure"] == "odds-ratio"
          ? try ExactConditional(try Studies.risks(dataset))
          : try ExactConditional(try Studies.rates(dataset))
        let midP = row["method"] == "exact-conditional-mid-p"
        let value: Double =
          switch row["statistic"] {
          case "estimate": exact.ratio
          case "lower": try exact.interval(level: .percent95, midP: midP).lower ?? .nan
          case "upper": try exact.interval(level: .percent95, midP: midP).upper ?? .nan
          default: try exact.pValue(midP: midP)
          }
        worst.check(value, "value", of: row, within: 1e-11)
      }
    }
    worst.report("exact conditional")
  }
}
