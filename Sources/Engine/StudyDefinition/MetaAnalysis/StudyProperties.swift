import JSON

// The subgroups and moderators that studies must have.

extension StudySelection {
  /// Reads `subgroups` and `subgroupTau2`; every study must belong to a subgroup.
  func subgroups(_ reader: inout ObjectReader) -> PoolingAnalysis.Subgroups? {
    let wanted = reader.element("subgroups")
    let tau2 = reader.element("subgroupTau2")
    guard let wanted else {
      tau2?.report(expected: "this key with \"subgroups\" only")
      return nil
    }
    let key = wanted.choice(of: SubgroupKey.self, what: "the key of subgroups")
    let kind = tau2.flatMap { $0.choice(of: SubgroupTau2.self, what: "whose τ² it is") }
    guard key != nil else { return nil }
    for (study, element) in zip(studies, elements) where study.subgroup == nil {
      element.report(
        found: "no key \"subgroup\"", expected: "the key \"subgroup\", which \"subgroups\" needs")
    }
    return PoolingAnalysis.Subgroups(shareTau2: kind == .common)
  }

  /// Reads `moderators`; every study must have each, all of them numbers or all of them text.
  func moderators(_ reader: inout ObjectReader) -> [String] {
    guard let wanted = reader.element("moderators") else { return [] }
    let known = studies.reduce(into: Set<String>()) { $0.formUnion($1.moderators.keys) }.sorted()
    var seen: Set<String> = []
    let names = wanted.list(expected: "an array of names", atLeastOne: true) { element in
      let name = element.reference(to: "a moderator", among: known, isComplete: true)
      guard let name else { return nil as String? }
      guard seen.insert(name).inserted else {
        return element.fault(found: "\(quoted(name)) again", expected: "each moderator once")
      }
      return name
    }
    for name in names ?? [] {
      var isNumber: Bool?
      for (study, element) in zip(studies, elements) {
        guard let value = study.moderators[name] else {
          element.report(
            found: "no moderator \(quoted(name))", expected: "it, since \"moderators\" lists it")
          continue
        }
        let isThisANumber = if case .number = value { true } else { false }
        if isNumber ?? isThisANumber != isThisANumber {
          element.report(
            found: "\(quoted(name)) as \(isThisANumber ? "a number" : "a string")",
            expected: "all of its values numbers, or all strings")
        }
        isNumber = isNumber ?? isThisANumber
      }
    }
    return names ?? []
  }
}

/// What studies are divided by.
enum SubgroupKey: String, CaseIterable {
  case subgroup
}

/// Whether subgroups share a τ².
enum SubgroupTau2: String, CaseIterable {
  case own = "separate"
  case common
}
