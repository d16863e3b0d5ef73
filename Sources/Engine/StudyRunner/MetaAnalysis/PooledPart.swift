import Inference
import MetaAnalysis
import Results
import StudyDefinition

/// Statistics that are computed together of a set of studies; their names are known before.
struct PooledPart {
  let keys: [StatisticKey]
  /// One value a key; where it throws, none of them exists.
  let values: (SetFits, ConfidenceLevel) throws(NotEstimable) -> [RowValue]

  init(
    _ measure: String, method: String = "", _ names: [String],
    values: @escaping (SetFits, ConfidenceLevel) throws(NotEstimable) -> [RowValue]
  ) {
    keys = names.map { StatisticKey(measure: measure, method: method, name: $0) }
    self.values = values
  }

  func statistics(
    _ fits: SetFits, level: ConfidenceLevel, unit: (StatisticKey) -> String
  ) -> [Statistic] {
    keys.statistics(unit: unit, isReconstructed: fits.isReconstructed) {
      () throws(NotEstimable) in try values(fits, level)
    }
  }
}

/// A set of studies with the fits made of it so far, so that each model is fitted once.
final class SetFits {
  let set: StudySet
  /// The studies of the set by their places among those of the analysis.
  let places: [Int]
  /// The counts of the studies of the set.
  let counts: [StudyCounts]
  /// Whether a count of any of them was rebuilt.
  let isReconstructed: Bool
  /// τ² where it is not that of this set alone.
  private let tau2: ((Tau2Estimator) throws(NotEstimable) -> Double)?
  private var fits: [PoolingModel: Result<ModelFit, NotEstimable>] = [:]
  private var weights: [PoolingModel: [Int: Double]] = [:]

  init(
    _ set: StudySet, places: [Int], _ counts: [StudyCounts],
    tau2: ((Tau2Estimator) throws(NotEstimable) -> Double)? = nil
  ) {
    self.set = set
    self.tau2 = tau2
    self.places = places
    self.counts = counts
    isReconstructed = counts.contains(where: \.isReconstructed)
  }

  /// Those of the studies at `wanted` places of the analysis that are in the set.
  ///
  /// They have one τ² with others where `tau2` gives it.
  func selecting(
    _ wanted: [Int], tau2: ((Tau2Estimator) throws(NotEstimable) -> Double)? = nil
  ) -> SetFits {
    let wanted = Set(wanted)
    let kept = places.indices.filter { wanted.contains(places[$0]) }
    return SetFits(
      set.selecting(kept), places: kept.map { places[$0] }, kept.map { counts[$0] }, tau2: tau2)
  }

  func fit(_ model: PoolingModel) throws(NotEstimable) -> ModelFit {
    if let known = fits[model] { return try known.get() }
    let fit: Result<ModelFit, NotEstimable>
    do throws(NotEstimable) {
      let given: Double? =
        if let tau2, let estimator = model.tau2 { try tau2(estimator) } else { nil }
      fit = .success(try set.fit(model, tau2: given))
    } catch {
      fit = .failure(error)
    }
    fits[model] = fit
    return try fit.get()
  }

  /// The weights of a model in percent, by the places of the studies in the set.
  func weights(_ model: PoolingModel) throws(NotEstimable) -> [Int: Double] {
    if let known = weights[model] { return known }
    let fit = try fit(model)
    let found = Dictionary(uniqueKeysWithValues: zip(fit.places, try fit.weights()))
    weights[model] = found
    return found
  }
}
