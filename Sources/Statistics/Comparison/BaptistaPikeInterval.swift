import Glibc
package import Incidence
package import Inference
import Optimization
import Probability

extension TwoByTwoTable {
  /// The hull of the ψ at which the tables no more probable than the observed one have more than α.
  ///
  /// {ψ : Σ P(u | ψ) > α over the u with P(u | ψ) ≤ P(x | ψ)}; with `midP`, tables as probable as
  /// the observed one count half. Baptista & Pike (1977), Appl. Stat. 26:214.
  package func baptistaPike(_ level: ConfidenceLevel, midP: Bool) -> Limits {
    let upper = GreaterOddsRatios(table: self, midP: midP).accepted(level.alpha)
    let lower = GreaterOddsRatios(table: withGroupsExchanged, midP: midP).accepted(level.alpha)
    return Limits(1 / lower.end, upper.end, haveGaps: lower.haveGaps || upper.haveGaps)
  }
}

/// The acceptability of the odds ratios so great that the observed x is below the mode.
///
/// It is the probability of the values up to x and of those from some u > x on. A value u leaves
/// where ψ^(u−x) = w(x)/w(u), the weights being those at ψ = 1; these ψ rise with u as the weights
/// are log-concave. Between two of them the values left out are a fixed range, whose probability
/// rises and then falls: there the acceptability is greatest at one of the ends, and has one minimum.
private struct GreaterOddsRatios {
  let table: TwoByTwoTable
  let midP: Bool

  /// The logarithms of w(x)/w(u) for the u above x.
  private let logWeightRatios: [Double]

  init(table: TwoByTwoTable, midP: Bool) {
    self.table = table
    self.midP = midP
    var sum = 0.0
    logWeightRatios = (table.treatment.events..<table.possibleEvents.upperBound).map { u in
      sum += log(table.tieRatio(u + 1))
      return sum
    }
  }

  private var x: Int { table.treatment.events }

  /// The odds ratios between two changes of what is summed.
  struct Piece {
    let start: Double
    let end: Double
    /// The first value on the far side that counts in full.
    let whole: Int
    /// Whether the value before it is tied with x, and counts half.
    let hasHalf: Bool
  }

  /// The two sums of the acceptability: the first falls with ψ, the second rises.
  struct Parts {
    let near: Double
    let far: Double
    var sum: Double { near + far }
  }

  /// The end of the accepted odds ratios, and whether others lie between them.
  ///
  /// Up to the first change, x is the mode and all is accepted.
  func accepted(_ alpha: Double) -> (end: Double, haveGaps: Bool) {
    guard x < table.possibleEvents.upperBound else { return (.infinity, false) }
    var end = change(0)
    var (isRejected, haveGaps) = (false, false)
    for piece in pieces {
      let start = parts(piece.start, piece)
      guard mayExceed(alpha, start, piece) else { return (end, haveGaps) }
      if piece.end == .infinity {
        guard start.near > alpha else { return (end, haveGaps) }
        return (table.conditionalLimits(tail: alpha, midP: midP).upper, haveGaps || isRejected)
      }
      let stop = parts(piece.end, piece)
      func excess(_ psi: Double) -> Double { parts(psi, piece).sum - alpha }
      switch (start.sum > alpha, stop.sum > alpha) {
      case (true, true):
        haveGaps = haveGaps || isRejected
        if stop.near + start.far <= alpha {
          let least = brentMinimum(of: excess, lower: piece.start, upper: piece.end)
          haveGaps = haveGaps || least.value <= 0
        }
        end = piece.end
      case (true, false):
        haveGaps = haveGaps || isRejected
        isRejected = true
        end = root(of: excess, piece.start, piece.end)
      case (false, true):
        haveGaps = true
        end = piece.end
      case (false, false): isRejected = true
      }
    }
    return (end, haveGaps)
  }

  private func parts(_ psi: Double, _ piece: Piece) -> Parts {
    let law = table.conditionalLaw(oddsRatio: psi)
    let far = law.upperTail(piece.whole)
    return Parts(
      near: law.lowerTail(x) - (midP ? law.density(x) / 2 : 0),
      far: piece.hasHalf ? far + law.density(piece.whole - 1) / 2 : far)
  }

  /// Whether this piece or one beyond it may reach α: the far values are no more probable than x,
  /// and fall off at least as fast as geometrically, the faster the farther they are.
  private func mayExceed(_ alpha: Double, _ start: Parts, _ piece: Piece) -> Bool {
    if start.near > alpha || piece.end == .infinity { return true }
    let first = piece.hasHalf ? piece.whole - 1 : piece.whole
    let falloff =
      first < table.possibleEvents.upperBound ? piece.end / table.tieRatio(first + 1) : 0
    let own = table.conditionalLaw(oddsRatio: piece.start).density(x)
    return start.near + own * tied / (1 - falloff) > alpha
  }

  /// The pieces outwards from the first change; the last has no end.
  private var pieces: some Sequence<Piece> {
    let count = midP ? 2 * logWeightRatios.count : logWeightRatios.count
    return (0..<count).lazy.map { index in
      Piece(
        start: change(index), end: index + 1 < count ? change(index + 1) : .infinity,
        whole: x + 2 + (midP ? index / 2 : index), hasHalf: midP && index.isMultiple(of: 2))
    }
  }

  /// The odds ratio where a value leaves; with `midP`, where it begins to count half, then leaves.
  private func change(_ index: Int) -> Double {
    let step = midP ? index / 2 : index
    let width = midP && index.isMultiple(of: 2) ? -log(tied) : log(tied)
    return exp((logWeightRatios[step] + width) / Double(step + 1))
  }
}

extension TwoByTwoTable {
  /// w(u − 1)/w(u): the odds ratio at which `u` and the value before it are equally probable.
  fileprivate func tieRatio(_ u: Int) -> Double {
    let (n1, n2, m) = (treatment.total, reference.total, events)
    return Double(u) / Double(n1 - u + 1) * (Double(n2 - m + u) / Double(m - u + 1))
  }
}
