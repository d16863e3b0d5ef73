import LinearAlgebra

// Where the likelihood has no maximum, which the counts alone tell.
extension MixedModel {
  /// +1 or −1 where the only coefficient is ∞ or −∞: no study lies in between, and all agree.
  var unboundedDirection: Double? {
    guard model.design.columns == 1 else { return nil }
    let directions = informative.indices.map { index in
      (informative[index].direction, model.design[index, 0])
    }
    let moved = directions.filter { $0.1 != 0 }
    let signs = Set(moved.map { $0.1 > 0 ? $0.0 : -$0.0 })
    return signs.count == 1 && signs != [0] ? signs.first.map(Double.init) : nil
  }

  /// Whether each study by itself would put its effect at ∞ or −∞.
  ///
  /// Then the likelihood with random effects tends to a bound as τ grows, instead of to 0.
  var isAtEndsOnly: Bool { informative.allSatisfy { $0.direction != 0 } }

  /// What the logarithm of the likelihood tends to in the direction of the studies.
  var supremum: Double { informative.reduce(0) { $0 + $1.supremum } }
}
