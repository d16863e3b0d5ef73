import Glibc

/// The nodes xⱼ and the weights wⱼ exp(xⱼ²) of Gauss–Hermite quadrature.
///
/// ∫ f(x) dx ≈ Σ wⱼ exp(xⱼ²) f(xⱼ), exact for f = exp(−x²) times a polynomial of degree 2n − 1.
/// With the Hermite functions ψ, which solve ψ″ = (x² − 2n − 1) ψ, the xⱼ are the roots of ψₙ and
/// the weights 1/(n ψₙ₋₁(xⱼ)²): Abramowitz & Stegun (1964), 25.4.46.
public struct GaussHermite: Sendable {
  public let nodes: [Double]
  public let weights: [Double]

  /// The rule with `count` nodes, an odd number, one of which is 0.
  public init(count: Int) {
    precondition(count % 2 == 1 && count < 500, "no such rule: \(count) nodes")
    var positive: [Double] = []
    var root = 0.0
    for _ in 0..<count / 2 {
      // Half a wave of ψ further, or a little more: from there Newton's method finds the next root.
      root += Double.pi / (Double(2 * count + 1) - root * root).squareRoot()
      var step = Double.infinity
      while abs(step) > 1e-14 * root {
        let (value, previous) = Self.function(count, root)
        step = value / (Double(2 * count).squareRoot() * previous - root * value)
        root -= step
      }
      positive.append(root)
    }
    nodes = positive.reversed().map { -$0 } + [0] + positive
    weights = nodes.map { node in
      let previous = Self.function(count, node).previous
      return 1 / (Double(count) * previous * previous)
    }
  }

  /// ψₙ(x) and ψₙ₋₁(x).
  private static func function(_ n: Int, _ x: Double) -> (value: Double, previous: Double) {
    var (previous, value) = (0.0, exp(-x * x / 2) / Double.pi.squareRoot().squareRoot())
    for k in 1...n {
      let j = Double(k)
      (previous, value) = (
        value, (2 / j).squareRoot() * x * value - ((j - 1) / j).squareRoot() * previous
      )
    }
    return (value, previous)
  }
}
