import Glibc

// Limits at equal distances from the estimate on another scale.

extension BinomialCount {
  /// The p with log p/(1 − p) = log x/(n − x) ± z √(1/x + 1/(n − x)); none at 0 and n events.
  func logit(_ z: Double) -> Limits? {
    guard events > 0, nonEvents > 0 else { return nil }
    let (x, rest) = (Double(events), Double(nonEvents))
    let factor = exp(z * (Double(total) / (x * rest)).squareRoot())
    return Limits(x / (x + rest * factor), x * factor / (x * factor + rest))
  }

  /// sin²(φ ± z / 2√n) with sin² φ = (x + ⅜) / (n + ¾), the angle cut to [0, π/2].
  func arcsine(_ z: Double) -> Limits {
    let angle = atan2(
      (Double(events) + 0.375).squareRoot(), (Double(nonEvents) + 0.375).squareRoot())
    let half = z / (2 * Double(total).squareRoot())
    func proportion(_ angle: Double) -> Double {
      let sine = sin(min(.pi / 2, max(0, angle)))
      return sine * sine
    }
    return Limits(proportion(angle - half), proportion(angle + half))
  }
}
