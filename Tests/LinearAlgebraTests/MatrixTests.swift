import LinearAlgebra
import Testing

@Suite struct MatrixTests {
  let matrix = Matrix([[1, 2, 3], [4, 5, 6]])

  @Test func entriesAreStoredColumnByColumn() {
    #expect(matrix.elements == [1, 4, 2, 5, 3, 6])
    #expect((matrix.rows, matrix.columns) == (2, 3))
    #expect(matrix[1, 2] == 6)
    #expect(matrix.row(1) == [4, 5, 6])
    #expect(matrix.column(1) == [2, 5])
    #expect(matrix.diagonal == [1, 5])
  }

  @Test func copiesAreIndependent() {
    var copy = matrix
    copy[0, 0] = 9
    #expect(matrix[0, 0] == 1)
    #expect(copy == Matrix([[9, 2, 3], [4, 5, 6]]))
  }

  @Test func transposingTwiceChangesNothing() {
    #expect(matrix.transposed == Matrix([[1, 4], [2, 5], [3, 6]]))
    #expect(matrix.transposed.transposed == matrix)
  }

  @Test func columnsAreSelectedInTheGivenOrder() {
    #expect(matrix.selectingColumns([2, 0]) == Matrix([[3, 1], [6, 4]]))
    #expect(matrix.selectingColumns([]) == Matrix(repeating: 0, rows: 2, columns: 0))
  }

  @Test func rowsAndColumnsAreScaled() {
    #expect(matrix.scalingRows(by: [2, -1]) == Matrix([[2, 4, 6], [-4, -5, -6]]))
    #expect(matrix.scalingColumns(by: [1, 0, 2]) == Matrix([[1, 0, 6], [4, 0, 12]]))
  }

  @Test func identityAndDiagonal() {
    #expect(Matrix.identity(2) == Matrix([[1, 0], [0, 1]]))
    #expect(Matrix(diagonal: [3, 4]) == Matrix([[3, 0], [0, 4]]))
    #expect(Matrix.identity(0).elements.isEmpty)
  }

  @Test(arguments: [Double.nan, .infinity, -.infinity])
  func oneEntryMakesAMatrixNotFinite(entry: Double) {
    var broken = matrix
    broken[1, 0] = entry
    #expect(matrix.isFinite)
    #expect(!broken.isFinite)
  }

  @Test func anEntryOutsideTheMatrixIsAMistake() async {
    await #expect(processExitsWith: .failure) { _ = Matrix.identity(2)[2, 0] }
    await #expect(processExitsWith: .failure) { _ = Matrix.identity(2) * [1, 2, 3] }
    await #expect(processExitsWith: .failure) { _ = Matrix([[1, 2], [3]]) }
  }
}
