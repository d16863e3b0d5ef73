import Inference
import Optimization
import Probability

extension BinomialCount {
  /// The hull of the p with Pr(γ(X) ≤ γ(x)) > α, γ(k) the smaller of P(X ≤ k) and P(X ≥ k).
  func blaker(_ level: ConfidenceLevel, _ sides: Sides) -> Limits {
    precondition(sides == .two, "Blaker's interval has two sides")
    let lower = events == 0 ? (0, false) : blakerLimit(isLower: true, level.alpha)
    let upper = nonEvents == 0 ? (1, false) : blakerLimit(isLower: false, level.alpha)
    return Limits(lower.0, upper.0, haveGaps: lower.1 || upper.1)
  }

  /// One end of the hull, and whether p between it and p̂ are rejected.
  ///
  /// Outside p̂ the acceptability is T + O: T the tail of the observed count, O the longest
  /// opposite tail that does not exceed it, so that T + O ≤ 2T. Towards p̂ T rises; O falls but
  /// jumps to T wherever it takes in one more count. Up to the p where 2T = α nothing is accepted;
  /// just behind the first jump after it 2T > α is. Between these two p, T + O falls and then
  /// rises, so that the limit is its only crossing of α there, or else the jump.
  ///
  /// Behind a jump it falls and rises again, with one minimum before the next. Where T at one jump
  /// and O just before the next exceed α together, they do so ever after.
  private func blakerLimit(
    isLower: Bool, _ alpha: Double
  ) -> (limit: Double, hasGaps: Bool) {
    func law(_ p: Double) -> Binomial { Binomial(trials: total, probability: p) }
    func observed(_ p: Double) -> Double {
      isLower ? law(p).upperTail(events) : law(p).lowerTail(events)
    }
    func opposite(_ length: Int, _ p: Double) -> Double {
      guard length > 0 else { return 0 }
      return isLower ? law(p).lowerTail(length - 1) : law(p).upperTail(total - length + 1)
    }
    func excess(_ length: Int, _ p: Double) -> Double {
      opposite(length, p) - tied * observed(p)
    }
    let (x, rest) = (Double(events), Double(nonEvents))
    let tail = alpha / (1 + tied)
    let outermost =
      isLower
      ? Beta(alpha: x, beta: rest + 1).quantile(lowerTail: tail)
      : Beta(alpha: x + 1, beta: rest).quantile(upperTail: tail)

    // The opposite tail at the outermost p has `length` counts, fewer than `tooLong`.
    var length = 0
    var tooLong = isLower ? events : nonEvents
    while tooLong - length > 1 {
      let middle = (length + tooLong) / 2
      if excess(middle, outermost) <= 0 { length = middle } else { tooLong = middle }
    }
    // At levels close to 0 rounding hides what lies between.
    guard excess(length + 1, outermost) > 0 else { return (outermost, false) }
    var jump = root(of: { excess(length + 1, $0) }, outermost, proportion)
    func acceptability(_ p: Double) -> Double { observed(p) + opposite(length, p) - alpha }
    let limit =
      acceptability(jump) <= 0
      ? jump
      : acceptability(outermost) < 0 ? root(of: acceptability, outermost, jump) : outermost

    while true {
      length += 1
      let start = jump
      let reachesTheNext = length < (isLower ? events : nonEvents)
      jump =
        reachesTheNext && excess(length + 1, proportion) > 0
        ? root(of: { excess(length + 1, $0) }, start, proportion) : proportion
      if observed(start) + opposite(length, jump) > alpha { return (limit, false) }
      let least = brentMinimum(
        of: acceptability, lower: min(start, jump), upper: max(start, jump))
      if least.value <= 0 { return (limit, true) }
      if jump == proportion { return (limit, false) }
    }
  }
}

/// Tails whose ratio is below this count as equal.
private let tied = 1 + 1e-7
