import JSON
import Ordinal

extension TrendAnalysis {
  /// Reads the keys of a trend analysis.
  static func read(_ reader: inout ObjectReader) -> TrendAnalysis? {
    let outcome = reader.optional("outcome") { $0.text() } ?? ""
    let groups = reader.required("groups") { $0.trendGroups() }
    let methods = reader.required("methods") {
      $0.choices(of: TrendMethod.self, what: "a test for trend")
    }
    guard let groups, let methods, let table = TrendTable(groups.map(\.group)) else { return nil }
    return TrendAnalysis(
      outcome: outcome, labels: groups.map(\.label), table: table, methods: methods)
  }
}

extension OrdinalAnalysis {
  /// Reads the keys of an ordinal analysis.
  static func read(_ reader: inout ObjectReader) -> OrdinalAnalysis? {
    let outcome = reader.optional("outcome") { $0.text() } ?? ""
    let categories = reader.required("categories") { $0.categories() }
    let scores = reader.optional("scores") { element -> [Double]? in
      let scores = element.list { $0.finiteNumber() }
      element.checkCount(of: scores?.count, categories)
      return element.increasing(scores)
    }
    let groups = reader.required("groups") { $0.ordinalGroups(categories) }
    let labels = groups?.map(\.label) ?? []
    let reference = reader.optional("reference") {
      $0.reference(to: "the label of a group", among: labels, isComplete: groups != nil)
    }
    let methods = reader.required("methods") {
      $0.choices(of: OrdinalMethod.self, what: "a comparison of grades")
    }
    checkScores(reader, methods)
    guard let categories, let groups, let methods, let table = GradedTable(groups.map(\.counts))
    else { return nil }
    let groupScores = groups.compactMap(\.score)
    return OrdinalAnalysis(
      outcome: outcome, categories: categories,
      categoryScores: scores ?? categories.indices.map { Double($0) }, labels: labels,
      groupScores: groupScores.isEmpty ? groups.indices.map { Double($0) } : groupScores,
      reference: reference.flatMap { labels.firstIndex(of: $0) } ?? 0, table: table,
      methods: methods)
  }

  /// Scores would be read and ignored without a method that takes them.
  private static func checkScores(_ reader: ObjectReader, _ methods: [OrdinalMethod]?) {
    guard let methods, !methods.contains(.linearByLinear) else { return }
    let ofGroups = (reader["groups"]?.elementsIfAny ?? []).compactMap { $0.member("score") }
    for score in [reader["scores"]].compactMap({ $0 }) + ofGroups {
      score.report(expected: "scores with the method \"linear-by-linear\" only")
    }
  }
}

/// A group of a trend analysis with its name.
private struct NamedTrendGroup {
  let label: String
  let group: TrendTable.Group
}

/// A group of an ordinal analysis with its name.
private struct OrdinalGroup {
  let label: String
  let score: Double?
  let counts: [Int]
}

extension Element {
  /// The groups of a trend analysis; `nil` where one is faulty or their scores are all equal.
  fileprivate func trendGroups() -> [NamedTrendGroup]? {
    guard let groups = groups(label: \NamedTrendGroup.label, { $0.trendGroup() }) else {
      return nil
    }
    guard Set(groups.map(\.group.score)).count > 1 else {
      return fault(found: "groups of one score", expected: "scores that differ between groups")
    }
    return groups
  }

  private func trendGroup() -> NamedTrendGroup? {
    guard var reader = ObjectReader(self) else { return nil }
    let label = reader.required("label") { $0.text() }
    let score = reader.required("score") { $0.finiteNumber() }
    let subjects = reader.required("subjects") {
      $0.integer(in: 1...1_000_000_000_000, expected: "an integer from 1 to 1000000000000")
    }
    let events = reader.required("events") { element -> Int? in
      guard let events = element.count() else { return nil }
      guard events <= subjects ?? .max else {
        return element.fault(expected: "at most the \(subjects ?? 0) subjects")
      }
      return events
    }
    reader.finish()
    guard let label, let score, let subjects, let events else { return nil }
    return NamedTrendGroup(
      label: label, group: TrendTable.Group(score: score, events: events, subjects: subjects))
  }

