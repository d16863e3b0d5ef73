import Glibc
import LinearAlgebra
import TestSupport
import Testing

@Suite struct LeastSquaresTests {
  /// NIST StRD, Longley: condition number 4.9e9 as given.
  ///
  /// Measured: standard errors to 1.7e-12 and coefficients to 2.6e-12; but the deflator's, a sixth
  /// of its standard error, to 1.7e-11.
  @Test func longleyAgreesWithTheExactSolution() throws {
    let data = try referenceTable("LinearAlgebra", "longley-data")
    let expected = try referenceTable("LinearAlgebra", "longley-coefficients")
    let names = expected.dropFirst().map { $0["name"] }
    let design = Matrix(data.map { row in [1] + names.map(row.double) })

    let fit = try LeastSquares(design, data.map { $0.double("employed") })

    #expect((fit.rank, fit.residualDegreesOfFreedom) == (7, 9))
    #expect(relativeError(fit.residualSumOfSquares, 836_424.055_505_914_622_5) <= 1e-11)
    let variance = fit.residualSumOfSquares / 9
    for (index, row) in expected.enumerated() {
      let standardError = (fit.unscaledCovariance[index, index] * variance).squareRoot()
      #expect(relativeError(fit.coefficients[index], row.double("coefficient")) <= 1e-10)
      #expect(relativeError(standardError, row.double("standard-error")) <= 1e-11)
    }
  }

  /// NIST StRD, Wampler 1 and 2: y = Σ (c x)ⁱ, i = 0...5, at x = 0, 1, ..., 20.
  ///
  /// Measured: coefficients to 2e-10, where terms of 20 stand beside terms of 3 million.
  @Test(arguments: [1.0, 0.1])
  func thePolynomialsOfWamplerAreRecovered(c: Double) throws {
    let points = (0...20).map(Double.init)
    let design = Matrix(points.map { x in (0...5).map { pow(x, Double($0)) } })
    let response = points.map { x in (0...5).reduce(0) { $0 + pow(c * x, Double($1)) } }

    let fit = try LeastSquares(design, response)

    #expect(fit.rank == 6)
    for (power, coefficient) in fit.coefficients.enumerated() {
      #expect(relativeError(coefficient, pow(c, Double(power))) <= 1e-9)
    }
  }

  @Test(arguments: shapes)
  func theResidualIsOrthogonalToEveryColumn(rows: Int, columns: Int) throws {
    var random = SplitMix64(seed: 31)
    let design = random.matrix(rows, columns)
    let response = random.vector(rows)

    let fit = try LeastSquares(design, response)

    let residual = zip(response, design * fit.coefficients).map(-)
    #expect(design.transposedTimes(residual).allSatisfy { abs($0) <= 1e-12 })
    let sum = residual.reduce(0) { $0 + $1 * $1 }
    #expect(abs(fit.residualSumOfSquares - sum) <= 1e-12)
    #expect(fit.rank + fit.aliasedColumns.count == columns)
    #expect(fit.residualDegreesOfFreedom == rows - fit.rank)
  }

  @Test func theCovarianceIsTheInverseOfTheCrossProduct() throws {
    var random = SplitMix64(seed: 32)
    let design = random.matrix(40, 6)
    let fit = try LeastSquares(design, random.vector(40))

    let product = design.transposedTimes(design) * fit.unscaledCovariance
    #expect(distance(product, .identity(6)) <= 1e-13)
    #expect(fit.unscaledCovariance == fit.unscaledCovariance.transposed)
  }

  @Test func aDependentColumnIsAliasedAndTheFitUnchanged() throws {
    var random = SplitMix64(seed: 33)
    let design = random.matrix(30, 4)
    let sum = zip(design.column(0), design.column(2)).map(+)
    let redundant = Matrix(
      rows: 30, columns: 6, elements: design.elements + sum + [Double](repeating: 0, count: 30))
    let response = random.vector(30)

    let full = try LeastSquares(design, response)
    let fit = try LeastSquares(redundant, response)

    #expect(fit.rank == 4)
    #expect(fit.aliasedColumns.count == 2)
    #expect(fit.aliasedColumns.contains(5))
    #expect(relativeError(fit.residualSumOfSquares, full.residualSumOfSquares) <= 1e-13)
    #expect(distance(redundant * fit.coefficients, design * full.coefficients) <= 1e-13)
    for column in fit.aliasedColumns {
      #expect(fit.coefficients[column] == 0)
      #expect(fit.unscaledCovariance.column(column).allSatisfy { $0 == 0 })
    }
  }

  @Test(arguments: [1e-300, 1e-150, 1e150, 1e300])
  func theUnitsOfAColumnDoNotChangeTheRank(unit: Double) throws {
    var random = SplitMix64(seed: 34)
    let design = random.matrix(25, 3)
    let response = random.vector(25)
    let plain = try LeastSquares(design, response)

    let scaled = try LeastSquares(design.scalingColumns(by: [1, unit, 1]), response)

    #expect(scaled.rank == 3)
    #expect(relativeError(scaled.coefficients[1] * unit, plain.coefficients[1]) <= 1e-12)
    #expect(relativeError(scaled.coefficients[0], plain.coefficients[0]) <= 1e-12)
  }

  @Test func asManyColumnsAsRowsLeaveNoResidual() throws {
    let fit = try LeastSquares(Matrix([[2, 0], [1, 4]]), [2, 9])

    #expect(distance(fit.coefficients, [1, 2]) <= 1e-15)
    #expect((fit.residualSumOfSquares, fit.residualDegreesOfFreedom) == (0, 0))
  }

  @Test func aDesignWithoutColumnsLeavesEverything() throws {
    let fit = try LeastSquares(Matrix(repeating: 0, rows: 2, columns: 0), [3, 4])

    #expect((fit.coefficients, fit.rank, fit.residualSumOfSquares) == ([], 0, 25))
  }

  @Test func entriesThatAreNotFiniteAreRefused() {
    #expect(throws: LinearAlgebraError.notFinite) {
      try LeastSquares(Matrix([[1], [.infinity]]), [1, 2])
    }
    #expect(throws: LinearAlgebraError.notFinite) {
      try LeastSquares(Matrix([[1], [1]]), [1, .nan])
    }
  }
}
