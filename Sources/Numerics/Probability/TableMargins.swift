/// The fixed margins of a two-by-two table, and the ratios of neighbouring tables.
///
/// The weight of a table with `u` marked members among those drawn is w(u) = C(n₁, u) C(n₂, m − u) ψᵘ,
/// where n₁ of the population are marked, n₂ are not, m are drawn and ψ is the odds ratio.
struct TableMargins: Hashable, Sendable {
  let marked: Int
  let unmarked: Int
  let drawn: Int

  init(marked: Int, unmarked: Int, drawn: Int) {
    precondition(
      marked >= 0 && unmarked >= 0 && (0...marked + unmarked).contains(drawn),
      "no table: \(marked) marked, \(unmarked) unmarked, \(drawn) drawn")
    self.marked = marked
    self.unmarked = unmarked
    self.drawn = drawn
  }

  var support: ClosedRange<Int> { max(0, drawn - unmarked)...min(marked, drawn) }

  /// The u of greatest weight at odds ratio `psi`, the larger of two equal ones.
  ///
  /// w(u) ≥ w(u − 1) while u (n₂ − m + u) ≤ ψ (n₁ + 1 − u)(m + 1 − u); the root of the quadratic
  /// is written without a difference of large numbers.
  func mode(_ psi: Double) -> Int {
    let down = 1 / (1 + psi)
    let up = psi > 1 ? 1 - down : psi * down
    let r = Double(marked + 1)
    let c = Double(drawn + 1)
    let d = Double(unmarked - drawn)
    let n = r + c + d
    let b = up * (r + c) + down * d
    let root =
      (up * up * (r - c) * (r - c) + down * down * d * d
      + 2 * up * down * (r * (n - r) + c * (n - c))).squareRoot()
    let u = b > 0 ? 2 * up * r * c / (b + root) : (root - b) / (2 * (down - up))
    return min(max(Int(u), support.lowerBound), support.upperBound)
  }

  /// P(X ≤ `k`) where P(X = u) is `density`: a sum on the side of `k` that is away from the mode.
  func lowerTail(
    _ k: Int, _ psi: Double, mode: Int, density: (Int) -> Double
  ) -> Double {
    if k < support.lowerBound { return 0 }
    if k >= support.upperBound { return 1 }
    return k <= mode ? sumDown(k, psi, density) : 1 - sumUp(k + 1, psi, density)
  }

  /// P(X ≥ `k`), likewise.
  func upperTail(
    _ k: Int, _ psi: Double, mode: Int, density: (Int) -> Double
  ) -> Double {
    if k <= support.lowerBound { return 1 }
    if k > support.upperBound { return 0 }
    return k > mode ? sumUp(k, psi, density) : 1 - sumDown(k - 1, psi, density)
  }

  private func sumDown(_ k: Int, _ psi: Double, _ density: (Int) -> Double) -> Double {
    let first = density(k)
    return first == 0 ? 0 : first * sumDown(from: k, psi)
  }

  private func sumUp(_ k: Int, _ psi: Double, _ density: (Int) -> Double) -> Double {
    let first = density(k)
    return first == 0 ? 0 : first * sumUp(from: k, psi)
  }

  /// Σ w(v) / w(`u`) over v ≤ `u`.
  func sumDown(from u: Int, _ psi: Double) -> Double {
    var sum = 1.0
    visitDown(from: u, psi) { _, ratio in sum += ratio }
    return sum
  }

  /// Σ w(v) / w(`u`) over v ≥ `u`.
  func sumUp(from u: Int, _ psi: Double) -> Double {
    var sum = 1.0
    visitUp(from: u, psi) { _, ratio in sum += ratio }
    return sum
  }

  /// Visits w(v) / w(`u`) for v = `u` − 1, `u` − 2, … until it no longer matters.
  func visitDown(from u: Int, _ psi: Double, _ visit: (_ v: Int, _ ratio: Double) -> Void) {
    let spare = Double(unmarked - drawn)
    var ratio = 1.0
    var v = u
    while v > support.lowerBound, ratio > Self.negligible {
      let x = Double(v)
      ratio *= x * (spare + x) / (Double(marked - v + 1) * Double(drawn - v + 1) * psi)
      v -= 1
      visit(v, ratio)
    }
  }

  /// Visits w(v) / w(`u`) for v = `u` + 1, `u` + 2, … until it no longer matters.
  func visitUp(from u: Int, _ psi: Double, _ visit: (_ v: Int, _ ratio: Double) -> Void) {
    let spare = Double(unmarked - drawn)
    var ratio = 1.0
    var v = u
    while v < support.upperBound, ratio > Self.negligible {
      ratio *= Double(marked - v) * Double(drawn - v) * psi
      v += 1
      let x = Double(v)
      ratio /= x * (spare + x)
      visit(v, ratio)
    }
  }

  /// A term this far below the first adds nothing, nor do the thousands that may follow it.
  private static let negligible = 1e-22
}
