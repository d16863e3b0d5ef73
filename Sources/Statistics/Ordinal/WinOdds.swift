import Glibc
public import Inference
import Probability

/// How often a subject of one group has a higher grade than one of another.
///
/// θ = P(higher) + ½ P(equal) over all pairs, the win odds θ / (1 − θ).
/// Brunner, Vandemeulebroecke & Mütze (2021), Stat. Med. 40:3367.
public struct WinOdds: Hashable, Sendable {
  /// The share of pairs in which the second group has the higher grade.
  public let win: Double
  /// The share of pairs with equal grades.
  public let tie: Double
  /// The share of pairs in which the second group has the lower grade.
  public let loss: Double

  /// The variance of θ: Σ (ψ − θ)² / n(n − 1) over both groups, added.
  ///
  /// ψ of a subject is its own share of wins with half of its ties. DeLong, DeLong &
  /// Clarke-Pearson (1988), Biometrics 44:837.
  private let variance: Double?

  /// Compares the second group of `table`, which has two, with the first.
  public init(_ table: GradedTable) {
    precondition(table.counts.count == 2, "\(table.counts.count) groups")
    let (reference, treatment) = (table.counts[0], table.counts[1])
    let (m, n) = (Double(table.groupTotals[0]), Double(table.groupTotals[1]))
    let below = runningTotals(reference)
    let treatmentBelow = runningTotals(treatment)
    func share(_ counts: [Int], _ others: [Double]) -> Double {
      zip(counts, others).reduce(0) { $0 + Double($1.0) * $1.1 } / (m * n)
    }
    win = share(treatment, below)
    tie = share(treatment, reference.map { Double($0) })
    loss = share(reference, treatmentBelow)
    let theta = win + tie / 2
    func component(_ counts: [Int], _ psi: (Int) -> Double, _ size: Double) -> Double {
      counts.indices.reduce(0) { sum, grade in
        let deviation = psi(grade) - theta
        return sum + Double(counts[grade]) * deviation * deviation
      } / (size * (size - 1))
    }
    variance =
      m > 1 && n > 1
      ? component(treatment, { (below[$0] + Double(reference[$0]) / 2) / m }, n)
        + component(reference, { 1 - (treatmentBelow[$0] + Double(treatment[$0]) / 2) / n }, m)
      : nil
  }

  /// P(higher) + ½ P(equal).
  public var theta: Double { win + tie / 2 }

  /// P(higher) − P(lower).
  public var netBenefit: Double { win - loss }

  /// θ / (1 − θ); ∞ where every pair is a win.
  public var odds: Double { (win + tie / 2) / (loss + tie / 2) }

  /// Whether all subjects have one grade.
  private var isFlat: Bool { win == 0 && loss == 0 }

  /// - Throws: `NotEstimable` where a group has one subject, or no pair of subjects varies.
  public var thetaStandardError: Double {
    get throws(NotEstimable) {
      guard let variance else { throw NotEstimable("a group has a single subject") }
      if isFlat { throw NotEstimable("all subjects have one grade") }
      guard variance > 0 else {
        throw NotEstimable("every subject of one group has a higher grade than all of the other")
      }
      return variance.squareRoot()
    }
  }

  /// The standard error of log(θ / (1 − θ)): SE(θ) / θ(1 − θ).
  public var logStandardError: Double {
    get throws(NotEstimable) {
      try thetaStandardError / ((win + tie / 2) * (loss + tie / 2))
    }
  }

  /// The limits of the odds, symmetric on the log scale.
  public func interval(level: ConfidenceLevel) throws(NotEstimable) -> ConfidenceInterval {
    let factor = exp(level.normalCriticalValue(.two) * (try logStandardError))
    return ConfidenceInterval(
      lower: odds / factor, upper: odds * factor, level: level, sides: .two)
  }

  /// z = (θ − ½) / SE(θ); p = 1 where all subjects have one grade.
  public var test: TestResult {
    get throws(NotEstimable) {
      if isFlat { return TestResult(statistic: 0, pValue: 1) }
      let z = (win - loss) / 2 / (try thetaStandardError)
      return TestResult(statistic: z, pValue: twoSidedNormal(z))
    }
  }
}

/// For each grade the subjects with a lower one.
private func runningTotals(_ counts: [Int]) -> [Double] {
  var before = 0
  return counts.map { count in
    defer { before += count }
    return Double(before)
  }
}
