import Glibc
import LinearAlgebra
import Testing

@Suite struct SymmetricEigenTests {
  @Test(arguments: [0, 1, 2, 5, 33, 100])
  func theFactorsMultiplyToTheMatrix(order: Int) throws {
    var random = SplitMix64(seed: 51)
    let root = random.matrix(order, order)
    var matrix = root
    for i in 0..<order {
      for j in 0..<order { matrix[i, j] = root[i, j] + root[j, i] }
    }
    let eigen = try SymmetricEigen(matrix)

    let product = eigen.vectors.scalingColumns(by: eigen.values).timesTransposed(eigen.vectors)
    #expect(distance(product, matrix) <= 1e-12)
    #expect(distance(eigen.vectors.transposedTimes(eigen.vectors), .identity(order)) <= 1e-13)
    #expect(eigen.values == eigen.values.sorted())
  }

  /// The second difference of order n has the eigenvalues 2 − 2 cos(kπ / (n + 1)), k = 1...n.
  @Test(arguments: [1, 2, 10, 64])
  func theEigenvaluesOfASecondDifference(order: Int) throws {
    var matrix = Matrix(diagonal: [Double](repeating: 2, count: order))
    for i in 1..<max(order, 1) { matrix[i, i - 1] = -1 }  // the upper triangle is not read
    let expected = (1...order).map { 2 - 2 * cos(Double($0) * .pi / Double(order + 1)) }

    #expect(distance(try SymmetricEigen(matrix).values, expected) <= 1e-14)
  }

  @Test func onlyTheLowerTriangleIsRead() throws {
    let eigen = try SymmetricEigen(Matrix([[2, .nan], [1, 2]]))

    #expect(distance(eigen.values, [1, 3]) <= 1e-15)
    #expect(abs(eigen.vectors[0, 1] - eigen.vectors[1, 1]) <= 1e-15)
  }

  @Test(arguments: [Double.nan, .infinity])
  func anEntryThatIsNotFiniteIsRefused(entry: Double) {
    #expect(throws: LinearAlgebraError.notFinite) {
      try SymmetricEigen(Matrix([[1, 0], [entry, 1]]))
    }
  }
}
