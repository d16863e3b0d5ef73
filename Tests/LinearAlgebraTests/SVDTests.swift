import LinearAlgebra
import TestSupport
import Testing

@Suite struct SVDTests {
  @Test(arguments: shapes)
  func theFactorsMultiplyToTheMatrix(rows: Int, columns: Int) throws {
    var random = SplitMix64(seed: 41)
    let matrix = random.matrix(rows, columns)
    let svd = try SVD(matrix)
    let count = min(rows, columns)

    let product = svd.left.scalingColumns(by: svd.singularValues) * svd.rightTransposed
    #expect(distance(product, matrix) <= 1e-13)
    #expect(distance(svd.left.transposedTimes(svd.left), .identity(count)) <= 1e-13)
    let right = svd.rightTransposed
    #expect(distance(right.timesTransposed(right), .identity(count)) <= 1e-13)
    #expect(svd.singularValues == svd.singularValues.sorted(by: >))
    #expect(svd.rank() == count)
  }

  @Test func singularValuesKnownInClosedForm() throws {
    let svd = try SVD(Matrix([[3, 0], [4, 5]]))

    #expect(ulps(svd.singularValues[0], from: 6.708_203_932_499_369_089) <= 4)
    #expect(ulps(svd.singularValues[1], from: 2.236_067_977_499_789_696) <= 4)
    #expect(ulps(svd.conditionNumber, from: 3) <= 4)
  }

  /// From 40 digits; the rounded entries alone move it by 2e-11.
  @Test func theConditionOfAHilbertMatrix() throws {
    let hilbert = Matrix((1...5).map { i in (1...5).map { 1 / Double(i + $0 - 1) } })

    #expect(relativeError(try SVD(hilbert).conditionNumber, 476_607.250_242_560_809_4) <= 1e-9)
  }

  @Test(arguments: [0, 1, 3, 7])
  func theRankOfAProductIsItsInnerDimension(inner: Int) throws {
    var random = SplitMix64(seed: 42)
    let matrix = random.matrix(20, inner) * random.matrix(inner, 9)

    #expect(try SVD(matrix).rank() == inner)
  }

  @Test func singularMatricesHaveAnInfiniteConditionNumber() throws {
    #expect(try SVD(Matrix(diagonal: [2, 0])).conditionNumber == .infinity)
    #expect(try SVD(Matrix(diagonal: [1, 1e-6])).rank(relativeTolerance: 1e-5) == 1)
    #expect(try SVD(.identity(0)).conditionNumber == 1)
  }

  @Test func entriesThatAreNotFiniteAreRefused() {
    #expect(throws: LinearAlgebraError.notFinite) { try SVD(Matrix([[1, .infinity]])) }
  }
}
