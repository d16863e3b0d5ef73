import Inference
import Probability

/// The exact distribution of a statistic over all tables that have both margins of an observed one.
///
/// The categories are gone through in order. A node of the network is how many subjects of each
/// group have been taken by the categories so far, with the values that the statistic has reached
/// there; an arc is what one category takes, with its multivariate hypergeometric probability given
/// the node, and adds its length to the statistic. Mehta, Patel & Tsiatis (1984), Biometrics 40:819.
///
/// All probabilities are sums and products of positive numbers, so that small tails keep their digits.
struct ConditionalDistribution {
  /// Beyond so many steps, each a value put into its place, a distribution is not computed.
  static let maximumSteps = 200_000_000

  /// What an arc costs beside its values, in such steps.
  private static let stepsOfAnArc = 100

  /// Two values or probabilities closer than this, relative to the observed one, are tied.
  private static let tie = 1e-7

  /// The statistic less its expectation, in increasing order.
  let values: [Double]
  let probabilities: [Double]
  /// Values closer than this differ by rounding alone.
  private let resolution: Double

  /// The distribution of the sum of `length` over the categories.
  ///
  /// `groups` and `categories` are the margins, `largest` a bound of the statistic's absolute value.
  /// `length` is given the category, the subjects of each group taken by the categories before it
  /// and those that it takes itself; the expectation of the sum must be 0.
  ///
  /// - Throws: `NotEstimable`, with the cost, beyond ``maximumSteps``.
  init(
    groups: [Int], categories: [Int], largest: Double,
    length: (_ category: Int, _ used: [Int], _ taken: [Int]) -> Double
  ) throws(NotEstimable) {
    let resolution = 1e-12 * largest
    var nodes = [Node(used: groups.map { _ in 0 }, values: [0], probabilities: [1])]
    var steps = 0
    for (category, size) in categories.enumerated() {
      var next: [Node] = []
      var places: [[Int]: Int] = [:]
      for node in nodes {
        let available = zip(groups, node.used).map { $0 - $1 }
        try forEachSplit(of: size, available) { taken, probability throws(NotEstimable) in
          let used = zip(node.used, taken).map { $0 + $1 }
          let place = places[used]
          steps +=
            Self.stepsOfAnArc + node.values.count + (place.map { next[$0].values.count } ?? 0)
          guard steps <= Self.maximumSteps else {
            throw NotEstimable(
              "the exact distribution takes more than \(Self.maximumSteps) steps, reached at "
                + "category \(category + 1) of \(categories.count)")
          }
          let length = length(category, node.used, taken)
          if let place {
            next[place].merge(node, by: length, probability, resolution: resolution)
          } else {
            places[used] = next.count
            next.append(node.moved(to: used, by: length, probability))
          }
        }
      }
      nodes = next
    }
    self.resolution = resolution
    values = nodes[0].values
    probabilities = nodes[0].probabilities
  }

  /// P(|T| ≥ |`observed`|), for the mid-P with half of the probability of equality.
  ///
  /// Where the margins leave one value, the statistic says nothing: p = 1, also for the mid-P.
  func twoSided(_ observed: Double, isMidP: Bool) -> Double {
    guard values.count > 1 else { return 1 }
    let distance = abs(observed)
    let tolerance = Self.tie * distance + resolution
    var outer = 0.0
    var tied = 0.0
    for (value, probability) in zip(values, probabilities) {
      let excess = abs(value) - distance
      if excess > tolerance {
        outer += probability
      } else if excess >= -tolerance {
        tied += probability
      }
    }
    return min(1, outer + (isMidP ? tied / 2 : tied))
  }
}

/// How many subjects of each group are taken, and how the statistic is distributed there.
private struct Node {
  let used: [Int]
  var values: [Double]
  var probabilities: [Double]

  /// The node at the end of an arc of this length and probability.
  func moved(to used: [Int], by length: Double, _ probability: Double) -> Node {
    Node(
      used: used, values: values.map { $0 + length },
      probabilities: probabilities.map { $0 * probability })
  }

  /// Adds what arrives from `other`; values within `resolution` of each other become one.
  mutating func merge(_ other: Node, by length: Double, _ probability: Double, resolution: Double) {
    let capacity = values.count + other.values.count
    var merged = Node(used: used, values: [], probabilities: [])
    merged.values.reserveCapacity(capacity)
    merged.probabilities.reserveCapacity(capacity)
    var (i, j) = (0, 0)
    while i < values.count || j < other.values.count {
      let own = i < values.count ? values[i] : .infinity
      let arriving = j < other.values.count ? other.values[j] + length : .infinity
      if own <= arriving {
        merged.append(own, probabilities[i], resolution)
        i += 1
      } else {
        merged.append(arriving, other.probabilities[j] * probability, resolution)
        j += 1
      }
    }
    self = merged
  }

  private mutating func append(_ value: Double, _ probability: Double, _ resolution: Double) {
    let last = values.count - 1
    if last >= 0, value - values[last] <= resolution {
      probabilities[last] += probability
    } else {
      values.append(value)
      probabilities.append(probability)
    }
  }
}

/// Every way to draw `size` of the subjects that are `available` in each group, with its probability.
private func forEachSplit(
  of size: Int, _ available: [Int],
  _ body: (_ taken: [Int], _ probability: Double) throws(NotEstimable) -> Void
) throws(NotEstimable) {
  func extend(_ taken: [Int], _ left: Int, _ probability: Double) throws(NotEstimable) {
    let group = taken.count
    let others = available[(group + 1)...].reduce(0, +)
    guard group + 1 < available.count else { return try body(taken + [left], probability) }
    let draw = Hypergeometric(marked: available[group], unmarked: others, drawn: left)
    for count in draw.support {
      try extend(taken + [count], left - count, probability * draw.density(count))
    }
  }
  try extend([], size, 1)
}
