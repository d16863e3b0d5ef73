import Glibc

/// Effects and variances of studies with one mean, laid out for sums over all of them.
///
/// The study with the smallest variance stands alone: its weight is the largest at every τ², and
/// what would cancel against it is computed from the others. They come in pairs, the last of which
/// may have a study of infinite variance.
struct StudyColumns: Sendable {
  typealias Pair = SIMD2<Double>

  /// The weighted mean at τ² = 0, in the units of the effects.
  let centre: Double
  /// Σ (y − ȳ)².
  let sumOfSquares: Double
  private let firstDeviation: Double
  private let firstVariance: Double
  private let deviations: [Pair]
  private let variances: [Pair]

  init(_ effects: [EffectSize], _ range: VarianceRange) {
    let origin = effects[range.indexOfSmallest].value
    let unit = 1 / range.scale
    let variances = Self.pairs(effects, range, ofNone: .infinity) { $0.variance * unit * unit }
    var deviations = Self.pairs(effects, range, ofNone: 0) { ($0.value - origin) * unit }
    var (sumW, sumWY, sumY) = (Pair.zero, Pair.zero, Pair.zero)
    for (v, y) in zip(variances, deviations) {
      let w = 1 / v
      sumW += w
      sumWY += w * y
      sumY += y
    }
    let shift = sumWY.sum() / (sumW.sum() + 1 / range.smallest)
    centre = origin + shift * range.scale
    // What rounding leaves of the centre stays in the deviations.
    let rounded = (centre - origin) * unit
    let mean = sumY.sum() / Double(effects.count)
    var squares = Pair.zero
    for i in deviations.indices {
      squares += (deviations[i] - mean) * (deviations[i] - mean)
      deviations[i] -= Pair(repeating: rounded)
    }
    // The first study lies at 0, and so does that of infinite variance, which counts for it.
    sumOfSquares = effects.count % 2 == 0 ? squares.sum() : squares.sum() + mean * mean
    firstDeviation = -rounded
    firstVariance = range.smallest
    self.deviations = deviations
    self.variances = variances
  }

  /// What `value` says of all studies but the first, in pairs; `none` where there is no study.
  private static func pairs(
    _ effects: [EffectSize], _ range: VarianceRange, ofNone none: Double,
    _ value: (EffectSize) -> Double
  ) -> [Pair] {
    let others = effects.count - 1
    // The last of all studies takes the place of the first.
    func other(_ i: Int) -> Double {
      i < others ? value(effects[i == range.indexOfSmallest ? others : i]) : none
    }
    return [Pair](unsafeUninitializedCapacity: (others + 1) / 2) { buffer, count in
      count = (others + 1) / 2
      for i in 0..<count { buffer[i] = Pair(other(2 * i), other(2 * i + 1)) }
    }
  }

  /// The forms of the residuals at τ², from sums around `mean`.
  func forms(at tau2: Double, around mean: Double) -> ResidualForms {
    var (w1, w2, w3) = (Pair.zero, Pair.zero, Pair.zero)
    var (w1r, w2r, w3r) = (Pair.zero, Pair.zero, Pair.zero)
    var (w1rr, w2rr, w3rr) = (Pair.zero, Pair.zero, Pair.zero)
    for i in deviations.indices {
      let w = 1 / (variances[i] + tau2)
      let r = deviations[i] - mean
      let ww = w * w
      let www = ww * w
      let wr = w * r
      let wwr = ww * r
      let wwwr = www * r
      w1 += w
      w2 += ww
      w3 += www
      w1r += wr
      w2r += wwr
      w3r += wwwr
      w1rr += wr * r
      w2rr += wwr * r
      w3rr += wwwr * r
    }
    return ResidualForms(
      first: (1 / (firstVariance + tau2), firstDeviation - mean),
      w: (w1.sum(), w2.sum(), w3.sum()), wr: (w1r.sum(), w2r.sum(), w3r.sum()),
      wrr: (w1rr.sum(), w2rr.sum(), w3rr.sum()), around: mean)
  }

