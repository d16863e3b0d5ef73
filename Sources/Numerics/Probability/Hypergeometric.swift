import CBoostMath

/// The number of marked members among m drawn from n₁ marked and n₂ unmarked, without replacement.
///
/// P(X = u) = C(n₁, u) C(n₂, m − u) / C(n₁ + n₂, m), by saddle point; a tail is its largest term
/// times a sum of ratios. Loader (2000), Fast and accurate computation of binomial probabilities.
public struct Hypergeometric: DiscreteDistribution {
  private let margins: TableMargins
  private let mode: Int

  public init(marked: Int, unmarked: Int, drawn: Int) {
    margins = TableMargins(marked: marked, unmarked: unmarked, drawn: drawn)
    mode = margins.mode(1)
  }

  public var marked: Int { margins.marked }
  public var unmarked: Int { margins.unmarked }
  public var drawn: Int { margins.drawn }

  public var support: ClosedRange<Int> { margins.support }

  public var mean: Double {
    drawn == 0 ? 0 : Double(drawn) * Double(marked) / Double(marked + unmarked)
  }

  public var variance: Double {
    let population = Double(marked + unmarked)
    guard population > 1 else { return 0 }
    return mean * Double(unmarked) / population * (population - Double(drawn)) / (population - 1)
  }

  public func density(_ k: Int) -> Double {
    guard support.contains(k) else { return 0 }
    return saddlepoint_hypergeometric(
      Double(k), Double(marked), Double(unmarked), Double(drawn))
  }

  public func lowerTail(_ k: Int) -> Double {
    margins.lowerTail(k, 1, mode: mode, density: density)
  }

  public func upperTail(_ k: Int) -> Double {
    margins.upperTail(k, 1, mode: mode, density: density)
  }
}
