import Inference

extension Strata where Table == TwoByTwoTable {
  /// The probability of all tables no more probable than those observed, given the margins of every
  /// stratum and the treatment group's events of all strata together.
  ///
  /// Tables are followed stratum by stratum. Of those that agree so far, all count or none where
  /// even the most probable rest, or even the least probable, decides it. Zelen (1971), Biometrika
  /// 58:129; Mehta & Patel (1983), J. Am. Stat. Assoc. 78:427.
  ///
  /// - Throws: ``NotEstimable`` where more than 5 × 10⁷ beginnings would have to be followed.
  func zelen() throws(NotEstimable) -> TestResult {
    guard !tables.isEmpty else { throw .noInformativeStratum }
    try requireConvolution(tables)
    // The odds ratio changes all of these tables' weights alike. That of the data keeps them in the
    // range of doubles.
    let common = cells.mantelHaenszelOddsRatio()
    let isInside = common.numerator > 0 && common.denominator > 0
    var network = TableNetwork(tables, at: isInside ? common.numerator / common.denominator : 1)
    return TestResult(pValue: try network.probabilityOfNoMoreProbable())
  }
}

/// The tables that share the observed margins, stratum by stratum.
private struct TableNetwork {
  private let weights: [[Double]]
  private let sum: Int
  /// Of the strata from each one on.
  private let rests: [Rest]
  /// The weight of the observed tables, with those tied with it.
  private let limit: Double
  private var followed = 0

  init(_ tables: [TwoByTwoTable], at oddsRatio: Double) {
    weights = tables.map { $0.weights(at: oddsRatio) }
    sum = tables.reduce(0) { $0 + $1.observedOutcome }
    rests = weights.reversed().reduce(into: [Rest()]) {
      $0.append($0[$0.count - 1].preceded(by: $1))
    }
    .reversed()
    limit = zip(weights, tables).reduce(1) { $0 * $1.0[$1.1.observedOutcome] } * (1 + 1e-7)
  }

  mutating func probabilityOfNoMoreProbable() throws(NotEstimable) -> Double {
    min(1, try weight(from: 0, after: 1, leaving: sum) / rests[0].total[sum])
  }

  /// Of the tables from `stratum` on that have `events` together, where those before have weight
  /// `product`.
  private mutating func weight(
    from stratum: Int, after product: Double, leaving events: Int
  ) throws(NotEstimable) -> Double {
    followed += 1
    guard followed <= 50_000_000 else { throw NotEstimable("too many tables to be followed") }
    let rest = rests[stratum]
    guard rest.total.indices.contains(events) else { return 0 }
    if product * rest.largest[events] <= limit { return product * rest.total[events] }
    if product * rest.smallest[events] > limit { return 0 }
    var sum = 0.0
    for (outcome, weight) in weights[stratum].enumerated() {
      sum += try self.weight(
        from: stratum + 1, after: product * weight, leaving: events - outcome)
    }
    return sum
  }
}

/// The ways in which some strata can have each number of events together.
private struct Rest {
  /// The sum of the weights of the ways, the largest weight and the smallest.
  private(set) var total = [1.0]
  private(set) var largest = [1.0]
  private(set) var smallest = [1.0]

  /// These strata and one more, of `weights`.
  func preceded(by weights: [Double]) -> Rest {
    let count = total.count + weights.count - 1
    var rest = Rest()
    rest.total = [Double](repeating: 0, count: count)
    rest.largest = rest.total
    rest.smallest = [Double](repeating: .infinity, count: count)
    for (outcome, weight) in weights.enumerated() {
      for events in total.indices {
        let sum = outcome + events
        rest.total[sum] += weight * total[events]
        rest.largest[sum] = max(rest.largest[sum], weight * largest[events])
        rest.smallest[sum] = min(rest.smallest[sum], weight * smallest[events])
      }
    }
    return rest
  }
}
