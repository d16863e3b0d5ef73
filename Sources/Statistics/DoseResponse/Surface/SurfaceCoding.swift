/// Factors coded to −1 at their smallest and 1 at their largest tested value: z = (x − c)/h.
struct SurfaceCoding: Sendable {
  let ranges: [ClosedRange<Double>]

  private func centre(_ i: Int) -> Double { ranges[i].lowerBound / 2 + ranges[i].upperBound / 2 }

  /// h, half the tested range.
  func half(_ i: Int) -> Double { ranges[i].upperBound / 2 - ranges[i].lowerBound / 2 }

  func coded(_ factors: [Double]) -> [Double] {
    factors.indices.map { (factors[$0] - centre($0)) / half($0) }
  }

  /// The value of factor `i` at `z`, an end of the range exactly at −1 and 1.
  func natural(_ i: Int, _ z: Double) -> Double {
    if z == -1 { return ranges[i].lowerBound }
    return z == 1 ? ranges[i].upperBound : centre(i) + half(i) * z
  }

  /// How the coefficient of `term` in x is made of those in z: for each of `terms` its weight.
  ///
  /// zᵢzⱼ = (xᵢxⱼ − cⱼxᵢ − cᵢxⱼ + cᵢcⱼ)/(hᵢhⱼ).
  func weights(of term: SurfaceTerm, among terms: [SurfaceTerm]) -> [Double] {
    terms.map { coded in
      switch (term, coded) {
      case (.product, _), (.block, _): term == coded ? 1 / scale(coded) : 0
      case (.linear(let k), .linear): term == coded ? 1 / half(k) : 0
      case (.linear(let k), .product(let i, let j)):
        ((i == k ? -centre(j) : 0) + (j == k ? -centre(i) : 0)) / scale(coded)
      case (.intercept, .intercept): 1
      case (.intercept, .linear(let i)): -centre(i) / half(i)
      case (.intercept, .product(let i, let j)): centre(i) * centre(j) / scale(coded)
      case (.linear, _), (.intercept, .block): 0
      }
    }
  }

  private func scale(_ term: SurfaceTerm) -> Double {
    if case .product(let i, let j) = term { half(i) * half(j) } else { 1 }
  }
}
