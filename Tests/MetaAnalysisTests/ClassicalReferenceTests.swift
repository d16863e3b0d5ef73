import Comparison
import Incidence
import Inference
import MetaAnalysis
import TestSupport
import Testing

/// `classical.csv`, with 50 digits written independently.
@Suite struct ClassicalReferenceTests {
  /// The rows of one dataset, measure and policy.
  private struct Group: Hashable {
    let dataset: String
    let measure: EffectMeasure
    let policy: String

    var preset: MetaAnalysisPreset {
      switch policy {
      case "zero-studies-too": .metafor
      case "half-a-subject-less": .meta8
      default: .none
      }
    }

    var zeroCells: ZeroCells {
      let doubleZero: ZeroCells.DoubleZero = measure.isRatio ? .exclude : .include
      switch policy {
      case "treatment-arm":
        return ZeroCells(target: .zeroStudies, method: .treatmentArm, doubleZero: doubleZero)
      case "empirical-mh":
        return ZeroCells(target: .zeroStudies, method: .empirical, doubleZero: doubleZero)
      case "zero-studies-double-zero":
        return ZeroCells(target: .zeroStudies, doubleZero: .include)
      case "zero-studies-too", "half-a-subject-less":
        return ZeroCells(target: .zeroStudies, doubleZero: doubleZero)
      default:
        guard let target = ZeroCells.Target(rawValue: policy) else { preconditionFailure(policy) }
        return ZeroCells(target: target, doubleZero: doubleZero)
      }
    }
  }

  /// By group; the odds ratio assumed by `empirical` is Mantel and Haenszel's.
  private static func groups() throws -> [Group: [ReferenceRow]] {
    let rows = try referenceTable("MetaAnalysis", "classical").filter {
      $0["policy"] != "empirical-iv"
    }
    return Dictionary(grouping: rows) { row in
      guard let measure = EffectMeasure(rawValue: row["measure"]) else {
        preconditionFailure(row["measure"])
      }
      return Group(dataset: row["dataset"], measure: measure, policy: row["policy"])
    }
  }

  /// Effects of two groups, and their pooled values by all methods with closed formulas.
  @Test func twoGroups() throws {
    var worst = Worst()
    var worstPooled = 0.0
    for (group, rows) in try Self.groups() {
      let evidence = group.measure.evidence
      guard evidence == .twoRisks || evidence == .twoRates else { continue }
      let risks = try Studies.risks(group.dataset)
      let rates = try Studies.rates(group.dataset)
      let isRisks = evidence == .twoRisks
      let sizes =
        isRisks
        ? try EffectSizes(
          risks: risks, group.measure, zeroCells: group.zeroCells, preset: group.preset)
        : try EffectSizes(
          rates: rates, group.measure, zeroCells: group.zeroCells, preset: group.preset)
      let tau2 = rows.first {
        $0["method"] == "inverse-variance/random/dl" && $0["statistic"] == "tau2"
      }?.double("value")
      var pooled: [String: PooledEffect] = [:]
      var q: [String: Double] = [:]
      // metafor adds nothing to the sums, and leaves double zeros out of Q alone.
      let isMetafor = group.preset == .metafor
      let policy = isMetafor ? nil : group.zeroCells
      let inQ = group.preset.heterogeneityZeroCells(group.measure)
      for hasSatoVariance in [false, true] where group.measure.isPooledByMantelHaenszel {
        let name = hasSatoVariance ? "mantel-haenszel-sato/common" : "mantel-haenszel/common"
        guard
          let found = isRisks
            ? try? MantelHaenszel(
              risks: risks, group.measure, zeroCells: policy, hasSatoVariance: hasSatoVariance)
            : try? MantelHaenszel(rates: rates, group.measure, zeroCells: policy)
        else { continue }
        pooled[name] = try? found.effect.get()
        guard isRisks else { continue }
        let inQ = try EffectSizes(
          risks: risks, group.measure, zeroCells: inQ, preset: group.preset)
        q[name] = try? found.heterogeneity(of: inQ.effects).q
      }
      if group.measure == .oddsRatio, let peto = try? PetoPooling(risks) {
        pooled["peto/common"] = peto.effect
        q["peto/common"] = peto.heterogeneity.q
      }
      if let weights = isRisks
        ? try? SampleSizePooling(sizes, risks: risks) : try? SampleSizePooling(sizes, rates: rates)
      {
        pooled["ssw/common"] = weights.effect()
        pooled["ssw/random/dl"] = tau2.map { weights.effect(tau2: $0) }
      }
      if group.preset == .meta8, !sizes.effects.isEmpty {
        pooled["inverse-variance/common"] = try NormalModel(sizes.effects).fit(tau2: 0).effect(.z)
      }
      pooled["ivhet/common"] = tau2.flatMap {
        try? HeterogeneityPooling(sizes.effects, tau2: $0).effect
      }
      for row in rows {
        let method = row["method"]
        if method.hasPrefix("study/") {
          let effect = sizes.effects[try #require(Int(method.dropFirst(6))) - 1]
          worst.check(
            row["statistic"] == "y" ? effect.value : effect.variance, "value", of: row,
            within: 2e-15)
          continue
        }
        let isOfTheNormalModel = method.hasPrefix("inverse-variance") && group.preset != .meta8
        guard !isOfTheNormalModel, method != "ssw/random/reml" else { continue }
        if row["statistic"] == "q" {
          // One study has a Q that is nothing but rounding.
          // The reference keeps studies with events only in it; metafor and this module do not.
          if group.dataset == "all_events", isMetafor { continue }
          let expected = row.double("value")
          if let q = q[method] {
            #expect(
              abs(q - expected) <= 1e-13 * max(expected, 1e-10), "\(q) \(row.testDescription)")
          }
          continue
        }
        guard let effect = pooled[method] else {
          // A difference without a variance has an estimate alone.
          #expect(row["value"] == "0.0", "\(row.testDescription)")
          continue
        }
        check(effect, row, &worstPooled)
      }
    }
    worst.report("effects of two groups")
    print("worst error of a pooled value: \(worstPooled)")
  }

