import DoseResponse
import Glibc
import LinearAlgebra
import Probability
import TestSupport
import Testing

/// The search for Ψ on simulated lots, few and many, alike and far apart, known well and badly.
@Suite struct LotSearchTests {
  @Test(arguments: LotStructure.allCases, LotLikelihood.allCases)
  func noOtherCovarianceIsMoreLikely(structure: LotStructure, likelihood: LotLikelihood) throws {
    var stream = RandomStream(seed: 71)
    var terminations: [LotPool.Termination: Int] = [:]
    for _ in 0..<150 {
      let lots = simulated(&stream)
      let pool = try LotPool(lots, structure: structure, likelihood: likelihood)
      terminations[pool.termination, default: 0] += 1
      let order = pool.means.count
      let found = deviance(lots, pool.betweenLotCovariance, likelihood)
      #expect(abs(found - pool.deviance) <= 1e-9 * (1 + abs(found)))
      for trial in 0..<60 {
        let other = candidate(pool, order, isFar: trial % 2 == 0, &stream)
        #expect(deviance(lots, other, likelihood) >= found - 1e-9 * (1 + abs(found)))
      }
    }
    #expect(terminations[.iterationLimit] == nil, "\(terminations)")
    #expect(terminations[.interior, default: 0] > 10, "\(terminations)")
    #expect(terminations[.boundary, default: 0] > 10, "\(terminations)")
  }

  private func simulated(_ stream: inout RandomStream) -> [LotEstimate] {
    let order = Int(stream.next() % 4) + 1
    let count = Int(stream.next() % 10) + 2
    let between = (0..<order).map { _ in stream.uniform() < 0.4 ? 0 : exp(2 * normal(&stream)) }
    return (0..<count).map { _ in
      let within = exp(normal(&stream))
      let root = Matrix(
        rows: order, columns: order,
        elements: (0..<order * order).map { _ in within * normal(&stream) })
      var covariance = root.timesTransposed(root)
      for j in 0..<order { covariance[j, j] += 0.1 * within }
      let errors = root * (0..<order).map { _ in normal(&stream) }
      return LotEstimate(
        (0..<order).map { 3 + between[$0] * normal(&stream) + errors[$0] }, covariance: covariance)
    }
  }

  /// Ψ̂ changed a little, or something else altogether, of the pool's structure.
  private func candidate(
    _ pool: LotPool, _ order: Int, isFar: Bool, _ stream: inout RandomStream
  ) -> Matrix {
    let size = exp(3 * normal(&stream))
    let scales = pool.covariance.diagonal.map { ($0 * Double(pool.lots)).squareRoot() * size }
    let root = Matrix(
      rows: order, columns: order, elements: (0..<order * order).map { _ in normal(&stream) }
    ).scalingRows(by: scales)
    let square = root.timesTransposed(root)
    let change = pool.structure == .diagonal ? Matrix(diagonal: square.diagonal) : square
    let near = isFar ? 0 : 1.0
    return Matrix(
      rows: order, columns: order,
      elements: zip(pool.betweenLotCovariance.elements, change.elements).map {
        near * $0 + (isFar ? 1 : 1e-3) * $1
      })
  }

  /// −2 log L with its constants.
  private func deviance(
    _ lots: [LotEstimate], _ psi: Matrix, _ likelihood: LotLikelihood
  ) -> Double {
    let order = psi.rows
    var value = 0.0
    var total = [Double](repeating: 0, count: order * order)
    var sum = [Double](repeating: 0, count: order)
    var factors: [Cholesky] = []
    for lot in lots {
      let entries = zip(lot.covariance.elements, psi.elements).map { $0 + $1 }
      let matrix = Matrix(rows: order, columns: order, elements: entries)
      guard let factor = try? Cholesky(matrix) else { return .infinity }
      factors.append(factor)
      value += factor.logDeterminant
      total = zip(total, factor.inverse.elements).map { $0 + $1 }
      sum = zip(sum, factor.solve(lot.values)).map { $0 + $1 }
    }
    guard let information = try? Cholesky(Matrix(rows: order, columns: order, elements: total))
    else { return .infinity }
    let mean = information.solve(sum)
    for (lot, factor) in zip(lots, factors) {
      let rest = zip(lot.values, mean).map { $0 - $1 }
      value += zip(rest, factor.solve(rest)).reduce(0) { $0 + $1.0 * $1.1 }
    }
    let count = Double(lots.count)
    let parameters = Double(order)
    let constant = parameters * log(2 * Double.pi)
    return likelihood == .restricted
      ? value + information.logDeterminant - parameters * log(count) + (count - 1) * constant
      : value + count * constant
  }

  private func normal(_ stream: inout RandomStream) -> Double {
    Normal.standard.quantile(lowerTail: stream.uniform())
  }
}
