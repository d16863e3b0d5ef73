import Glibc
package import Incidence
package import Inference
import Optimization
import Probability

// Given both margins, the treatment group's events follow Fisher's noncentral hypergeometric
// distribution, with the odds ratio ψ as its only parameter.

extension TwoByTwoTable {
  /// The distribution of the treatment group's events, given both margins.
  func conditionalLaw(oddsRatio: Double) -> NoncentralHypergeometric {
    NoncentralHypergeometric(
      marked: treatment.total, unmarked: reference.total, drawn: events, oddsRatio: oddsRatio)
  }

  /// The numbers of events in the treatment group that are possible given both margins.
  var possibleEvents: ClosedRange<Int> {
    max(0, events - reference.total)...min(treatment.total, events)
  }

  /// The ψ with E(X | ψ) = x, the conditional maximum-likelihood estimate; 0 and ∞ at the ends.
  ///
  /// It lies between 1 and the ratio of the observed odds. Mantel & Hankey (1975),
  /// Am. J. Epidemiol. 101:85.
  ///
  /// - Throws: ``NotEstimable`` where the margins leave one table only.
  package func conditionalOddsRatio() throws(NotEstimable) -> Double {
    let (x, possible) = (treatment.events, possibleEvents)
    guard !hasOneOutcomeOnly else { throw events == 0 ? .noEvents : .noNonEvents }
    if x == possible.lowerBound { return 0 }
    if x == possible.upperBound { return .infinity }
    let observed =
      (Double(x) / Double(reference.events))
      * (Double(reference.nonEvents) / Double(treatment.nonEvents))
    func excess(_ psi: Double) -> Double { conditionalLaw(oddsRatio: psi).mean - Double(x) }
    let margin = 1 + 1e-9
    return root(of: excess, min(1, observed) / margin, max(1, observed) * margin)
  }

  /// P(X ≤ x) and P(X ≥ x) at an odds ratio; with `midP`, half of P(X = x) is taken from each.
  ///
  /// The first is the one-sided p-value against a smaller odds ratio, the second against a greater.
  package func conditionalTails(
    oddsRatio: Double, midP: Bool
  ) -> (lower: Double, upper: Double) {
    let law = conditionalLaw(oddsRatio: oddsRatio)
    let x = treatment.events
    let half = midP ? law.density(x) / 2 : 0
    return (law.lowerTail(x) - half, law.upperTail(x) - half)
  }

  /// The ψ with P(X ≥ x) = `tail`, and with P(X ≤ x) = `tail`; 0 and ∞ at the ends.
  ///
  /// With `midP`, P(X = x) counts half. Cornfield (1956), Proc. Third Berkeley Symp. 4:135.
  package func conditionalLimits(tail: Double, midP: Bool) -> Limits {
    Limits(
      lowerConditionalLimit(tail, midP),
      1 / withGroupsExchanged.lowerConditionalLimit(tail, midP))
  }

  /// The root of log(T/tail), T the upper tail, by Newton's method in log ψ.
  ///
  /// With E the mean and Eₜ that of the values in the tail, d log T / d log ψ = Eₜ − E. It falls
  /// with ψ, as the weights are log-concave, so that the steps go one way from the second on: the
  /// tangent reaches the level before the curve does.
  private func lowerConditionalLimit(_ tail: Double, _ midP: Bool) -> Double {
    let x = treatment.events
    guard x > possibleEvents.lowerBound else { return 0 }
    // The greatest T is 1, or ½ for mid-P at the end of the support.
    if midP, x == possibleEvents.upperBound, tail >= 0.5 { return .infinity }
    var psi = woolfLimit(tail)
    while true {
      let law = conditionalLaw(oddsRatio: psi)
      let half = midP ? law.density(x) / 2 : 0
      let whole = law.upperTail(x)
      let slope = (whole * law.mean(from: x) - half * Double(x)) / (whole - half) - law.mean
      let step = log(tail / (whole - half)) / slope
      psi *= exp(min(maximalStep, max(-maximalStep, step)))
      if abs(step) < convergedStep { return psi }
    }
  }

  /// log ψ̂ − z √(Σ 1/cell), each cell raised by one half.
  private func woolfLimit(_ tail: Double) -> Double {
    let cells = [treatment.events, reference.nonEvents, reference.events, treatment.nonEvents]
      .map { Double($0) + 0.5 }
    let error = cells.reduce(0) { $0 + 1 / $1 }.squareRoot()
    let z = Normal.standard.quantile(upperTail: tail)
    return (cells[0] / cells[2]) * (cells[1] / cells[3]) * exp(-min(z, 9) * error)
  }
}

/// The longest step in log ψ, so that no odds ratio on the way is 0 or ∞.
private let maximalStep = 20.0

/// A relative Newton step after which the error, of the order of its square, is below rounding.
private let convergedStep = 1e-10
