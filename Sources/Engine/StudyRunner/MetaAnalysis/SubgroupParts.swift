import Inference
import MetaAnalysis
import Results
import StudyDefinition

extension PoolingAnalysis {
  /// The test that the subgroups have one effect, by each variant of each model.
  ///
  /// Q = Σ w (θ − θ̄)² over subgroups with w = 1/SE², on one degree of freedom less than there are.
  var subgroupTests: [PooledPart] {
    guard subgroups != nil else { return [] }
    return models.flatMap { model in
      model.variants(inference).filter { $0 != .profileLikelihood }.map { variant in
        PooledPart(
          "subgroup-difference", method: model.name(of: variant), ["q", "df", "p_value"]
        ) { fits, level throws(NotEstimable) in
          let effects = try subgroupNames.map { name throws(NotEstimable) -> EffectSize in
            let fit = try subgroup(name, of: fits).fit(model)
            let result = try fit.result(variant, level: level)
            let error = try result.standardError.get()
            return EffectSize(value: result.estimate, variance: error * error)
          }
          let difference = NormalModel(effects).heterogeneity
          guard difference.degreesOfFreedom > 0 else { throw NotEstimable("one subgroup") }
          return [
            RowValue(difference.q), RowValue(difference.degreesOfFreedom),
            RowValue(difference.pValue),
          ]
        }
      }
    }
  }

  /// The studies of a subgroup, with their own τ² or that of all subgroups together.
  func subgroup(_ name: String, of fits: SetFits) -> SetFits {
    let names = subgroupNames
    let members = studies.indices.filter { studies[$0].subgroup == name }
    guard let subgroups, subgroups.shareTau2 else { return fits.selecting(members) }
    let groups = fits.places.map { place in
      names.firstIndex { $0 == studies[place].subgroup } ?? 0
    }
    return fits.selecting(members) { estimator throws(NotEstimable) in
      try fits.set.sharedTau2(estimator, groups: groups)
    }
  }
}
