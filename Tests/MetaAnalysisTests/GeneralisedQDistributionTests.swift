import Foundation
import LinearAlgebra
import MetaAnalysis
import Probability
import TestSupport
import Testing

@Suite struct GeneralisedQDistributionTests {
  @Test func equalTermsAreChiSquare() {
    for count in [1, 2, 3, 12, 200] {
      let distribution = GeneralisedQDistribution(
        sizes: [Double](repeating: 0.3, count: count), basis: noColumns(count))
      let chiSquare = ChiSquare(degreesOfFreedom: Double(count))
      for tail in [1e-12, 1e-6, 0.005, 0.025, 0.3] {
        let low = chiSquare.quantile(lowerTail: tail)
        let high = chiSquare.quantile(upperTail: tail)
        #expect(relativeError(distribution.lowerTail(0.3 * low), tail) <= 1e-11)
        #expect(relativeError(distribution.upperTail(0.3 * high), tail) <= 1e-11)
        #expect(relativeError(distribution.upperTail(0.3 * low), 1 - tail) <= 1e-12)
      }
    }
  }

  /// With every λ twice the sum is one of exponentials, whose upper tail has a closed form.
  @Test func pairsOfEqualTermsAreExponential() {
    let sizes = [0.01, 1, 2, 5, 30]
    let distribution = GeneralisedQDistribution(
      sizes: sizes + sizes, basis: noColumns(2 * sizes.count))
    for x in [100, 200, 400, 1000, 3000] as [Double] {
      let tail = sizes.reduce(0) { sum, size in
        sum
          + sizes.filter { $0 != size }.reduce(exp(-x / (2 * size))) { $0 * size / (size - $1) }
      }
      #expect(relativeError(distribution.upperTail(x), tail) <= 1e-11)
    }
  }

  /// A basis takes its columns' part out of the form: the λ are eigenvalues of √D (1 − BBᵀ) √D.
  @Test func theBasisIsTakenOut() throws {
    var stream = RandomStream(seed: 7)
    for columns in [1, 2, 3] {
      let count = 9
      let sizes = (0..<count).map { _ in 0.1 + stream.uniform() }
      let design = (0..<count).map { _ in (0..<columns).map { _ in stream.uniform() - 0.3 } }
      let basis = try PivotedQR(Matrix(design)).orthogonalFactor
      var form = basis.timesTransposed(basis)
      for i in 0..<count {
        for j in 0..<count {
          form[i, j] = ((i == j ? 1 : 0) - form[i, j]) * (sizes[i] * sizes[j]).squareRoot()
        }
      }
      let values = try SymmetricEigen(form).values.suffix(count - columns)
      let plain = GeneralisedQDistribution(
        sizes: Array(values), basis: noColumns(values.count))
      let distribution = GeneralisedQDistribution(sizes: sizes, basis: basis)
      for x in [0.1, 1, 3, 6, 12, 30] {
        #expect(relativeError(distribution.lowerTail(x), plain.lowerTail(x)) <= 1e-11)
        #expect(relativeError(distribution.upperTail(x), plain.upperTail(x)) <= 1e-11)
      }
    }
  }

  private func noColumns(_ rows: Int) -> Matrix { Matrix(repeating: 0, rows: rows, columns: 0) }
}
