import Glibc
import Optimization
import Testing

@Suite struct GaussHermiteTests {
  /// ∫ x^(2m) exp(−x²) dx = Γ(m + ½), exact for degrees up to 2n − 1.
  @Test(arguments: [1, 3, 7, 15, 41, 101])
  func momentsAreExact(count: Int) {
    let rule = GaussHermite(count: count)
    for m in 0..<min(count, 40) {
      let sum = zip(rule.nodes, rule.weights).reduce(0) { sum, point in
        sum + point.1 * exp(-point.0 * point.0) * pow(point.0, Double(2 * m))
      }
      #expect(abs(sum / tgamma(Double(m) + 0.5) - 1) < 2e-12, "n = \(count), m = \(m)")
    }
  }

  /// Abramowitz & Stegun (1964), table 25.10, n = 3 and 5.
  @Test func nodesAreTabulated() {
    let three = GaussHermite(count: 3)
    #expect(abs(three.nodes[2] - 1.224_744_871_391_589) < 1e-15)
    #expect(abs(three.weights[1] - 1.181_635_900_604) < 1e-12)
    let five = GaussHermite(count: 5)
    #expect(abs(five.nodes[4] - 2.020_182_870_456_086) < 2e-15)
    #expect(abs(five.weights[4] - 1.181_488_625_536) < 1e-12)
  }

  @Test(arguments: [7, 29, 401])
  func nodesAreSymmetricAndRise(count: Int) {
    let rule = GaussHermite(count: count)
    #expect(rule.nodes == rule.nodes.reversed().map { -$0 })
    #expect(zip(rule.nodes, rule.nodes.dropFirst()).allSatisfy { $0 < $1 })
    #expect(rule.weights.allSatisfy { $0 > 0 && $0.isFinite })
  }
}
