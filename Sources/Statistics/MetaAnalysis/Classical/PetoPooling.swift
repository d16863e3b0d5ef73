public import Comparison
import Incidence
public import Inference

/// The pooled odds ratio of Peto's one-step method, as its logarithm.
///
/// Σ(x₁ − E)/ΣV with variance 1/ΣV, where E = n₁m/N and V = n₁n₂m(N − m)/N²(N − 1) are the
/// hypergeometric mean and variance of x₁ in each study. Yusuf et al. (1985), Prog. Cardiovasc. Dis.
/// 27:335.
public struct PetoPooling: Sendable {
  public let effect: PooledEffect

  /// x₁ − E of each study.
  public let excess: [Double]

  /// V of each study; 0 without events or with events only.
  public let variances: [Double]

  public let preconditions: PetoPreconditions

  /// - Throws: ``NotEstimable`` where no study has both subjects with the event and without it.
  public init(_ risks: [TwoByTwoTable]) throws(NotEstimable) {
    excess = risks.map(\.cells).map {
      differenceOfProducts($0.events1, $0.total2, $0.events2, $0.total1) / $0.size
    }
    variances = risks.map(\.cells).map {
      let events = $0.events1 + $0.events2
      let nonEvents = $0.nonEvents1 + $0.nonEvents2
      return ($0.total1 / $0.size) * ($0.total2 / $0.size) * events * (nonEvents / ($0.size - 1))
    }
    let information = variances.reduce(0, +)
    guard information > 0 else {
      throw Estimability(risks).reasonWithoutInformation
    }
    effect = PooledEffect(
      estimate: excess.reduce(0, +) / information,
      standardError: 1 / information.squareRoot())
    preconditions = PetoPreconditions(risks, logOddsRatio: effect.estimate)
  }

  /// V in percent.
  public var weights: [Double] { variances.percentages ?? [] }

  /// (x₁ − E)/V with variance 1/V, of the studies with V above 0.
  public var effects: [EffectSize] {
    zip(excess, variances).filter { $0.1 > 0 }
      .map { EffectSize(value: $0.0 / $0.1, variance: 1 / $0.1) }
  }

  /// ΣV((x₁ − E)/V − estimate)² on one degree of freedom fewer than studies with V above 0.
  public var heterogeneity: Heterogeneity { effects.heterogeneity(around: effect.estimate) }
}

/// Whether Peto's method may be relied on.
///
/// It is nearly unbiased for events below 1 %, arms of like size and moderate effects, and biased
/// away from these. Bradburn, Deeks, Berlin & Localio (2007), Stat. Med. 26:53.
public struct PetoPreconditions: Hashable, Sendable {
  /// The size of the larger group over that of the smaller, where that is greatest.
  public let largestArmRatio: Double

  /// The share of subjects with the event: of both groups, of the treatment, of the reference.
  public let eventRate: Double
  public let treatmentEventRate: Double
  public let referenceEventRate: Double

  /// Peto's logarithm of the odds ratio.
  public let logOddsRatio: Double

  init(_ risks: [TwoByTwoTable], logOddsRatio: Double) {
    largestArmRatio = risks.reduce(1) { largest, table in
      let (n1, n2) = (Double(table.treatment.total), Double(table.reference.total))
      return max(largest, n1 / n2, n2 / n1)
    }
    let x1 = risks.reduce(0) { $0 + Double($1.treatment.events) }
    let n1 = risks.reduce(0) { $0 + Double($1.treatment.total) }
    let x2 = risks.reduce(0) { $0 + Double($1.reference.events) }
    let n2 = risks.reduce(0) { $0 + Double($1.reference.total) }
    eventRate = (x1 + x2) / (n1 + n2)
    treatmentEventRate = x1 / n1
    referenceEventRate = x2 / n2
    self.logOddsRatio = logOddsRatio
  }

  /// Less than 1 % of subjects have the event.
  public var isRare: Bool { eventRate < 0.01 }

  /// No group is more than half as large again as the other; trials with 2 : 1 are not balanced.
  public var isBalanced: Bool { largestArmRatio <= 1.5 }

  /// The odds ratio lies between ⅓ and 3.
  public var isModerate: Bool { abs(logOddsRatio) <= 1.098_612_288_668_109_8 }

  public var holds: Bool { isRare && isBalanced && isModerate }

  /// What does not hold.
  public var failures: [String] {
    [
      isRare ? nil : "events are not rare, 1 % of subjects or more",
      isBalanced ? nil : "groups are of unlike size in a study",
      isModerate ? nil : "the effect is large, an odds ratio beyond 1/3 or 3",
    ].compactMap { $0 }
  }
}
