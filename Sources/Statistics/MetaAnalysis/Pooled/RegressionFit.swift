public import Inference
import LinearAlgebra

/// A meta-regression: effects explained by moderators of the studies.
public struct RegressionFit: Sendable {
  let solution: Solution
  /// The coefficient of each column; `nil` where the column is 0 in all studies that are fitted.
  let places: [Int?]

  enum Solution: Sendable {
    case normal(NormalFit)
    case likelihood(MixedFit)
  }
}

extension StudySet {
  /// Fits `model` with means that are sums of multiples of the `columns`, the first of them ones.
  ///
  /// Each has a value for every study of the set.
  ///
  /// - Throws: ``NotEstimable`` where there are too few studies, or columns depend on each other.
  public func regression(
    _ model: PoolingModel, columns: [[Double]]
  ) throws(NotEstimable) -> RegressionFit {
    precondition(columns.allSatisfy { $0.count == count }, "not a value for every study")
    switch model.method {
    case .inverseVariance:
      let effects = try effectSizes()
      let (design, places) = presentColumns(columns, in: effects.estimable)
      let normal = try NormalModel(
        effects.effects, design: design.selectingRows(effects.estimable))
      let tau2 =
        model.effects == .common ? 0 : try normal.tau2(model.tau2 ?? preset.tau2).value
      return RegressionFit(solution: .normal(normal.fit(tau2: tau2)), places: places)
    default:
      let (design, places) = presentColumns(
        columns,
        in: model.method == .unconditionalRandom ? Array(0..<count) : informativePlaces)
      let fit = try mixedModel(model.method, design: design).fit(random: model.effects == .random)
      return RegressionFit(solution: .likelihood(fit), places: places)
    }
  }

  /// The design of the columns that are not 0 in all the studies at `rows`, and where each stands.
  ///
  /// Such is a level that only studies without an effect have.
  private func presentColumns(
    _ columns: [[Double]], in rows: [Int]
  ) -> (design: Matrix, places: [Int?]) {
    var kept: [[Double]] = []
    let places = columns.map { column -> Int? in
      guard rows.isEmpty || rows.contains(where: { column[$0] != 0 }) else { return nil }
      kept.append(column)
      return kept.count - 1
    }
    let design = Matrix(rows: count, columns: kept.count, elements: kept.flatMap { $0 })
    return (design, places)
  }
}

extension StudySet {
  /// One τ² of studies in groups with means of their own: that which moderators for them leave.
  ///
  /// `groups` has the group of each study of the set, from 0.
  ///
  /// - Throws: ``NotEstimable`` where there are not more studies with an effect than groups.
  public func sharedTau2(
    _ estimator: Tau2Estimator, groups: [Int]
  ) throws(NotEstimable) -> Double {
    let effects = try effectSizes()
    let present = Set(effects.estimable.map { groups[$0] }).sorted()
    let design = Matrix(
      effects.estimable.map { place in present.map { $0 == groups[place] ? 1 : 0 } })
    return try NormalModel(effects.effects, design: design).tau2(estimator).value
  }
}

extension RegressionFit {
  /// The coefficient of a column, with its standard error and distribution.
  public func coefficient(
    _ index: Int, _ variant: PoolingModel.Variant
  ) throws(NotEstimable) -> PooledEffect {
    guard let index = places[index] else {
      throw NotEstimable("no study with an effect differs from the reference here")
    }
    switch solution {
    case .normal(let fit): return try fit.effect(variant.inference, coefficient: index)
    case .likelihood(let fit):
      guard let errors = fit.standardErrors else {
        throw NotEstimable("all events are in one group")
      }
      return PooledEffect(estimate: fit.coefficients[index], standardError: errors[index])
    }
  }

  /// The test that all coefficients but the first are 0.
  ///
  /// - Throws: ``NotEstimable`` where there is no other, or as the fits do.
  public func moderatorTest(
    _ variant: PoolingModel.Variant
  ) throws(NotEstimable) -> ModeratorTest {
    switch solution {
    case .normal(let fit):
      try requireModerators(fit.coefficients)
      return try fit.omnibusTest(variant.inference, coefficients: 1..<fit.coefficients.count)
    case .likelihood(let fit):
      guard let covariance = fit.covariance else {
        throw NotEstimable("all events are in one group")
      }
      try requireModerators(fit.coefficients)
      return try ModeratorTest(
        fit.coefficients, covariance, coefficients: 1..<fit.coefficients.count)
    }
  }

  private func requireModerators(_ coefficients: [Double]) throws(NotEstimable) {
    guard coefficients.count > 1 else {
      throw NotEstimable("the moderators are the same in all studies")
    }
  }

  /// The variance between studies that moderators leave.
  public var tau2: Double {
    switch solution {
    case .normal(let fit): fit.tau2
    case .likelihood(let fit): fit.tau2 ?? 0
    }
  }

  /// How much the studies differ from the regression; of inverse variances alone.
  public var residualHeterogeneity: Heterogeneity? {
    switch solution {
    case .normal(let fit): fit.model.heterogeneity
    case .likelihood: nil
    }
  }
}

extension Matrix {
  fileprivate func selectingRows(_ rows: [Int]) -> Matrix {
    Matrix(
      rows: rows.count, columns: columns,
      elements: (0..<columns).flatMap { j in rows.map { self[$0, j] } })
  }
}
