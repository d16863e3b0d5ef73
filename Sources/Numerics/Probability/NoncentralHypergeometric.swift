import CBoostMath

/// Fisher's noncentral hypergeometric distribution: a cell of a two-by-two table given its margins.
///
/// P(X = u) ∝ C(n₁, u) C(n₂, m − u) ψᵘ, where ψ ≥ 0 is the odds ratio; at ψ = 0 and ψ = ∞ all the
/// probability lies at an end of the support. Fisher (1935), J. R. Stat. Soc. 98:39.
public struct NoncentralHypergeometric: DiscreteDistribution {
  public let oddsRatio: Double

  /// The most probable value.
  public let mode: Int

  private let margins: TableMargins

  /// Σ P(u) / P(mode).
  private let total: Double

  public init(marked: Int, unmarked: Int, drawn: Int, oddsRatio: Double) {
    precondition(oddsRatio >= 0, "odds ratio must not be negative: \(oddsRatio)")
    self.oddsRatio = oddsRatio
    margins = TableMargins(marked: marked, unmarked: unmarked, drawn: drawn)
    mode = margins.mode(oddsRatio)
    total = margins.sumDown(from: mode, oddsRatio) + margins.sumUp(from: mode, oddsRatio) - 1
  }

  public var marked: Int { margins.marked }
  public var unmarked: Int { margins.unmarked }
  public var drawn: Int { margins.drawn }

  public var support: ClosedRange<Int> { margins.support }

  public var mean: Double { Double(mode) + moment(about: Double(mode), power: 1) }

  public var variance: Double { moment(about: mean, power: 2) }

  public func density(_ k: Int) -> Double {
    guard support.contains(k) else { return 0 }
    return saddlepoint_table_weight(
      Double(k), Double(mode), Double(marked), Double(unmarked), Double(drawn), oddsRatio) / total
  }

  public func lowerTail(_ k: Int) -> Double {
    margins.lowerTail(k, oddsRatio, mode: mode, density: density)
  }

  public func upperTail(_ k: Int) -> Double {
    margins.upperTail(k, oddsRatio, mode: mode, density: density)
  }

  /// E(X | X ≥ `k`), for a `k` of the support.
  public func mean(from k: Int) -> Double {
    if k <= support.lowerBound { return mean }
    guard k > mode else {
      // What lies below the mode is little; what is left out of the mean is less.
      let below = lowerTail(k - 1)
      return (mean - below * mean(upTo: k - 1)) / (1 - below)
    }
    var (sum, moment) = (1.0, 0.0)
    margins.visitUp(from: k, oddsRatio) { u, ratio in
      sum += ratio
      moment += ratio * Double(u - k)
    }
    return Double(k) + moment / sum
  }

  /// E(X | X ≤ `k`), for a `k` at or below the mode.
  private func mean(upTo k: Int) -> Double {
    var (sum, moment) = (1.0, 0.0)
    margins.visitDown(from: k, oddsRatio) { u, ratio in
      sum += ratio
      moment += ratio * Double(k - u)
    }
    return Double(k) - moment / sum
  }

  /// E(X − `centre`)ᵏ for k = `power`, 1 or 2.
  private func moment(about centre: Double, power: Int) -> Double {
    func deviation(_ u: Int) -> Double {
      let d = Double(u) - centre
      return power == 1 ? d : d * d
    }
    var sum = deviation(mode)
    margins.visitDown(from: mode, oddsRatio) { u, ratio in sum += ratio * deviation(u) }
    margins.visitUp(from: mode, oddsRatio) { u, ratio in sum += ratio * deviation(u) }
    return sum / total
  }
}
