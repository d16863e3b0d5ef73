import Inference
import LinearAlgebra
import MetaAnalysis
import TestSupport
import Testing

/// Meta-regressions against values at 50 digits.
@Suite struct RegressionReferenceTests {
  @Test func agreesWithTheReferences() throws {
    var worst = Worst()
    var models: [String: NormalModel] = [:]
    for row in try referenceTable("MetaAnalysis", "regression") {
      let key = row["dataset"] + "/" + row["measure"] + "/" + row["moderators"]
      let model = try models[key] ?? model(row)
      models[key] = model
      let expected = row.double("value")
      let value = try value(of: row, model)
      if expected == 0 {
        #expect(value == 0, "\(value): \(row.testDescription)")
      } else {
        worst.check(value, "value", of: row, within: 1e-11)
      }
    }
    worst.report("regression")
  }

  @Test func kenwardRogerAgreesWithTheReferences() throws {
    var worst = Worst()
    for row in try referenceTable("MetaAnalysis", "kenward_roger") {
      let fit = try model(row).fit(tau2: row.double("tau2"))
      let names = ["intercept"] + row["moderators"].split(separator: " ").map(String.init)
      let index = try #require(names.firstIndex(of: row["coefficient"]))
      let effect = try fit.effect(.kenwardRoger, coefficient: index)
      worst.check(effect.standardError, "standard_error", of: row, within: 1e-11)
      worst.check(try #require(effect.degreesOfFreedom), "df", of: row, within: 1e-11)
    }
    worst.report("Kenward and Roger")
  }

  private func model(_ row: ReferenceRow) throws -> NormalModel {
    let effects = try referenceEffects(row["dataset"], row["measure"])
    let table = try referenceTable("MetaAnalysis", "moderators")
    let columns = row["moderators"].split(separator: " ").map { name in
      table.filter { $0["dataset"] == row["dataset"] && $0["moderator"] == name }
        .map { $0.double("value") }
    }
    let rows = effects.indices.map { i in [1] + columns.map { $0[i] } }
    return try NormalModel(effects, design: Matrix(rows))
  }

  private func value(of row: ReferenceRow, _ model: NormalModel) throws -> Double {
    switch row["statistic"] {
    case "qe": return model.heterogeneity.q
    case "qe_p_value": return model.heterogeneity.pValue
    default: break
    }
    let estimator = Tau2Estimator(rawValue: row["tau2"])
    let tau2 = try estimator.map { try model.tau2($0).value } ?? 0
    let fit = model.fit(tau2: tau2)
    switch row["statistic"] {
    case "tau2": return tau2
    case "r2":
      let plain = try NormalModel(model.effects).tau2(try #require(estimator)).value
      return try rSquared(tau2: tau2, withoutModerators: plain)
    case "hartung_knapp_q":
      return fit.generalisedQ / Double(model.residualDegreesOfFreedom)
    default: return try coefficient(row, fit)
    }
  }

  private func coefficient(_ row: ReferenceRow, _ fit: NormalFit) throws -> Double {
    let parts = row["part"].split(separator: "/").map(String.init)
    let inference = try #require(EffectInference(rawValue: parts[0]))
    let names = ["intercept"] + row["moderators"].split(separator: " ").map(String.init)
    let test = try fit.omnibusTest(inference, coefficients: 1..<names.count)
    switch row["statistic"] {
    case "qm", "f": return test.statistic
    case "qm_p_value", "f_p_value": return test.pValue
    default: break
    }
    let index = try #require(names.firstIndex(of: parts[1]))
    let effect = try fit.effect(inference, coefficient: index)
    let interval = effect.interval(level: .percent95)
    switch row["statistic"] {
    case "estimate": return effect.estimate
    case "standard_error": return effect.standardError
    case "lower": return try #require(interval.lower)
    case "upper": return try #require(interval.upper)
    case "p_value": return effect.pValue
    default: preconditionFailure("no statistic \(row["statistic"])")
    }
  }
}
