import Comparison
import Glibc
import Incidence

/// The treatment group's events given both margins, with log odds ratio θ.
///
/// ℓ(θ) = xθ − K(θ) + log c(x), K(θ) = log Σ c(u) e^{uθ}, c(u) = C(n₁, u) C(n₂, m − u): Fisher's
/// noncentral hypergeometric distribution. The sum runs outwards from its largest term until the
/// terms no longer matter.
struct HypergeometricKernel: CountKernel {
  /// The observed x, counted from the smallest one possible.
  private let observed: Int
  /// The θ at which x is about the most probable value; ratios and weights are those there.
  private let centre: Double
  /// c(u + 1)/c(u).
  private let ratios: [Double]
  /// log(c(u)/c(x)).
  private let logWeights: [Double]

  init(_ table: TwoByTwoTable) {
    let possible = table.possibleTreatmentEvents
    let (marked, drawn) = (table.treatment.total, table.events)
    let observed = table.treatment.events - possible.lowerBound
    let raw = possible.dropLast().map { u in
      Double(marked - u) * Double(drawn - u)
        / (Double(u + 1) * Double(table.reference.total - drawn + u + 1))
    }
    let neighbours = raw[max(0, observed - 1)..<min(raw.count, observed + 1)]
    let centre = -neighbours.reduce(0) { $0 + log($1) } / Double(max(1, neighbours.count))
    let ratios = raw.map { $0 * exp(centre) }
    var logWeights = [Double](repeating: 0, count: raw.count + 1)
    for u in observed..<raw.count { logWeights[u + 1] = logWeights[u] + log(ratios[u]) }
    for u in stride(from: observed - 1, through: 0, by: -1) {
      logWeights[u] = logWeights[u + 1] - log(ratios[u])
    }
    self.observed = observed
    self.centre = centre
    self.ratios = ratios
    self.logWeights = logWeights
  }

  func curve(_ theta: Double) -> Curve {
    let delta = theta - centre
    let growth = exp(min(700, max(-700, delta)))
    let mode = mode(growth)
    // Moments about the mode.
    var (sum, first, second) = (1.0, 0.0, 0.0)
    var weight = 1.0
    var distance = 0.0
    var place = mode
    while place < ratios.count, weight > Self.negligible {
      weight *= ratios[place] * growth
      place += 1
      distance += 1
      sum += weight
      first += weight * distance
      second += weight * distance * distance
    }
    (weight, distance, place) = (1, 0, mode)
    while place > 0, weight > Self.negligible {
      place -= 1
      weight /= ratios[place] * growth
      distance -= 1
      sum += weight
      first += weight * distance
      second += weight * distance * distance
    }
    let mean = first / sum
    let shift = Double(observed - mode)
    return Curve(
      value: shift * delta - logWeights[mode] - log(sum), slope: shift - mean,
      curvature: mean * mean - second / sum)
  }

  /// The u with the largest c(u) e^{uθ}: the ratios fall.
  private func mode(_ growth: Double) -> Int {
    var (lower, upper) = (0, ratios.count)
    while lower < upper {
      let middle = (lower + upper) / 2
      if ratios[middle] * growth > 1 { lower = middle + 1 } else { upper = middle }
    }
    return lower
  }

  private static let negligible = 1e-19
}

extension TwoByTwoTable {
  /// The numbers of events in the treatment group that are possible given both margins.
  var possibleTreatmentEvents: ClosedRange<Int> {
    max(0, events - reference.total)...min(treatment.total, events)
  }
}
