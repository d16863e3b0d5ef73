import Inference
import MetaAnalysis
import TestSupport
import Testing

/// The normal model against values at 50 digits.
@Suite struct NormalReferenceTests {
  @Test func agreesWithTheReferences() throws {
    var worst = Worst()
    var models: [String: NormalModel] = [:]
    for row in try referenceTable("MetaAnalysis", "normal") {
      let key = row["dataset"] + "/" + row["measure"]
      let model = try models[key] ?? NormalModel(referenceEffects(row["dataset"], row["measure"]))
      models[key] = model
      guard let value = try value(of: row, model) else { continue }
      let expected = row.double("value")
      if expected == 0 {
        #expect(value == expected, "\(value): \(row.testDescription)")
      } else {
        worst.check(value, "value", of: row, within: 1e-11)
      }
    }
    worst.report("normal")
  }

  private func value(of row: ReferenceRow, _ model: NormalModel) throws -> Double? {
    let parts = row["method"].split(separator: "/").map(String.init)
    if parts[0] == "common" { return try common(row["statistic"], model) }
    if parts[0] == "random" { return try random(row["statistic"], parts, model) }
    let level = try #require(ConfidenceLevel(Double(parts[parts.count - 1]) ?? 0))
    let method = try #require(Tau2IntervalMethod(rawValue: parts[0]))
    let estimator = parts.count == 3 ? try #require(Tau2Estimator(rawValue: parts[1])) : .reml
    let interval = try model.tau2Interval(method, estimator, level: level)
    return row["statistic"] == "tau2_lower" ? interval.lower : interval.upper
  }

  private func common(_ statistic: String, _ model: NormalModel) throws -> Double? {
    let heterogeneity = model.heterogeneity
    let effect = try model.fit(tau2: 0).effect(.z)
    switch statistic {
    case "estimate": return effect.estimate
    case "standard_error": return effect.standardError
    case "q": return heterogeneity.q
    case "q_p_value": return heterogeneity.pValue
    case "h2": return heterogeneity.h2
    case "i2": return heterogeneity.i2
    case "h2_upper_from_h_at_least_1":
      return try heterogeneity.h2Interval(level: .percent95).upper
    case "i2_lower_from_h_at_least_1":
      return try heterogeneity.i2Interval(level: .percent95).lower
    case "i2_upper_from_h_at_least_1":
      return try heterogeneity.i2Interval(level: .percent95).upper
    default: return nil
    }
  }

  private func random(
    _ statistic: String, _ parts: [String], _ model: NormalModel
  ) throws -> Double? {
    let estimator = try #require(Tau2Estimator(rawValue: parts[1]))
    let tau2 = try model.tau2(estimator).value
    let fit = model.fit(tau2: tau2)
    switch statistic {
    case "tau2": return tau2
    case "hartung_knapp_q": return fit.generalisedQ / Double(model.residualDegreesOfFreedom)
    case "i2_tau2": return model.heterogeneity.i2(tau2: tau2)
    case "h2_tau2": return model.heterogeneity.h2(tau2: tau2)
    case "log_likelihood": return nil
    default: break
    }
    let inference = parts.count > 2 ? try #require(EffectInference(rawValue: parts[2])) : .z
    // Effects that do not differ at all have no standard error of Hartung and Knapp.
    guard inference != .hartungKnapp || fit.generalisedQ > 0 else { return nil }
    let effect = try fit.effect(inference)
    switch statistic {
    case "estimate": return effect.estimate
    case "standard_error": return effect.standardError
    case "df": return effect.degreesOfFreedom
    case "lower": return effect.interval(level: .percent95).lower
    case "upper": return effect.interval(level: .percent95).upper
    case "p_value": return effect.pValue
    default: break
    }
    let method = try #require(PredictionMethod(rawValue: parts[4]))
    let interval = try fit.predictionInterval(method, inference, level: .percent95)
    return statistic == "prediction_lower" ? interval.lower : interval.upper
  }
}
