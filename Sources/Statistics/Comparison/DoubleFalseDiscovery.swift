public import Inference

/// What an adjustment within and between body systems says of one term.
public struct SystemAdjustment: Hashable, Sendable {
  /// At most α exactly where the term is flagged.
  public let pValue: Double

  /// The adjusted p-value of the term's system.
  public let systemPValue: Double

  /// Whether the term is a discovery at α = 1 − level.
  public let isFlagged: Bool

  fileprivate init(pValue: Double, systemPValue: Double, level: ConfidenceLevel) {
    self.pValue = pValue
    self.systemPValue = systemPValue
    isFlagged = pValue <= level.alpha
  }
}

extension Multiplicity {
  /// The adjusted p-values of terms of several systems, in the order given.
  ///
  /// `systems` gives the number of each term's system. A term whose p-value is not estimable, `nil`,
  /// is left out of its family.
  public func adjusted(
    _ pValues: [Double?], systems: [Int], level: ConfidenceLevel = .percent95
  ) -> [SystemAdjustment?] {
    precondition(
      pValues.count == systems.count, "\(pValues.count) terms in \(systems.count) systems")
    let estimable = pValues.indices.filter { pValues[$0] != nil }
    let family = Family(
      pValues: pValues.compactMap { $0 }, systems: estimable.map { systems[$0] })
    let adjusted =
      switch self {
      case .doubleFDR: family.doubleFDR(level)
      case .newDoubleFDR: family.newDoubleFDR(level)
      default: preconditionFailure("\(rawValue) knows no systems")
      }
    var result = [SystemAdjustment?](repeating: nil, count: pValues.count)
    for (index, adjustment) in zip(estimable, adjusted) { result[index] = adjustment }
    return result
  }
}

/// The p-values of terms, with the system of each.
private struct Family {
  let pValues: [Double]
  let systems: [Int]

  /// The larger of the term's p-value, adjusted within its system, and twice that of the system,
  /// adjusted over all.
  ///
  /// That of a system is its smallest. Twice, since systems are held to α/2 and terms to α: Mehrotra
  /// & Heyse (2004), Stat. Methods Med. Res. 13:227.
  func doubleFDR(_ level: ConfidenceLevel) -> [SystemAdjustment] {
    let within = adjustedWithinSystems
    let system = adjustedOverSystems(pValues)
    return zip(within, systems).map { within, name in
      let between = system[name] ?? 1
      return SystemAdjustment(
        pValue: max(within, min(1, 2 * between)), systemPValue: between, level: level)
    }
  }

  /// The p-value adjusted over all terms of the systems that are at most α; 1 in the others.
  ///
  /// That of a system is its smallest adjusted within it, adjusted over all systems. Mehrotra &
  /// Adewale (2012), Stat. Med. 31:1918.
  func newDoubleFDR(_ level: ConfidenceLevel) -> [SystemAdjustment] {
    let system = adjustedOverSystems(adjustedWithinSystems)
    let kept = systems.indices.filter { system[systems[$0]] ?? 1 <= level.alpha }
    var adjusted = [Double](repeating: 1, count: pValues.count)
    for (index, p) in zip(kept, stepUp(kept.map { pValues[$0] })) { adjusted[index] = p }
    return zip(adjusted, systems).map {
      SystemAdjustment(pValue: $0, systemPValue: system[$1] ?? 1, level: level)
    }
  }

  /// By Benjamini and Hochberg in each system by itself.
  private var adjustedWithinSystems: [Double] {
    var adjusted = pValues
    for name in Set(systems) {
      let members = systems.indices.filter { systems[$0] == name }
      for (index, p) in zip(members, stepUp(members.map { pValues[$0] })) { adjusted[index] = p }
    }
    return adjusted
  }

  /// By Benjamini and Hochberg over the smallest of the `values` of each system.
  private func adjustedOverSystems(_ values: [Double]) -> [Int: Double] {
    let smallest = Dictionary(zip(systems, values), uniquingKeysWith: min)
    let names = smallest.keys.sorted()
    let adjusted = stepUp(names.map { smallest[$0] ?? 1 })
    return Dictionary(uniqueKeysWithValues: zip(names, adjusted))
  }
}
