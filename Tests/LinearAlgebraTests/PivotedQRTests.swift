import LinearAlgebra
import Testing

@Suite struct PivotedQRTests {
  @Test(arguments: shapes)
  func theFactorsMultiplyToThePermutedMatrix(rows: Int, columns: Int) throws {
    var random = SplitMix64(seed: 21)
    let matrix = random.matrix(rows, columns)
    let qr = try PivotedQR(matrix)
    let q = qr.orthogonalFactor

    #expect(distance(q * qr.upperFactor, matrix.selectingColumns(qr.permutation)) <= 1e-13)
    #expect(distance(q.transposedTimes(q), .identity(min(rows, columns))) <= 1e-13)
    #expect(qr.permutation.sorted() == Array(0..<columns))
    #expect(qr.rank == min(rows, columns))
  }

  @Test(arguments: shapes)
  func applyingTheTransposedFactorLeavesTheUpperOne(rows: Int, columns: Int) throws {
    var random = SplitMix64(seed: 22)
    let matrix = random.matrix(rows, columns)
    let qr = try PivotedQR(matrix)
    let rotated = try qr.transposedQTimes(matrix.selectingColumns(qr.permutation))

    for j in 0..<columns {
      for i in 0..<rows {
        let expected = i <= j && i < qr.upperFactor.rows ? qr.upperFactor[i, j] : 0
        #expect(abs(rotated[i, j] - expected) <= 1e-13)
      }
    }
  }

  @Test func thePivotsDecrease() throws {
    var random = SplitMix64(seed: 23)
    let diagonal = try PivotedQR(random.matrix(50, 30)).upperFactor.diagonal.map(abs)

    for (pivot, next) in zip(diagonal, diagonal.dropFirst()) { #expect(pivot >= next * 0.999) }
  }

  @Test(arguments: [0, 1, 3, 7])
  func theRankOfAProductIsItsInnerDimension(inner: Int) throws {
    var random = SplitMix64(seed: 24)
    let matrix = random.matrix(20, inner) * random.matrix(inner, 9)

    #expect(try PivotedQR(matrix).rank == inner)
  }

  @Test func theToleranceDecidesTheRank() throws {
    let matrix = Matrix(diagonal: [1, 1e-3, 1e-6])

    #expect(try PivotedQR(matrix).rank == 3)
    #expect(try PivotedQR(matrix, relativeTolerance: 1e-4).rank == 2)
    #expect(try PivotedQR(Matrix(repeating: 0, rows: 3, columns: 2)).rank == 0)
  }

  @Test func entriesThatAreNotFiniteAreRefused() throws {
    #expect(throws: LinearAlgebraError.notFinite) { try PivotedQR(Matrix([[1, .nan]])) }
    let qr = try PivotedQR(.identity(2))
    #expect(throws: LinearAlgebraError.notFinite) { try qr.transposedQTimes([1, .infinity]) }
  }
}