  /// Σw³/Σw − (Σw²/Σw)², the variance of the weights with themselves as weights.
  func weightVariance(at tau2: Double) -> Double {
    let first = 1 / (firstVariance + tau2)
    let weights = variances.map { 1 / ($0 + tau2) }
    let w1 = weights.reduce(Pair.zero) { $0 + $1 }.sum()
    let w2 = weights.reduce(Pair.zero) { $0 + $1 * $1 }.sum()
    let w3 = weights.reduce(Pair.zero) { $0 + $1 * $1 * $1 }.sum()
    let fromFirst = weights.reduce(Pair.zero) { $0 + $1 * (first - $1) * (first - $1) }.sum()
    let total = first + w1
    return (first * fromFirst / total + (w1 * w3 - w2 * w2) / total) / total
  }

  /// tr P, Σ w and yᵀPPy at one τ².
  struct Score {
    let trace: Double
    let weight: Double
    let q2: Double
  }

  /// The scores at two values of τ² at once.
  func scores(at tau2: (Double, Double)) -> (Score, Score) {
    var (first, second) = (ScoreSums(), ScoreSums())
    for i in deviations.indices.dropLast() {
      let (a, b) = (variances[i] + tau2.0, variances[i] + tau2.1)
      // 1/a and 1/b as b/ab and a/ab: of all steps division takes longest.
      let inverse = 1 / (a * b)
      first.add(b * inverse, deviations[i])
      second.add(a * inverse, deviations[i])
    }
    // In which a variance may be infinite.
    if let variances = variances.last, let deviations = deviations.last {
      first.add(1 / (variances + tau2.0), deviations)
      second.add(1 / (variances + tau2.1), deviations)
    }
    return (score(at: tau2.0, others: first), score(at: tau2.1, others: second))
  }

  private func score(at tau2: Double, others: ScoreSums) -> Score {
    let (w1, w2) = (others.w.sum(), others.ww.sum())
    let (w1r, w2r, w2rr) = (others.wr.sum(), others.wwr.sum(), others.wwrr.sum())
    let w = 1 / (firstVariance + tau2)
    let total = w + w1
    let moved = (w * firstDeviation + w1r) / total
    let first = w * (firstDeviation - moved)
    return Score(
      trace: (2 * w * w1 + (w1 * w1 - w2)) / total, weight: total,
      q2: first * first + (w2rr - 2 * moved * w2r + moved * moved * w2))
  }

  private struct ScoreSums {
    var (w, ww) = (Pair.zero, Pair.zero)
    var (wr, wwr, wwrr) = (Pair.zero, Pair.zero, Pair.zero)

    mutating func add(_ weights: Pair, _ deviations: Pair) {
      let squares = weights * weights
      let moments = squares * deviations
      w += weights
      ww += squares
      wr += weights * deviations
      wwr += moments
      wwrr += moments * deviations
    }
  }

  /// Σ log((v + τ²)/(v + τ₀²)).
  func logRatios(_ tau2: Double, over reference: Double) -> Double {
    let change = tau2 - reference
    var sum = log1p(change / (firstVariance + reference))
    for variance in variances {
      sum += log1p(change / (variance[0] + reference)) + log1p(change / (variance[1] + reference))
    }
    return sum
  }
}

extension ResidualForms {
  /// The forms from the first study's weight and deviation and the others' sums of w, w², w³ by
  /// powers of deviations around `mean`.
  fileprivate init(
    first: (w: Double, r: Double), w: (Double, Double, Double), wr: (Double, Double, Double),
    wrr: (Double, Double, Double), around mean: Double
  ) {
    let f = first.w
    let total = f + w.0
    let moved = (f * first.r + wr.0) / total
    let r = first.r - moved
    let fr = f * r
    // Σ w² (y − μ) of all studies.
    let w2r = f * fr + (wr.1 - moved * w.1)
    q = fr * r + (wrr.0 - 2 * moved * wr.0 + moved * moved * w.0)
    q2 = fr * fr + (wrr.1 - 2 * moved * wr.1 + moved * moved * w.1)
    let w3rr = f * fr * fr + (wrr.2 - 2 * moved * wr.2 + moved * moved * w.2)
    q3 = w3rr - w2r * w2r / total
    trace = (2 * f * w.0 + (w.0 * w.0 - w.1)) / total
    let share = f / total
    let rest = f * w.0 / total
    trace2 =
      rest * rest + (w.1 - 2 * w.2 / total) + 2 * share * share * w.1
      + (w.1 / total) * (w.1 / total)
    weight = total
    weight2 = f * f + w.1
    self.mean = mean + moved
  }
}
