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
