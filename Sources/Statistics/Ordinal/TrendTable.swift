import Glibc
public import Inference
import Probability

/// Subjects with an event in groups that carry a score, such as a dose.
public struct TrendTable: Hashable, Sendable {
  public struct Group: Hashable, Sendable {
    public let score: Double
    public let events: Int
    public let subjects: Int

    public init(score: Double, events: Int, subjects: Int) {
      self.score = score
      self.events = events
      self.subjects = subjects
    }
  }

  public let groups: [Group]

  /// - Returns: `nil` unless there are two groups or more, each with 0 ≤ events ≤ subjects, at least
  ///   one subject and a finite score.
  public init?(_ groups: [Group]) {
    let isValid = groups.allSatisfy {
      $0.score.isFinite && $0.subjects >= 1 && (0...$0.subjects).contains($0.events)
    }
    guard groups.count >= 2, isValid else { return nil }
    self.groups = groups
  }

  /// A test that the risk does not depend on the score; positive where it rises with the score.
  ///
  /// Where no subject or every subject has the event, or all scores are equal, nothing can depend on
  /// the score: the statistic is at its expectation and p = 1.
  ///
  /// - Throws: `NotEstimable` where an exact distribution has too many states.
  public func test(_ method: TrendMethod) throws(NotEstimable) -> TestResult {
    switch method {
    case .cochranArmitage: asymptotic
    case .cochranArmitageExact: try exact(isMidP: false)
    case .cochranArmitageMidP: try exact(isMidP: true)
    }
  }

  /// z = Σ (sᵢ − s̄) xᵢ / √(p̄ q̄ Σ nᵢ (sᵢ − s̄)²), with the binomial variance.
  private var asymptotic: TestResult {
    let (n, x) = (Double(subjects), Double(events))
    let scores = centredScores
    let sum = zip(groups, scores).reduce(0) { $0 + $1.1 * Double($1.0.events) }
    let spread = zip(groups, scores).reduce(0) { $0 + $1.1 * $1.1 * Double($1.0.subjects) }
    return normalTest(sum, variance: x / n * ((n - x) / n) * spread)
  }

  private func exact(isMidP: Bool) throws(NotEstimable) -> TestResult {
    let scores = centredScores
    let largest = zip(groups, scores).reduce(0) { $0 + abs($1.1) * Double($1.0.subjects) }
    let distribution = try ConditionalDistribution(
      groups: [events, subjects - events], categories: groups.map(\.subjects), largest: largest
    ) { category, _, taken in scores[category] * Double(taken[0]) }
    let observed = zip(groups, scores).reduce(0) { $0 + $1.1 * Double($1.0.events) }
    return TestResult(
      statistic: groups.reduce(0) { $0 + $1.score * Double($1.events) },
      pValue: distribution.twoSided(observed, isMidP: isMidP))
  }

  private var subjects: Int { groups.reduce(0) { $0 + $1.subjects } }

  private var events: Int { groups.reduce(0) { $0 + $1.events } }

  private var centredScores: [Double] { centred(groups.map(\.score), groups.map(\.subjects)) }
}

/// The two-sided normal test of a statistic with expectation 0.
///
/// A statistic that cannot vary is at its expectation: z = 0 and p = 1.
func normalTest(_ difference: Double, variance: Double) -> TestResult {
  guard variance > 0 else { return TestResult(statistic: 0, pValue: 1) }
  let z = difference / variance.squareRoot()
  return TestResult(statistic: z, pValue: twoSidedNormal(z))
}

/// P(|Z| ≥ |`z`|).
func twoSidedNormal(_ z: Double) -> Double {
  min(1, 2 * Normal.standard.lowerTail(-abs(z)))
}