  /// The groups of an ordinal analysis, whose scores are given for all, rising, or for none.
  fileprivate func ordinalGroups(_ categories: [String]?) -> [OrdinalGroup]? {
    guard let groups = groups(label: \OrdinalGroup.label, { $0.ordinalGroup(categories) }) else {
      return nil
    }
    let scores = groups.compactMap(\.score)
    guard scores.isEmpty || scores.count == groups.count else {
      return fault(found: "a score of some groups", expected: "a score of each group, or of none")
    }
    return increasing(scores).map { _ in groups }
  }

  private func ordinalGroup(_ categories: [String]?) -> OrdinalGroup? {
    guard var reader = ObjectReader(self) else { return nil }
    let label = reader.required("label") { $0.text() }
    let score = reader.optional("score") { $0.finiteNumber() }
    let counts = reader.required("counts") { element -> [Int]? in
      guard let counts = element.gradeCounts(categories) else { return nil }
      guard counts.contains(where: { $0 > 0 }) else {
        return element.fault(found: "no subjects", expected: "at least one subject")
      }
      return counts
    }
    reader.finish()
    guard let label, let counts, score != nil || !reader.has("score") else { return nil }
    return OrdinalGroup(label: label, score: score, counts: counts)
  }

  /// Two groups or more, each label once; `nil`, with its faults, where any is faulty.
  private func groups<Group>(
    label: (Group) -> String, _ read: (Element) -> Group?
  ) -> [Group]? {
    guard let elements = elements() else { return nil }
    guard elements.count >= 2 else { return fault(expected: "at least two groups") }
    var seen: Set<String> = []
    let groups = elements.compactMap { element -> Group? in
      guard let group = read(element) else { return nil }
      guard seen.insert(label(group)).inserted else {
        return element.fault(
          found: "the label \(quoted(label(group))) again", expected: "each label once")
      }
      return group
    }
    return groups.count == elements.count ? groups : nil
  }

  /// `scores`, with a fault unless each is above the one before it.
  fileprivate func increasing(_ scores: [Double]?) -> [Double]? {
    guard let scores else { return nil }
    guard zip(scores, scores.dropFirst()).allSatisfy(<) else {
      return fault(
        found: "scores that do not rise", expected: "scores that rise from each to the next")
    }
    return scores
  }

  /// The elements where this is an array, without a fault where it is not.
  fileprivate var elementsIfAny: [Element] { elementCount == nil ? [] : elements() ?? [] }
}

// What several kinds of analysis of grades share.
extension Element {
  /// The names of two categories or more, each once; `nil` where any is faulty.
  func categories() -> [String]? {
    guard let elements = elements() else { return nil }
    guard elements.count >= 2 else { return fault(expected: "at least two categories") }
    var seen: Set<String> = []
    let names = elements.compactMap { element -> String? in
      guard let name = element.text() else { return nil }
      guard seen.insert(name).inserted else {
        return element.fault(found: "\(quoted(name)) again", expected: "each category once")
      }
      return name
    }
    return names.count == elements.count ? names : nil
  }

  /// One number of subjects for each category; `nil` where any is faulty.
  func gradeCounts(_ categories: [String]?) -> [Int]? {
    let counts = list { $0.count() }
    checkCount(of: elementCount, categories)
    guard let counts, counts.count == elementCount, counts.count == categories?.count else {
      return nil
    }
    return counts
  }

  /// A fault unless there are as many elements as categories, where these are known.
  func checkCount(of count: Int?, _ categories: [String]?) {
    guard let count, let categories, count != categories.count else { return }
    report(
      found: "\(count) elements", expected: "one for each of the \(categories.count) categories")
  }
}
