import Glibc
import LinearAlgebra
import TestSupport
import Testing

@Suite struct CholeskyTests {
  @Test(arguments: [0, 1, 2, 5, 33, 100])
  func theFactorsMultiplyToTheMatrix(order: Int) throws {
    var random = SplitMix64(seed: 11)
    let matrix = random.positiveDefinite(order)
    let factor = try Cholesky(matrix).lowerFactor

    #expect(distance(factor.timesTransposed(factor), matrix) <= 1e-13)
    for i in 0..<order {
      for j in i + 1..<max(order, i + 1) { #expect(factor[i, j] == 0) }
    }
  }

  @Test(arguments: [0, 1, 2, 5, 33, 100])
  func solutionsSolveTheSystem(order: Int) throws {
    var random = SplitMix64(seed: 12)
    let matrix = random.positiveDefinite(order)
    let cholesky = try Cholesky(matrix)
    let right = random.matrix(order, 3)
    let vector = right.column(1)

    #expect(distance(matrix * cholesky.solve(right), right) <= 1e-12)
    #expect(distance(matrix * cholesky.solve(vector), vector) <= 1e-12)
    #expect(distance(matrix * cholesky.inverse, .identity(order)) <= 1e-12)
    #expect(cholesky.inverse == cholesky.inverse.transposed)
  }

  /// A Hilbert matrix times the least common multiple of 1 to 2n − 1, which makes it one of integers.
  struct Hilbert: Sendable {
    let order: Int
    let multiple: Double
    let conditionNumber: Double
    let reciprocalDeterminant: Double  // of the matrix without the multiple
  }

  static let hilberts = [
    Hilbert(order: 2, multiple: 6, conditionNumber: 19.3, reciprocalDeterminant: 12),
    Hilbert(order: 3, multiple: 60, conditionNumber: 524, reciprocalDeterminant: 2160),
    Hilbert(order: 4, multiple: 420, conditionNumber: 1.55e4, reciprocalDeterminant: 6_048_000),
    Hilbert(
      order: 5, multiple: 2520, conditionNumber: 4.77e5, reciprocalDeterminant: 266_716_800_000),
    Hilbert(
      order: 6, multiple: 27720, conditionNumber: 1.5e7,
      reciprocalDeterminant: 186_313_420_339_200_000),
  ]

  @Test(arguments: hilberts)
  func theInverseOfAHilbertMatrixIsItsKnownIntegers(hilbert: Hilbert) throws {
    let inverse = try Cholesky(matrix(hilbert)).inverse

    for i in 0..<hilbert.order {
      for j in 0..<hilbert.order {
        let expected = hilbertInverse(hilbert.order, i + 1, j + 1)
        let error = relativeError(inverse[i, j] * hilbert.multiple, expected)
        #expect(error <= hilbert.conditionNumber * 0x1p-52)
      }
    }
  }

  @Test(arguments: hilberts)
  func theLogarithmOfADeterminant(hilbert: Hilbert) throws {
    let expected =
      Double(hilbert.order) * log(hilbert.multiple) - log(hilbert.reciprocalDeterminant)
    let logDeterminant = try Cholesky(matrix(hilbert)).logDeterminant

    #expect(abs(logDeterminant - expected) <= hilbert.conditionNumber * 0x1p-52)
  }

  @Test func theDeterminantOfOrderZeroIsOne() throws {
    #expect(try Cholesky(.identity(0)).logDeterminant == 0)
  }

  @Test func onlyTheLowerTriangleIsRead() throws {
    let cholesky = try Cholesky(Matrix([[4, .nan], [2, 5]]))

    #expect(cholesky.lowerFactor == Matrix([[2, 0], [1, 2]]))
    #expect(cholesky.solve([8, 8]) == [1.5, 1])
    #expect(cholesky.inverse == Matrix([[0.3125, -0.125], [-0.125, 0.25]]))
  }

  @Test func anUndefinedRightHandSideStaysInItsColumn() throws {
    let solution = try Cholesky(.identity(2)).solve(Matrix([[1, .nan], [2, 3]]))

    #expect(solution.column(0) == [1, 2])
    #expect(solution.column(1)[0].isNaN)
  }

  @Test func aMatrixThatIsNotPositiveDefiniteIsRefusedWithItsMinor() {
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 2)) {
      try Cholesky(Matrix([[1, 2], [2, 1]]))
    }
    #expect(throws: LinearAlgebraError.notPositiveDefinite(order: 1)) {
      try Cholesky(Matrix([[0]]))
    }
  }

  @Test(arguments: [Double.nan, .infinity])
  func anEntryThatIsNotFiniteIsRefused(entry: Double) {
    #expect(throws: LinearAlgebraError.notFinite) {
      try Cholesky(Matrix([[1, 0], [entry, 1]]))
    }
  }

  /// The entries are `multiple` / (i + j − 1).
  private func matrix(_ hilbert: Hilbert) -> Matrix {
    let indices = 1...hilbert.order
    return Matrix(indices.map { i in indices.map { j in hilbert.multiple / Double(i + j - 1) } })
  }

  /// (−1)^(i+j) (i + j − 1) C(n+i−1, n−j) C(n+j−1, n−i) C(i+j−2, i−1)².
  private func hilbertInverse(_ n: Int, _ i: Int, _ j: Int) -> Double {
    let sign: Double = (i + j).isMultiple(of: 2) ? 1 : -1
    let middle = choose(i + j - 2, i - 1)
    return sign * Double(i + j - 1) * choose(n + i - 1, n - j) * choose(n + j - 1, n - i)
      * middle * middle
  }

  private func choose(_ n: Int, _ k: Int) -> Double {
    (0..<k).reduce(1) { ($0 * Double(n - $1)) / Double($1 + 1) }
  }
}
