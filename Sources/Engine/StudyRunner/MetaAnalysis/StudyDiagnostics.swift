import Inference
import MetaAnalysis
import Results
import StudyDefinition

// What each study does to the pooled effect.

extension PoolingAnalysis {
  var studyDiagnosticKeys: [StatisticKey] {
    diagnosticsOfStudies.flatMap { diagnostic in
      diagnostic.names.map {
        StatisticKey(measure: "diagnostic", method: diagnostic.method, name: $0)
      }
    }
  }

  /// The values of the keys, by study.
  func studyDiagnosticValues(_ data: PooledData) -> [[RowValue]] {
    var values = studies.map { _ in [RowValue]() }
    for diagnostic in diagnosticsOfStudies {
      let found = diagnostic.values(data)
      for study in studies.indices {
        switch data.index(of: study).flatMap({ found[$0] }) {
        case .success(let numbers): values[study] += numbers
        case .failure(let reason): values[study] += diagnostic.names.map { _ in RowValue(reason) }
        case nil: values[study] += diagnostic.names.map { _ in RowValue(.notPooled) }
        }
      }
    }
    return values
  }

  private var diagnosticsOfStudies: [StudyDiagnostic] {
    diagnostics.flatMap { diagnostic -> [StudyDiagnostic] in
      switch diagnostic {
      case .influence:
        models.filter(\.hasInfluence).map { .influence($0, $0.variants(inference)[0]) }
      case .radial: [.radial]
      case .baujat: [.baujat]
      default: []
      }
    }
  }
}

/// A diagnostic that gives numbers of each study.
private enum StudyDiagnostic {
  case influence(PoolingModel, PoolingModel.Variant)
  /// On the common effect, as ``baujat``.
  case radial
  case baujat

  var method: String {
    switch self {
    case .influence(let model, _):
      "\(model.name)/\(MetaAnalysisDiagnostic.influence.rawValue)"
    case .radial: MetaAnalysisDiagnostic.radial.rawValue
    case .baujat: MetaAnalysisDiagnostic.baujat.rawValue
    }
  }

  var names: [String] {
    guard case .influence(let model, _) = self else { return ["x", "y"] }
    return ["rstudent", "dffits", "cook_distance", "cov_ratio"]
      + (model.method == .inverseVariance ? ["hat"] : [])
      + (model.effects == .random ? ["tau2"] : []) + (model.hasQ ? ["q"] : [])
  }

  /// By the places of the studies in the set of all; a study that is not pooled has none.
  func values(_ data: PooledData) -> [Int: Result<[RowValue], NotEstimable>] {
    do throws(NotEstimable) {
      let sizes = try data.all.set.effectSizes()
      switch self {
      case .radial:
        let points = sizes.effects.map { RadialPoint($0) }
        return sizes.byPlace(
          points.map { [$0.precision, $0.standardizedEffect].map { RowValue($0) } })
      case .baujat:
        let full = try data.all.fit(PoolingModel(.inverseVariance, .common)).influenceFit(.plain)
        let without = try Influence.onCommonEffect(sizes.effects).map(\.without)
        let points = zip(sizes.effects, without).map {
          BaujatPoint(of: $0, with: full, without: $1)
        }
        return sizes.byPlace(points.map { [$0.contribution, $0.influence].map { RowValue($0) } })
      case .influence(PoolingModel(.inverseVariance, .common), _):
        return sizes.byPlace(try Influence.onCommonEffect(sizes.effects).map { values(of: $0) })
      case .influence(let model, let variant):
        return try refitted(model, variant, sizes, data)
      }
    } catch {
      return Dictionary(
        uniqueKeysWithValues: data.all.places.indices.map { ($0, .failure(error)) })
    }
  }

  /// The influence of each study by a fit without it.
  private func refitted(
    _ model: PoolingModel, _ variant: PoolingModel.Variant, _ sizes: EffectSizes, _ data: PooledData
  ) throws(NotEstimable) -> [Int: Result<[RowValue], NotEstimable>] {
    let fit = try data.all.fit(model)
    let effects = Dictionary(uniqueKeysWithValues: zip(sizes.estimable, sizes.effects))
    let influences = try Influence.refitting(fit.places.map { effects[$0] }, hats: fit.hatValues) {
      kept throws(NotEstimable) in
      guard kept.count < fit.places.count else { return try fit.influenceFit(variant) }
      let places = kept.map { data.all.places[fit.places[$0]] }
      return try data.all.selecting(places).fit(model).influenceFit(variant)
    }
    return Dictionary(
      uniqueKeysWithValues: zip(fit.places, influences.map { $0.map { values(of: $0) } }))
  }

  private func values(of influence: Influence) -> [RowValue] {
    names.map { name in
      switch name {
      case "rstudent": RowValue(optional: influence.studentizedResidual)
      case "dffits": RowValue(influence.dffits)
      case "cook_distance": RowValue(influence.cooksDistance)
      case "cov_ratio": RowValue(influence.covarianceRatio)
      case "hat": RowValue(optional: influence.hat)
      case "tau2": RowValue(influence.without.tau2)
      default: RowValue(optional: influence.without.heterogeneity)
      }
    }
  }
}

extension EffectSizes {
  /// The values of the studies with an effect, by their places.
  fileprivate func byPlace(_ values: [[RowValue]]) -> [Int: Result<[RowValue], NotEstimable>] {
    Dictionary(uniqueKeysWithValues: zip(estimable, values.map { .success($0) }))
  }
}

extension RowValue {
  /// A number that exists of studies with an effect alone.
  fileprivate init(optional number: Double?) {
    self = number.map { RowValue($0) } ?? RowValue(NotEstimable("the study has no effect"))
  }
}

extension PoolingModel {
  /// Whether its effect has a standard error, in terms of which a change of it can be told.
  fileprivate var hasInfluence: Bool {
    method != .exactConditional && method != .exactConditionalMidP
  }
}

extension NotEstimable {
  static let notPooled = NotEstimable("the study is not pooled")
}
