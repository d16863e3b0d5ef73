import Inference
import MetaAnalysis
import Results
import StudyDefinition

// What each study does to the pooled effect.

extension PoolingAnalysis {
  /// The models whose studies are looked at, for each diagnostic of single studies.
  private var studyDiagnostics: [(diagnostic: MetaAnalysisDiagnostic, model: PoolingModel)] {
    diagnostics.flatMap {
      diagnostic -> [(diagnostic: MetaAnalysisDiagnostic, model: PoolingModel)] in
      switch diagnostic {
      case .influence: models.filter(\.hasInfluence).map { (diagnostic, $0) }
      case .radial, .baujat: weightedByVariance.map { (diagnostic, $0) }
      default: []
      }
    }
  }

  var studyDiagnosticKeys: [StatisticKey] {
    studyDiagnostics.flatMap { diagnostic, model in
      diagnostic.studyNames(model).map {
        StatisticKey(
          measure: "diagnostic", method: "\(model.name)/\(diagnostic.rawValue)", name: $0)
      }
    }
  }

  /// The values of the keys, by study.
  func studyDiagnosticValues(_ data: PooledData) -> [[RowValue]] {
    var values = studies.map { _ in [RowValue]() }
    for (diagnostic, model) in studyDiagnostics {
      for study in studies.indices {
        let names = diagnostic.studyNames(model)
        do throws(NotEstimable) {
          values[study] += try studyValues(diagnostic, model, study, data)
        } catch {
          values[study] += names.map { _ in RowValue(error) }
        }
      }
    }
    return values
  }

  private func studyValues(
    _ diagnostic: MetaAnalysisDiagnostic, _ model: PoolingModel, _ study: Int, _ data: PooledData
  ) throws(NotEstimable) -> [RowValue] {
    guard let place = data.index(of: study) else { throw .noSubjects }
    let variant = model.variants(inference)[0]
    let full = try data.all.fit(model)
    let effect = try? data.study(study).effect.get()
    if diagnostic == .radial {
      guard let effect else { throw NotEstimable("the study has no effect") }
      let point = RadialPoint(effect, tau2: (try? full.tau2) ?? 0)
      return [RowValue(point.precision), RowValue(point.standardizedEffect)]
    }
    guard full.places.contains(place) else { throw NotEstimable("the study is not pooled") }
    let without = try data.all.selecting(data.all.places.filter { $0 != study }).fit(model)
    let fits = (
      full: try full.influenceFit(variant), without: try without.influenceFit(variant)
    )
    if diagnostic == .baujat {
      guard let effect else { throw NotEstimable("the study has no effect") }
      let point = BaujatPoint(of: effect, with: fits.full, without: fits.without)
      return [RowValue(point.contribution), RowValue(point.influence)]
    }
    let influence = Influence(
      of: effect, hat: full.hatValue(ofStudyAt: place), with: fits.full, without: fits.without)
    let hasNoEffect = NotEstimable("the study has no effect, or no weight")
    func value(_ number: Double?) -> RowValue {
      number.map { RowValue($0) } ?? RowValue(hasNoEffect)
    }
    return [
      value(influence.studentizedResidual), RowValue(influence.dffits),
      RowValue(influence.cooksDistance), RowValue(influence.covarianceRatio),
    ] + (model.method == .inverseVariance ? [value(influence.hat)] : [])
      + (model.effects == .random ? [RowValue(influence.without.tau2)] : [])
      + (model.hasQ ? [value(influence.without.heterogeneity)] : [])
  }
}

extension MetaAnalysisDiagnostic {
  /// The names of what it gives of each study.
  fileprivate func studyNames(_ model: PoolingModel) -> [String] {
    guard self == .influence else { return ["x", "y"] }
    return ["rstudent", "dffits", "cook_distance", "cov_ratio"]
      + (model.method == .inverseVariance ? ["hat"] : [])
      + (model.effects == .random ? ["tau2"] : []) + (model.hasQ ? ["q"] : [])
  }
}

extension PoolingModel {
  /// Whether its effect has a standard error, in terms of which a change of it can be told.
  fileprivate var hasInfluence: Bool {
    method != .exactConditional && method != .exactConditionalMidP
  }
}