  private func check(_ effect: PooledEffect, _ row: ReferenceRow, _ worst: inout Double) {
    let interval = effect.interval(level: .percent95)
    let expected = row.double("value")
    let value =
      switch row["statistic"] {
      case "estimate": effect.estimate
      case "standard_error": effect.standardError
      case "lower": interval.lower ?? .nan
      case "upper": interval.upper ?? .nan
      default: effect.pValue
      }
    // An estimate is a sum of effects with both signs, a limit the difference of two numbers; the
    // relative error of a p-value is z² times that of z.
    let isProbability = row["statistic"] == "p_value"
    let isSum = !isProbability && row["statistic"] != "standard_error"
    let size = max(abs(expected), isSum ? effect.standardError : 0)
    let condition = isProbability ? max(1, effect.statistic * effect.statistic) : 1
    let error = abs(value - expected) / size / condition
    worst = max(worst, error)
    #expect(error <= 1e-14, "\(value) \(row.testDescription)")
  }

  /// Effects of one group, and the way back from the mean of Freeman and Tukey's.
  @Test func oneGroup() throws {
    var worst = Worst()
    for (group, rows) in try Self.groups() {
      let evidence = group.measure.evidence
      guard evidence == .oneRisk || evidence == .oneRate else { continue }
      for arm in ["treatment", "reference"] {
        let zeroCells = ZeroCells(defaultFor: group.measure)
        let sizes =
          evidence == .oneRisk
          ? try EffectSizes(
            proportions: try Studies.risks(group.dataset).map {
              arm == "treatment" ? $0.treatment : $0.reference
            }, group.measure, zeroCells: zeroCells, preset: .none)
          : try EffectSizes(
            eventRates: try Studies.rates(group.dataset).map {
              arm == "treatment" ? $0.treatment : $0.reference
            }, group.measure, zeroCells: zeroCells, preset: .none)
        for row in rows where row["method"].hasPrefix(arm) {
          let parts = row["method"].split(separator: "/")
          if parts[1] == "study" {
            let effect = sizes.effects[try #require(Int(parts[2])) - 1]
            worst.check(
              row["statistic"] == "y" ? effect.value : effect.variance, "value", of: row,
              within: 2e-15)
          } else if row["statistic"] == "miller_back_transformed" {
            let mean = try #require(
              rows.first { $0["method"] == row["method"] && $0["statistic"] == "estimate" })
            let back = group.measure.backTransformed(
              mean.double("value"), size: sizes.harmonicMeanSize)
            // Below the transform of no event the reference goes on with the formula.
            if back > 0 { worst.check(back, "value", of: row, within: 1e-13) }
          }
        }
      }
    }
    worst.report("effects of one group")
  }
}

extension EffectMeasure {
  fileprivate var isPooledByMantelHaenszel: Bool {
    PoolingMethod.mantelHaenszel.measures.contains(self)
  }
}
