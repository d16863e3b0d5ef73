import DoseResponse
import Glibc
import Inference
import LinearAlgebra
import TestSupport
import Testing

@Suite struct LotPoolTests {
  static let datasets = [
    "berkey98", "one-parameter", "one-homogeneous", "two-lots", "two-homogeneous", "three", "curve",
    "curve-few", "curve-wide",
  ]

  @Test func fitsMatchReference() throws {
    var worst = 0.0
    for row in try referenceTable("DoseResponse", "lots") {
      let lots = try lotData(row["dataset"])
      let pool = try LotPool(
        lots, structure: #require(LotStructure(rawValue: row["structure"])),
        likelihood: #require(LotLikelihood(rawValue: row["likelihood"])))
      let name = row.testDescription
      let order = pool.means.count
      #expect(pool.structure.rawValue == row["structure"], "\(name)")
      #expect(pool.termination.rawValue == row["termination"], "\(name)")
      let between = symmetric(numbers(row["between"]), order: order)
      let covariance = symmetric(numbers(row["covariance"]), order: order)
      let scales = (0..<order).map { j in
        (between[j, j] + covariance[j, j] * Double(lots.count)).squareRoot()
      }
      let errors = [
        difference(pool.betweenLotCovariance, between, scales: scales),
        difference(
          pool.covariance, covariance, scales: covariance.diagonal.map { $0.squareRoot() }),
        zip(pool.means, numbers(row["means"])).map { relativeError($0, $1) }.max()!,
        zip(pool.hartungKnappFactors, numbers(row["factors"])).map { relativeError($0, $1) }.max()!,
        abs(pool.deviance - row.double("deviance")) / Double(lots.count * order),
        relativeError(pool.homogeneity.statistic!, row.double("q")),
        relativeError(pool.homogeneity.pValue, row.double("q_p_value")),
      ]
      #expect(errors.allSatisfy { $0 <= 1e-9 }, "\(errors) \(name)")
      worst = max(worst, errors.max()!)
    }
    print("worst error, lots: \(worst)")
  }

  /// Five trials of two outcomes, as fitted in the documentation of metafor, `dat.berkey1998`.
  ///
  /// Berkey et al. (1998), Stat. Med. 17:2537.
  @Test func publishedTrialsAreReproduced() throws {
    let pool = try LotPool(lotData("berkey98"))
    #expect(agrees(pool.means[0], printed: "0.3534"))
    #expect(agrees(pool.means[1], printed: "-0.3392"))
    #expect(agrees(pool.covariance[0, 0].squareRoot(), printed: "0.0588"))
    #expect(agrees(pool.covariance[1, 1].squareRoot(), printed: "0.0879"))
    #expect(agrees(pool.betweenLotDeviation(0), printed: "0.1083"))
    #expect(agrees(pool.betweenLotDeviation(1), printed: "0.1807"))
    let correlation =
      pool.betweenLotCovariance[0, 1] / pool.betweenLotDeviation(0) / pool.betweenLotDeviation(1)
    #expect(agrees(correlation, printed: "0.6088"))
  }

  /// One parameter is the random-effects model of meta-analysis, whose values are computed elsewhere.
  @Test(arguments: LotLikelihood.allCases)
  func oneParameterIsMetaAnalysis(likelihood: LotLikelihood) throws {
    let effects = try referenceTable("MetaAnalysis", "effects")
    let method = "random/\(likelihood.rawValue)"
    let rows = try referenceTable("MetaAnalysis", "normal").filter {
      $0["measure"] == "generic" && $0["method"].hasPrefix(method) && $0["dataset"] != "generic1"
    }
    var compared = 0
    for row in rows {
      let lots = effects.filter { $0["dataset"] == row["dataset"] }.map {
        LotEstimate($0.double("y"), variance: $0.double("v"))
      }
      let pool = try LotPool(lots, likelihood: likelihood)
      let smallest = lots.map { $0.covariance[0, 0] }.min()!
      let found: (value: Double, unit: Double)
      switch (row["method"], row["statistic"]) {
      case (method, "tau2"): found = (pool.betweenLotCovariance[0, 0], smallest)
      case (method, "estimate"): found = (pool.means[0], smallest.squareRoot())
      case (method, "standard_error"): found = (pool.covariance[0, 0].squareRoot(), 0)
      case (method, "log_likelihood"): found = (-pool.deviance / 2, 1)
      case (method, "hartung_knapp_q"): found = (pool.hartungKnappFactors[0], 1)
      case (method + "/hartung-knapp-adhoc", "standard_error"):
        found = (pool.mean(0).standardError, 0)
      case (method + "/hartung-knapp-adhoc", "upper"):
        found = (pool.mean(0).interval(level: .percent95).upper!, smallest.squareRoot())
      default: continue
      }
      compared += 1
      let expected = row.double("value")
      #expect(
        abs(found.value - expected) <= 1e-9 * (abs(expected) + found.unit),
        "\(found.value) \(row.testDescription)")
    }
    #expect(compared >= 12)
  }

