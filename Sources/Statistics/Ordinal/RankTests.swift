public import Inference
import Probability

// Tests of no difference between groups that use nothing of the grades but their order, or scores.

extension GradedTable {
  /// Jonckheere and Terpstra's test that grades do not rise from each group to the next.
  ///
  /// J counts the pairs of subjects of two groups in which the later group has the higher grade, and
  /// half of those with equal grades; z = (J − E J) / √Var J, with the variance for ties and without
  /// continuity correction. Jonckheere (1954), Biometrika 41:133. Of two groups it is Wilcoxon's test
  /// with midranks. Where all have one grade, J cannot vary: z = 0 and p = 1.
  public var jonckheereTerpstra: TestResult {
    normalTest(concordance / 2, variance: jonckheereVariance)
  }

  /// The same with the exact distribution of J given both margins, ties included.
  ///
  /// p = P(|J − E J| ≥ |j − E J|); the statistic is J.
  ///
  /// - Throws: `NotEstimable` where the distribution has too many states.
  public var jonckheereTerpstraExact: TestResult {
    get throws(NotEstimable) {
      let pairs = pairsBetweenGroups
      // Groups and grades may change places in J − E J; the network is smaller the fewer the first.
      let margins = [groupTotals, gradeTotals.filter { $0 > 0 }].sorted { $0.count < $1.count }
      let distribution = try ConditionalDistribution(
        groups: margins[0], categories: margins[1], largest: pairs
      ) { _, used, taken in Self.concordance(used, taken) }
      return TestResult(
        statistic: (pairs + concordance) / 2,
        pValue: distribution.twoSided(concordance, isMidP: false))
    }
  }

  /// Wilcoxon's rank sum test of two groups: midranks, tie-corrected variance, no continuity correction.
  ///
  /// Positive where the second group has the higher grades. Wilcoxon (1945), Biometrics Bull. 1:80.
  public var wilcoxon: TestResult {
    requireTwoGroups()
    return jonckheereTerpstra
  }

  /// The same with |U − E U| brought nearer to 0 by ½, not beyond it.
  public var wilcoxonCorrected: TestResult {
    requireTwoGroups()
    let distance = max(0, abs(concordance) - 1) / 2
    return normalTest(concordance < 0 ? -distance : distance, variance: jonckheereVariance)
  }

  /// The same with the exact distribution of U, ties included; the statistic is U of the second group.
  ///
  /// - Throws: `NotEstimable` where the distribution has too many states.
  public var wilcoxonExact: TestResult {
    get throws(NotEstimable) {
      requireTwoGroups()
      return try jonckheereTerpstraExact
    }
  }

  /// The linear-by-linear association test of scores of groups and of grades.
  ///
  /// (N − 1) r² is χ² with one degree of freedom, r the correlation of the scores over all subjects.
  /// Mantel (1963), J. Am. Stat. Assoc. 58:690. Where either score is the same for all, it is 0.
  public func linearByLinear(groupScores: [Double], gradeScores: [Double]) -> TestResult {
    precondition(
      groupScores.count == counts.count && gradeScores.count == counts[0].count,
      "\(groupScores.count) and \(gradeScores.count) scores of \(counts.count) groups")
    let x = centred(groupScores, groupTotals)
    let y = centred(gradeScores, gradeTotals)
    var (xx, yy, xy) = (0.0, 0.0, 0.0)
    for (group, row) in counts.enumerated() {
      for (grade, count) in row.enumerated() {
        let n = Double(count)
        xx += n * x[group] * x[group]
        yy += n * y[grade] * y[grade]
        xy += n * x[group] * y[grade]
      }
    }
    guard xx > 0, yy > 0 else { return TestResult(statistic: 0, degreesOfFreedom: 1, pValue: 1) }
    return chiSquareTest(Double(total - 1) * (xy / xx) * (xy / yy), degreesOfFreedom: 1)
  }

  private func requireTwoGroups() {
    precondition(counts.count == 2, "\(counts.count) groups")
  }

  /// The pairs in which the later group has the higher grade, less those in which the earlier has.
  ///
  /// It is 2 (J − E J), a whole number.
  private var concordance: Double {
    var used = counts.map { _ in 0 }
    return counts[0].indices.reduce(0) { sum, grade in
      let taken = counts.map { $0[grade] }
      defer { used = zip(used, taken).map { $0 + $1 } }
      return sum + Self.concordance(used, taken)
    }
  }

  /// Σ over groups i < i′ of (usedᵢ takenᵢ′ − takenᵢ usedᵢ′).
  private static func concordance(_ used: [Int], _ taken: [Int]) -> Double {
    var sum = 0.0
    var (usedBefore, takenBefore) = (0, 0)
    for (used, taken) in zip(used, taken) {
      sum += Double(usedBefore) * Double(taken) - Double(takenBefore) * Double(used)
      usedBefore += used
      takenBefore += taken
    }
    return sum
  }

  private var pairsBetweenGroups: Double {
    var before = 0.0
    return groupTotals.reduce(0) { sum, size in
      defer { before += Double(size) }
      return sum + before * Double(size)
    }
  }

  /// Var J given both margins, for ties.
  ///
  /// J is the sum over groups i ≥ 2 of U between group i and all before it, which are uncorrelated:
  /// given who belongs to the first i groups, U has the same mean whatever the later ones are. With a
  /// and b the probabilities that three and that two subjects do not all have one grade, and Nᵢ the
  /// subjects of the first i groups, Var Uᵢ = nᵢ Nᵢ₋₁ ((Nᵢ − 2) a + 3 b) / 12. The sum equals the
  /// formula of Kendall (1970), Rank Correlation Methods, but has no differences to cancel.
  private var jonckheereVariance: Double {
    let n = Double(total)
    let grades = gradeTotals.map { Double($0) }
    let two = grades.reduce(0) { $0 + $1 / n * ((n - $1) / (n - 1)) }
    // Of two subjects in all, no three can be drawn, and Nᵢ − 2 is 0.
    let three =
      n > 2
      ? grades.reduce(0) { $0 + $1 / n * ((n - $1) / (n - 1)) * (($1 + n - 3) / (n - 2)) } : 0
    var before = 0.0
    return groupTotals.reduce(0) { sum, size in
      let size = Double(size)
      defer { before += size }
      let excess = before == 0 ? 0 : (before + size - 2) * three
      return sum + size * before * (excess + 3 * two) / 12
    }
  }
}

/// χ² of `statistic`; without degrees of freedom there is nothing to test, and p = 1.
func chiSquareTest(_ statistic: Double, degreesOfFreedom: Int) -> TestResult {
  guard degreesOfFreedom > 0 else {
    return TestResult(statistic: 0, degreesOfFreedom: 0, pValue: 1)
  }
  let law = ChiSquare(degreesOfFreedom: Double(degreesOfFreedom))
  return TestResult(
    statistic: statistic, degreesOfFreedom: degreesOfFreedom, pValue: law.upperTail(statistic))
}

/// `scores` less their mean over all subjects, in units of the widest difference from the first.
///
/// No statistic depends on their origin and unit.
func centred(_ scores: [Double], _ sizes: [Int]) -> [Double] {
  let halves = scores.map { $0 / 2 - scores[0] / 2 }
  let span = halves.reduce(0) { max($0, abs($1)) }
  guard span > 0 else { return scores.map { _ in 0 } }
  let shifted = halves.map { $0 / span }
  let total = Double(sizes.reduce(0, +))
  let mean = zip(shifted, sizes).reduce(0) { $0 + $1.0 * Double($1.1) } / total
  return shifted.map { $0 - mean }
}
