import Glibc
import Incidence
import Inference

/// How the outcomes of two groups are ordered under a given value θ of a contrast.
enum OutcomeOrder {
  /// By the score statistic of the risk difference. Chan & Zhang (1999), Biometrics 55:1202.
  case differenceScore
  /// By its absolute value. Agresti & Min (2001), Biometrics 57:963.
  case absoluteDifferenceScore
  /// By the difference of the proportions. Santner & Snell (1980), J. Am. Stat. Assoc. 75:386.
  case difference
  /// By the score statistic of the risk ratio.
  case ratioScore

  var contrast: RiskContrast { self == .ratioScore ? .ratio : .difference }
}

/// The exact test of a value θ of a contrast, against greater ones, without conditions.
///
/// Its p-value is the supremum, over the risks with contrast θ, of the probability of the outcomes
/// that speak as strongly against θ as the observed one. They lie beyond a boundary: the statistics
/// rise with x₁ and fall with x₂ (Barnard's convexity), so that it is walked in n₁ + n₂ steps.
struct UnconditionalTest {
  let table: TwoByTwoTable
  let order: OutcomeOrder
  private let supremum: NuisanceSupremum
  private let treatmentCounts: [BinomialCount]
  private let referenceCounts: [BinomialCount]

  /// - Throws: ``NotEstimable`` for more than a million outcomes.
  init(_ table: TwoByTwoTable, _ order: OutcomeOrder) throws(NotEstimable) {
    self.table = table
    self.order = order
    let (n1, n2) = (table.treatment.total, table.reference.total)
    try table.requireFewOutcomes()
    supremum = NuisanceSupremum(subjects: n1 + n2, sets: order == .absoluteDifferenceScore ? 2 : 1)
    treatmentCounts = (0...n1).compactMap { try? BinomialCount(events: $0, total: n1) }
    referenceCounts = (0...n2).compactMap { try? BinomialCount(events: $0, total: n2) }
  }

  /// The p-value at θ.
  func pValue(_ theta: Double) -> Double {
    let region = region(theta)
    return supremum.value { place in
      probability(region, upperAt: theta, lowerAt: theta, place, negligible: 1e-290)
    }
  }

  /// Whether the probability of `region` exceeds `threshold` anywhere.
  ///
  /// Its upper part is taken on the line of θ = `upperAt`, its lower part on that of `lowerAt`: at
  /// the same place of a line the first grows with θ and the second falls.
  func exceeds(
    _ threshold: Double, _ region: OutcomeRegion, upperAt: Double, lowerAt: Double
  ) -> Bool {
    supremum.value(above: threshold) { place in
      probability(
        region, upperAt: upperAt, lowerAt: lowerAt, place, negligible: threshold * 1e-20)
    } > threshold
  }

  private func probability(
    _ region: OutcomeRegion, upperAt: Double, lowerAt: Double, _ place: NuisancePlace,
    negligible: Double
  ) -> Double {
    func masses(_ theta: Double) -> (own: BinomialMasses, other: BinomialMasses) {
      let risks = risks(theta, place)
      return (
        BinomialMasses(
          trials: table.treatment.total, risks.p1, risks.q1, negligible: negligible),
        BinomialMasses(
          trials: table.reference.total, risks.p2, risks.q2, negligible: negligible)
      )
    }
    let (own, other) = masses(upperAt)
    let upper = region.upperProbability(own, other)
    guard order == .absoluteDifferenceScore else { return upper }
    guard lowerAt != upperAt else { return upper + region.lowerProbability(own, other) }
    let (ownBelow, otherBelow) = masses(lowerAt)
    return upper + region.lowerProbability(ownBelow, otherBelow)
  }

  /// The risks with contrast θ at a place between the ends of what is possible.
  private func risks(_ theta: Double, _ place: NuisancePlace) -> RiskPair {
    let (s, rest) = (place.s, place.rest)
    switch order.contrast {
    case .difference where theta >= 0:
      let (p2, q1) = ((1 - theta) * s, (1 - theta) * rest)
      return RiskPair(p1: p2 + theta, q1: q1, p2: p2, q2: q1 + theta)
    case .difference:
      let (p1, q2) = ((1 + theta) * s, (1 + theta) * rest)
      return RiskPair(p1: p1, q1: q2 - theta, p2: p1 - theta, q2: q2)
    default:
      guard theta > 1 else {
        return RiskPair(p1: theta * s, q1: rest + (1 - theta) * s, p2: s, q2: rest)
      }
      return RiskPair(p1: s, q1: rest, p2: s / theta, q2: rest + (1 - 1 / theta) * s)
    }
  }

  // MARK: The order

  /// The outcomes that speak as strongly against θ as the observed one, ties included.
  func region(_ theta: Double) -> OutcomeRegion {
    let n1 = table.treatment.total
    let observed = statistic(table.treatment.events, table.reference.events, theta)
    let isTwoSided = order == .absoluteDifferenceScore
    let limit = isTwoSided ? abs(observed) : observed
    let bound = limit - abs(limit) * 1e-7 - 1e-12
    var region = OutcomeRegion(upper: [], lower: [])
    var (upper, lower) = (0, -1)
    for x2 in 0...table.reference.total {
      while upper <= n1, statistic(upper, x2, theta) < bound { upper += 1 }
      region.upper.append(upper)
      if isTwoSided {
        while lower < n1, lower + 1 < upper, statistic(lower + 1, x2, theta) <= -bound {
          lower += 1
        }
        region.lower.append(min(lower, upper - 1))
      } else {
        region.lower.append(-1)
      }
    }
    return region
  }

  /// The score statistic without N/(N − 1), or n₁ n₂ times the difference of the proportions.
  func statistic(_ x1: Int, _ x2: Int, _ theta: Double) -> Double {
    if order == .difference {
      return Double(x1 * table.reference.total - x2 * table.treatment.total)
    }
    let outcome = TwoByTwoTable(treatment: treatmentCounts[x1], reference: referenceCounts[x2])
    let term = outcome.scoreTerm(order.contrast, at: theta)
    return term.score == 0 ? 0 : term.score / term.variance.squareRoot()
  }
}
