import DoseResponse

/// Divides wells into the groups that a curve, or one of its lots, is fitted to.
///
/// A vehicle well goes with the samples whose compound (curve, lot, plate) it has; one that has
/// none of theirs goes with all samples of its plate.
struct WellGrouping {
  let keys: [DoseResponseAnalysis.WellKey]

  struct Group {
    let name: String
    /// The places of its wells among those that were divided, in their order.
    let places: [Int]
    let wells: [AssayWell]
  }

  /// The places among `wells` of samples that lack one of the keys.
  func incomplete(_ wells: [AssayWell]) -> [Int] {
    wells.indices.filter { wells[$0].role == .sample && levels(wells[$0]) == nil }
  }

  /// In the order of the samples; the wells of each in the order of `wells`.
  func groups(_ wells: [AssayWell]) -> [Group] {
    var names: [[String]] = []
    var members: [[String]: [Int]] = [:]
    var plates: [String: Set<[String]>] = [:]
    for (index, well) in wells.enumerated() where well.isTested {
      guard let levels = levels(well) else { continue }
      if members[levels] == nil { names.append(levels) }
      members[levels, default: []].append(index)
      plates[well.plate, default: []].insert(levels)
    }
    let known = keys.indices.map { key in Set(names.map { $0[key] }) }
    for (index, well) in wells.enumerated() where well.role == .vehicle {
      let owners: [[String]]
      if !keys.isEmpty, let own = levels(well), members[own] != nil {
        owners = [own]
      } else {
        owners = (plates[well.plate] ?? []).filter { levels in
          keys.indices.allSatisfy { key in
            guard let own = well.level(keys[key]), known[key].contains(own) else { return true }
            return own == levels[key]
          }
        }
      }
      for levels in owners { members[levels, default: []].append(index) }
    }
    return names.map { levels in
      let places = (members[levels] ?? []).sorted()
      return Group(
        name: levels.joined(separator: " / "), places: places, wells: places.map { wells[$0] })
    }
  }

  private func levels(_ well: AssayWell) -> [String]? {
    let levels = keys.compactMap { well.level($0) }
    return levels.count == keys.count ? levels : nil
  }
}

extension AssayWell {
  /// Whether a curve is fitted to it as a dose of something.
  var isTested: Bool {
    role == .sample || (role == .positive && dose != nil && compound != nil)
  }

  fileprivate func level(_ key: DoseResponseAnalysis.WellKey) -> String? {
    switch key {
    case .compound: compound
    case .curve: curve
    case .lot: lot
    case .plate: plate
    }
  }
}

extension Assay {
  /// What tells curves apart where an analysis does not say.
  var curveKeys: [DoseResponseAnalysis.WellKey] {
    if wells.contains(where: { $0.compound != nil }) { return [.compound] }
    return wells.contains { $0.curve != nil } ? [.curve] : []
  }
}
