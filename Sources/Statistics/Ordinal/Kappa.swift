public import Inference
import Probability

/// Cohen's kappa of two readings of the same subjects, with its standard errors.
public struct Kappa: Hashable, Sendable {
  /// The weighted proportion of agreement, Σ w p.
  public let observedAgreement: Double

  /// The agreement expected of independent readings: the sum of w rᵢ cⱼ, r and c the margins.
  public let expectedAgreement: Double

  /// κ = 1 − Σ v p / Σ v rᵢ cⱼ with the disagreement weights v = 1 − w.
  public let estimate: Double

  /// The standard error of the estimate, for confidence limits.
  public let standardError: Double

  /// The standard error where κ = 0, for the test.
  public let nullStandardError: Double

  /// z = κ over the standard error where κ = 0; 0 where one reading is the same for all.
  public let test: TestResult

  /// The kappa of `table` with the weights of `method`.
  ///
  /// With Rᵢ = Σⱼ cⱼ wᵢⱼ and Cⱼ = Σᵢ rᵢ wᵢⱼ the variances are those of wᵢⱼ − (Rᵢ + Cⱼ)(1 − κ) over
  /// the observed table, and of wᵢⱼ − Rᵢ − Cⱼ over independent readings, both over n (1 − Pₑ)².
  /// Fleiss, Cohen & Everitt (1969), Psychol. Bull. 72:323.
  ///
  /// - Throws: `NotEstimable` where both readings put all subjects into one category.
  public init(_ table: SquareTable, _ method: AgreementMethod) throws(NotEstimable) {
    let n = Double(table.total)
    let rows = table.rowTotals.map { Double($0) / n }
    let columns = table.columnTotals.map { Double($0) / n }
    let all = table.counts.indices
    let cells = all.flatMap { i in
      all.map { j in
        Cell(
          observed: Double(table.counts[i][j]) / n, expected: rows[i] * columns[j], row: i,
          column: j,
          disagreement: method.disagreement(i, j, of: table.size))
      }
    }
    let observed = cells.reduce(0) { $0 + $1.observed * $1.disagreement }
    let expected = cells.reduce(0) { $0 + $1.expected * $1.disagreement }
    guard expected > 0 else {
      throw NotEstimable("both readings put all subjects into one category")
    }
    // Mean disagreements stand for mean weights: a variance does not change with the sign.
    let rowMeans = all.map { i in
      all.reduce(0) { $0 + columns[$1] * method.disagreement(i, $1, of: table.size) }
    }
    let columnMeans = all.map { j in
      all.reduce(0) { $0 + rows[$1] * method.disagreement($1, j, of: table.size) }
    }
    func spread(_ share: Double, _ weight: (Cell) -> Double) -> Double {
      let values = cells.map { cell in
        cell.disagreement - (rowMeans[cell.row] + columnMeans[cell.column]) * share
      }
      let mean = zip(cells, values).reduce(0) { $0 + weight($1.0) * $1.1 }
      return zip(cells, values).reduce(0) { $0 + weight($1.0) * ($1.1 - mean) * ($1.1 - mean) }
    }
    let ratio = observed / expected
    let scale = n.squareRoot() * expected
    observedAgreement = 1 - observed
    expectedAgreement = 1 - expected
    estimate = 1 - ratio
    standardError = spread(ratio, \.observed).squareRoot() / scale
    nullStandardError = spread(1, \.expected).squareRoot() / scale
    test = normalTest(estimate, variance: nullStandardError * nullStandardError)
  }

  /// κ ± z SE, cut to [−1, 1]; a single point where the readings agree entirely.
  public func interval(level: ConfidenceLevel) -> ConfidenceInterval {
    let half = level.normalCriticalValue(.two) * standardError
    return ConfidenceInterval(
      lower: max(-1, estimate - half), upper: min(1, estimate + half), level: level, sides: .two)
  }
}

private struct Cell {
  let observed: Double
  let expected: Double
  let row: Int
  let column: Int
  let disagreement: Double
}
