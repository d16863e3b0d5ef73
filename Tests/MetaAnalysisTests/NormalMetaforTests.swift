import Inference
import MetaAnalysis
import TestSupport
import Testing

/// The normal model against metafor, on the effects that it computed itself.
@Suite struct NormalMetaforTests {
  private static let estimators: [String: Tau2Estimator] = [
    "DL": .dl, "HE": .he, "HS": .hs, "HSk": .hsk, "SJ": .sj, "ML": .ml, "REML": .reml, "EB": .eb,
    "PM": .pm, "PMM": .pmm, "REML_knha": .reml, "REML_adhoc": .reml,
  ]

  @Test func agreesWithMetafor() throws {
    var worst = Worst()
    let rows = try referenceTable("MetaAnalysis", "metafor")
    for (key, group) in Dictionary(grouping: rows, by: { $0["dataset"] + "/" + $0["measure"] }) {
      let values = group.filter { $0["model"] == "yi" }.map { $0.double("value") }
      let variances = group.filter { $0["model"] == "vi" }.map { $0.double("value") }
      guard !values.isEmpty else { continue }
      let effects = zip(values, variances).map { EffectSize(value: $0, variance: $1) }
      let model = NormalModel(effects)
      for row in group {
        guard let value = try value(row, model) else { continue }
        let expected = row.double("value")
        if expected == 0 {
          #expect(value == 0, "\(key) \(value): \(row.testDescription)")
        } else {
          worst.check(value, "value", of: row, within: 1e-8)
        }
      }
    }
    worst.report("metafor")
  }

  private func value(_ row: ReferenceRow, _ model: NormalModel) throws -> Double? {
    let (name, statistic) = (row["model"], row["statistic"])
    switch name {
    case "EE": return try pooled(statistic, model, tau2: 0, .z)
    case "tau2ci_QP":
      let interval = try model.tau2Interval(.qProfile, .reml, level: .percent95)
      return statistic == "2" ? interval.lower : statistic == "3" ? interval.upper : nil
    case "tau2ci_PL_REML":
      let interval = try model.tau2Interval(.profileLikelihood, .reml, level: .percent95)
      return statistic == "2" ? interval.lower : statistic == "3" ? interval.upper : nil
    case "pi_REML_z", "pi_REML_riley":
      let fit = model.fit(tau2: try model.tau2(.reml).value)
      let interval = try fit.predictionInterval(
        name == "pi_REML_z" ? .z : .tKMinus2, .z, level: .percent95)
      return statistic == "1" ? interval.lower : interval.upper
    default: break
    }
    guard let estimator = Self.estimators[name] else { return nil }
    let tau2 = try model.tau2(estimator)
    switch statistic {
    case "tau2": return tau2.value
    case "se_tau2": return tau2.standardError
    case "I2": return model.heterogeneity.i2(tau2: tau2.value).map { 100 * $0 }
    case "H2": return model.heterogeneity.h2(tau2: tau2.value)
    default:
      let inference: EffectInference =
        name == "REML_knha" ? .hartungKnapp : name == "REML_adhoc" ? .hartungKnappAdHoc : .z
      return try pooled(statistic, model, tau2: tau2.value, inference)
    }
  }

  private func pooled(
    _ statistic: String, _ model: NormalModel, tau2: Double, _ inference: EffectInference
  ) throws -> Double? {
    let effect = try model.fit(tau2: tau2).effect(inference)
    switch statistic {
    case "b": return effect.estimate
    case "se": return effect.standardError
    case "ci.1": return effect.interval(level: .percent95).lower
    case "ci.2": return effect.interval(level: .percent95).upper
    case "stat": return effect.statistic
    case "p": return effect.pValue
    case "QE": return model.heterogeneity.q
    case "QEp": return model.heterogeneity.pValue
    default: return nil
    }
  }
}
