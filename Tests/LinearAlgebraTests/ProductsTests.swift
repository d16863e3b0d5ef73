import LinearAlgebra
import Testing

@Suite struct ProductsTests {
  let a = Matrix([[1, 2, 3], [4, 5, 6]])
  let b = Matrix([[1, 0], [-1, 2], [3, 1]])

  @Test func productsOfIntegersAreExact() {
    #expect(a * b == Matrix([[8, 7], [17, 16]]))
    #expect(a * [1, -1, 2] == [5, 11])
    #expect(a.transposedTimes([1, 2]) == [9, 12, 15])
    #expect(a.transposedTimes(a) == Matrix([[17, 22, 27], [22, 29, 36], [27, 36, 45]]))
    #expect(a.timesTransposed(a) == Matrix([[14, 32], [32, 77]]))
  }

  @Test(arguments: shapes)
  func transposesNeedNoCopy(rows: Int, columns: Int) {
    var random = SplitMix64(seed: 1)
    let left = random.matrix(rows, columns)
    let right = random.matrix(rows, 4)
    let wide = random.matrix(6, columns)
    let vector = random.vector(rows)

    #expect(distance(left.transposedTimes(right), left.transposed * right) <= 1e-13)
    #expect(distance(left.timesTransposed(wide), left * wide.transposed) <= 1e-13)
    #expect(distance(left.transposedTimes(vector), left.transposed * vector) <= 1e-13)
  }

  @Test func aMatrixTimesAVectorIsItsProductWithAColumn() {
    var random = SplitMix64(seed: 2)
    let matrix = random.matrix(30, 20)
    let vector = random.vector(20)

    #expect(distance(matrix * vector, (matrix * Matrix(column: vector)).elements) <= 1e-14)
  }

  @Test func anEmptyInnerDimensionGivesZeros() {
    let tall = Matrix(repeating: 0, rows: 3, columns: 0)
    let wide = Matrix(repeating: 0, rows: 0, columns: 2)
    #expect(tall * wide == Matrix(repeating: 0, rows: 3, columns: 2))
    #expect(tall * [] == [0, 0, 0])
  }

  @Test func openBLASStaysOnTheCallingThread() {
    _ = a * b
    #expect(openBLASThreads == 1)
  }
}
