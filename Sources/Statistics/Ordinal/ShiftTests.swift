import Glibc
public import Inference
import LinearAlgebra
import Probability

// Tests that the grades of the same subjects did not shift between rows and columns. Statistics
// with a sign are positive where the columns have the higher grades. Where nobody changed, or no
// difference can be, the statistic is 0 and p = 1.

extension SquareTable {
  /// The subjects whose grade rose from row to column.
  public var worsened: Int { sum { $0 < $1 } }

  /// The subjects whose grade stayed.
  public var unchanged: Int { sum { $0 == $1 } }

  /// The subjects whose grade fell from row to column.
  public var improved: Int { sum { $0 > $1 } }

  public func test(_ method: ShiftMethod) -> TestResult {
    switch method {
    case .sign: normalTest(Double(worsened - improved), variance: Double(worsened + improved))
    case .signExact: signExact
    case .signedRank: signedRank(offset: 0)
    case .pratt: signedRank(offset: Double(unchanged))
    case .stuartMaxwell: stuartMaxwell
    case .bowker: bowker
    }
  }

  private func sum(where isCounted: (_ row: Int, _ column: Int) -> Bool) -> Int {
    counts.indices.reduce(0) { sum, i in
      counts.indices.reduce(sum) { $0 + (isCounted(i, $1) ? counts[i][$1] : 0) }
    }
  }

  /// P(|B − n/2| ≥ |b − n/2|), B binomial of ½ among the n who changed.
  private var signExact: TestResult {
    let law = Binomial(trials: worsened + improved, probability: 0.5)
    return TestResult(
      statistic: Double(worsened), pValue: min(1, 2 * law.lowerTail(min(worsened, improved))))
  }

  /// z = Σ ± r / √Σ r², r the midrank of a change in grade, the first rank being `offset` + 1.
  ///
  /// The sum of squares is the variance for ties.
  private func signedRank(offset: Double) -> TestResult {
    var before = offset
    var (sum, squares) = (0.0, 0.0)
    for distance in 1..<size {
      let up = Double(self.sum { $1 - $0 == distance })
      let down = Double(self.sum { $0 - $1 == distance })
      let rank = before + (up + down + 1) / 2
      before += up + down
      sum += (up - down) * rank
      squares += (up + down) * rank * rank
    }
    return normalTest(sum, variance: squares)
  }

  /// χ² = dᵀ V⁻¹ d, d the differences of the margins, V their covariance under homogeneity.
  ///
  /// Vᵢᵢ = nᵢ. + n.ᵢ − 2nᵢᵢ and Vᵢⱼ = −(nᵢⱼ + nⱼᵢ). In each set of grades between which subjects
  /// moved d sums to 0, so that one grade of each is left out, and of the grades that nobody left or
  /// reached all. What is left is positive definite.
  private var stuartMaxwell: TestResult {
    let kept = connectedGrades.flatMap { $0.dropFirst() }
    guard !kept.isEmpty else { return chiSquareTest(0, degreesOfFreedom: 0) }
    let (rows, columns) = (rowTotals, columnTotals)
    let differences = kept.map { Double(columns[$0] - rows[$0]) }
    let covariance = Matrix(
      kept.map { i in
        kept.map { j in
          Double(
            i == j ? rows[i] + columns[i] - 2 * counts[i][i] : -(counts[i][j] + counts[j][i]))
        }
      })
    do throws(LinearAlgebraError) {
      let solution = try Cholesky(covariance).solve(differences)
      let statistic = zip(differences, solution).reduce(0) { $0 + $1.0 * $1.1 }
      return chiSquareTest(statistic, degreesOfFreedom: kept.count)
    } catch {
      preconditionFailure("a reduced covariance is not positive definite: \(error)")
    }
  }

  /// χ² = Σ (nᵢⱼ − nⱼᵢ)² / (nᵢⱼ + nⱼᵢ) over the pairs of grades that have any such subjects.
  private var bowker: TestResult {
    var statistic = 0.0
    var pairs = 0
    for i in counts.indices {
      for j in 0..<i where counts[i][j] + counts[j][i] > 0 {
        let difference = Double(counts[i][j] - counts[j][i])
        statistic += difference * difference / Double(counts[i][j] + counts[j][i])
        pairs += 1
      }
    }
    return chiSquareTest(statistic, degreesOfFreedom: pairs)
  }

  /// The sets of grades between which subjects moved, directly or through others.
  private var connectedGrades: [[Int]] {
    var sets = counts.indices.map { [$0] }
    for i in counts.indices {
      for j in 0..<i where counts[i][j] + counts[j][i] > 0 {
        let joined = sets.filter { $0.contains(i) || $0.contains(j) }
        sets.removeAll { $0.contains(i) || $0.contains(j) }
        sets.append(joined.flatMap { $0 }.sorted())
      }
    }
    return sets
  }
}