  /// At a maximum inside, Newton's step from it, the score over its curvature, is nothing.
  @Test(arguments: datasets, LotLikelihood.allCases)
  func theScoreIsZero(dataset: String, likelihood: LotLikelihood) throws {
    let lots = try lotData(dataset)
    let pool = try LotPool(lots, likelihood: likelihood)
    #expect(pool.gradientNorm <= 1e-9)
    let psi = pool.betweenLotCovariance
    let score = score(lots, psi, likelihood)
    let order = pool.means.count
    // Along each entry, in units of √(Ψᵢᵢ Ψⱼⱼ): the step that the score asks for.
    for j in 0..<order {
      for i in j..<order where pool.structure == .unstructured || i == j {
        let size = (psi[i, i] * psi[j, j]).squareRoot()
        guard pool.termination == .interior else {
          #expect(score[j, j] >= -1e-9 * weight(lots, psi, j))
          continue
        }
        let curvature = Double(lots.count) / 2
        #expect(abs(score[i, j]) * size <= 1e-9 * curvature, "\(dataset) \(i) \(j)")
      }
    }
  }

  /// ΣW − ΣW(rrᵀ + C)W.
  private func score(
    _ lots: [LotEstimate], _ psi: Matrix, _ likelihood: LotLikelihood
  ) -> Matrix {
    let order = psi.rows
    let weights = lots.map { inverse(sum($0.covariance, psi)) }
    let total = weights.dropFirst().reduce(weights[0]) { sum($0, $1) }
    let covariance = inverse(total)
    var vector = [Double](repeating: 0, count: order)
    for (lot, weight) in zip(lots, weights) {
      vector = zip(vector, weight * lot.values).map { $0 + $1 }
    }
    let mean = covariance * vector
    var score = total
    for (lot, weight) in zip(lots, weights) {
      let rest = Matrix(column: zip(lot.values, mean).map { $0 - $1 })
      var inner = rest.timesTransposed(rest)
      if likelihood == .restricted { inner = sum(inner, covariance) }
      score = sum(score, weight * inner * weight, -1)
    }
    return score
  }

  private func weight(_ lots: [LotEstimate], _ psi: Matrix, _ index: Int) -> Double {
    lots.reduce(0) { $0 + inverse(sum($1.covariance, psi))[index, index] }
  }

  private func sum(_ a: Matrix, _ b: Matrix, _ factor: Double = 1) -> Matrix {
    Matrix(
      rows: a.rows, columns: a.columns,
      elements: zip(a.elements, b.elements).map { $0 + factor * $1 })
  }

  private func inverse(_ matrix: Matrix) -> Matrix {
    guard let factor = try? Cholesky(matrix) else { preconditionFailure("not positive definite") }
    return factor.inverse
  }

  @Test(arguments: datasets)
  func theOrderOfLotsDoesNotMatter(dataset: String) throws {
    let lots = try lotData(dataset)
    let pool = try LotPool(lots)
    expectEqual(pool, try LotPool(lots.reversed()))
    expectEqual(
      pool, try LotPool(Array(lots.dropFirst(lots.count / 2) + lots.prefix(lots.count / 2))))
  }

  /// a + b y for a parameter moves its mean and scales what belongs to it.
  @Test(arguments: datasets)
  func changesOfUnitsCarryOver(dataset: String) throws {
    let lots = try lotData(dataset)
    let factors = [1e-6, -3, 2.5e4, 0.1].prefix(lots[0].values.count).map { $0 }
    let shifts = [0.002, -7, 0, 40]
    let moved = lots.map { lot in
      LotEstimate(
        lot.values.indices.map { factors[$0] * lot.values[$0] + shifts[$0] },
        covariance: lot.covariance.scalingRows(by: factors).scalingColumns(by: factors))
    }
    let (pool, other) = (try LotPool(lots), try LotPool(moved))
    let scales = scales(pool)
    let back = factors.map { 1 / $0 }
    for j in factors.indices {
      let mean = (other.means[j] - shifts[j]) * back[j]
      #expect(abs(mean - pool.means[j]) <= 1e-9 * scales[j], "\(dataset)")
    }
    let psi = other.betweenLotCovariance.scalingRows(by: back).scalingColumns(by: back)
    #expect(difference(psi, pool.betweenLotCovariance, scales: scales) <= 1e-9, "\(dataset)")
    let units = factors.reduce(0) { $0 + log(abs($1)) } * Double(2 * (lots.count - 1))
    #expect(abs(other.deviance - units - pool.deviance) <= 1e-9 * Double(lots.count))
  }

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

  private func scales(_ pool: LotPool) -> [Double] {
    pool.means.indices.map { j in
      (pool.betweenLotCovariance[j, j] + pool.covariance[j, j] * Double(pool.lots)).squareRoot()
    }
  }

  private func expectEqual(_ a: LotPool, _ b: LotPool) {
    let scales = scales(a)
    #expect(
      difference(a.betweenLotCovariance, b.betweenLotCovariance, scales: scales) <= 1e-9)
    for j in a.means.indices { #expect(abs(a.means[j] - b.means[j]) <= 1e-9 * scales[j]) }
    #expect(abs(a.deviance - b.deviance) <= 1e-10 * Double(a.lots))
    #expect(a.termination == b.termination)
  }
}
