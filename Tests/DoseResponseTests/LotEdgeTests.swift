import DoseResponse
import Glibc
import Inference
import LinearAlgebra
import TestSupport
import Testing

@Suite struct LotEdgeTests {
  @Test(arguments: [1, 2, 4], [2, 3, 9])
  func identicalLotsHaveNoVariance(order: Int, count: Int) throws {
    let lot = try LotEstimate(
      Array(lotData("curve")[0].values.prefix(order)),
      covariance: leading(lotData("curve")[0].covariance, order))
    let pool = try LotPool([LotEstimate](repeating: lot, count: count))
    #expect(pool.betweenLotCovariance == Matrix(repeating: 0, rows: order, columns: order))
    #expect(pool.termination == .boundary)
    #expect(pool.homogeneity.pValue >= 1 - 1e-12)
    for j in 0..<order {
      #expect(relativeError(pool.means[j], lot.values[j]) <= 1e-13)
      let error = (lot.covariance[j, j] / Double(count)).squareRoot()
      #expect(relativeError(pool.mean(j).standardError, error) <= 1e-13)
    }
  }

  private func leading(_ matrix: Matrix, _ order: Int) -> Matrix {
    Matrix((0..<order).map { Array(matrix.row($0).prefix(order)) })
  }

  /// With equal Vᵢ = V, restricted Ψ̂ is S − V where that is positive definite, S the sample covariance.
  @Test func equalCovariancesGiveTheSampleCovariance() throws {
    let within = Matrix([[0.02, 0.008], [0.008, 0.05]])
    let values = [[1.0, 4], [2.5, 3], [0.3, 6], [1.9, 7], [3.3, 5], [1.2, 1]]
    let pool = try LotPool(values.map { LotEstimate($0, covariance: within) })
    let mean = (0..<2).map { j in values.reduce(0) { $0 + $1[j] / 6 } }
    for i in 0..<2 {
      #expect(relativeError(pool.means[i], mean[i]) <= 1e-13)
      for j in 0..<2 {
        let sample = values.reduce(0) { $0 + ($1[i] - mean[i]) * ($1[j] - mean[j]) / 5 }
        let found = pool.betweenLotCovariance[i, j]
        #expect(abs(found - (sample - within[i, j])) <= 1e-12, "\(i) \(j)")
      }
      // q = 1: the variance is S/k.
      #expect(abs(pool.hartungKnappFactors[i] - 1) <= 1e-12)
    }
    #expect(pool.termination == .interior)
  }

  @Test func largeVarianceWithinHidesThatBetween() throws {
    let lots = (0..<8).map { LotEstimate(Double($0 % 3), variance: 1e12) }
    let pool = try LotPool(lots)
    #expect(pool.betweenLotCovariance[0, 0] == 0)
    #expect(relativeError(pool.means[0], 0.875) <= 1e-12)
    // One lot known next to nothing of adds nothing.
    let known = try LotPool(Array(lotData("one-parameter")))
    let more = try LotPool(lotData("one-parameter") + [LotEstimate(77, variance: 1e14)])
    #expect(
      relativeError(more.betweenLotCovariance[0, 0], known.betweenLotCovariance[0, 0]) <= 1e-8)
  }

  @Test func smallVarianceWithinLeavesTheSample() throws {
    let values = [1.0, 3, 4, 8]
    let pool = try LotPool(values.map { LotEstimate($0, variance: 1e-12) })
    #expect(relativeError(pool.means[0], 4) <= 1e-11)
    #expect(relativeError(pool.betweenLotCovariance[0, 0], 26.0 / 3) <= 1e-11)
  }

  @Test func fewLotsAreFittedWithADiagonal() throws {
    let lots = try lotData("curve")
    #expect(try LotPool(Array(lots.prefix(5))).structure == .diagonal)
    #expect(try LotPool(Array(lots.prefix(6))).structure == .unstructured)
    let pool = try LotPool(Array(lots.prefix(2)))
    #expect(pool.betweenLotCovariance[0, 1] == 0)
    #expect(pool.mean(0).degreesOfFreedom == 1)
    #expect(throws: NotEstimable("the prediction of a new lot needs three lots")) {
      try pool.prediction(0, level: .percent95)
    }
  }

  @Test func whatDoesNotExistIsNotEstimable() {
    #expect(throws: NotEstimable("one lot says nothing of differences between lots")) {
      try LotPool([LotEstimate(1, variance: 2)])
    }
    #expect(throws: NotEstimable("no lot says anything of differences between lots")) {
      try LotPool([])
    }
    for variance in [0, -1] {
      #expect(throws: NotEstimable("a covariance within a lot is not positive definite")) {
        try LotPool([LotEstimate(1, variance: 2), LotEstimate(3, variance: Double(variance))])
      }
    }
    for value in [Double.infinity, .nan, 1e300] {
      #expect(
        throws: NotEstimable("the lots' estimates or variances are beyond the range of numbers")
      ) {
        try LotPool([LotEstimate(1, variance: 2), LotEstimate(value, variance: 1)])
      }
    }
    #expect(throws: NotEstimable("the mean of the lots is 0")) {
      try LotPool([LotEstimate(-1, variance: 2), LotEstimate(1, variance: 2)]).variation(0)
    }
  }

  /// The interval of a new lot by its formula, and the coefficients of variation.
  @Test func parametersFollowTheirFormulas() throws {
    let pool = try LotPool(lotData("three"))
    let mean = pool.mean(1)
    let variance = pool.betweenLotCovariance[1, 1]
    let interval = try pool.prediction(1, level: .percent95)
    let t10 = 2.2281388519862747
    let half = t10 * (variance + mean.standardError * mean.standardError).squareRoot()
    #expect(relativeError(interval.upper!, mean.estimate + half) <= 1e-14)
    #expect(relativeError(interval.lower!, mean.estimate - half) <= 1e-13)
    #expect(mean.degreesOfFreedom == 11)
    #expect(try pool.variation(1) == variance.squareRoot() / mean.estimate)
    #expect(
      relativeError(try pool.variationOfExponential(1), (exp(variance) - 1).squareRoot()) <= 1e-14)
  }
}
