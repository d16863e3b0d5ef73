import Results

/// The results of a meta-analysis, arranged by what was pooled and by method.
struct MetaAnalysisResults {
  /// What stands at one place under a level of its group: a study, a subgroup, a study left out.
  struct Part {
    let label: String
    let results: ResultGroup
  }

  /// Studies under the name of their subgroup; all of them where there are none.
  struct Section {
    let subgroup: Part?
    let studies: [Part]
  }

  let analysis: AnalysisResult
  let numbers: NumberText
  let measure: PooledMeasure
  let titles: PoolingTitles
  let studies: [Part]
  let pooled: ResultGroup?
  let subgroups: [Part]
  /// Without the study named.
  let omitted: [Part]
  /// With the study named and those before it.
  let added: [Part]
  /// The coefficients of a meta-regression.
  let coefficients: [Part]
  /// Each way to an estimate, in the order listed.
  let variants: [String]
  /// The models in which studies have weights.
  let weightedModels: [String]
  private let subgroupOfStudy: [String: String]

  /// `nil` where the results are not those of a meta-analysis.
  init?(_ analysis: AnalysisResult, numbers: NumberText) {
    guard analysis.kind == "meta-analysis",
      let measure = analysis.groups.lazy.flatMap(\.statistics)
        .compactMap({ PooledMeasure($0.key.measure) }).first
    else { return nil }
    self.analysis = analysis
    self.numbers = numbers
    self.measure = measure
    titles = PoolingTitles(analysis.methods)
    var parts: [String: [Part]] = [:]
    var pooled: ResultGroup?
    for group in analysis.groups {
      if group.place.variable == "parameter" {
        parts["parameter", default: []].append(Part(label: group.place.level, results: group))
      } else if let level = group.place.groups.lazy.compactMap({ $0 }).first {
        let label = analysis.labels[level] ?? level.level
        parts[level.name, default: []].append(Part(label: label, results: group))
      } else if pooled == nil {
        pooled = group
      }
    }
    self.pooled = pooled
    studies = parts["study"] ?? []
    subgroups = parts["subgroup"] ?? []
    omitted = parts["omitted"] ?? []
    added = parts["added"] ?? []
    coefficients = parts["parameter"] ?? []
    variants =
      (pooled ?? subgroups.first?.results)?.methods { key in
        key.measure == measure.name && key.name == "estimate"
      } ?? []
    weightedModels = studies.first?.results.methods { $0.name == "weight_percent" } ?? []
    subgroupOfStudy = analysis.subgroupOfStudy
  }

  /// The studies by subgroup, where studies and subgroups are known, and else together.
  var sections: [Section] {
    guard !subgroups.isEmpty, !subgroupOfStudy.isEmpty else {
      return [Section(subgroup: nil, studies: studies)]
    }
    let members = Dictionary(grouping: studies) { study in
      study.results.place.level(of: "study").flatMap { subgroupOfStudy[$0] } ?? ""
    }
    let sections = subgroups.map { part in
      Section(
        subgroup: part, studies: members[part.results.place.level(of: "subgroup") ?? ""] ?? [])
    }
    let others = members[""] ?? []
    return sections + (others.isEmpty ? [] : [Section(subgroup: nil, studies: others)])
  }

  /// The first variant with a common effect, and the first with random effects.
  var leadingVariants: [String] {
    let common = variants.first { !$0.isOfRandomEffects }
    let random = variants.first { $0.isOfRandomEffects }
    return variants.filter { $0 == common || $0 == random }
  }

  /// An estimate with its limits; the variant is empty for the effect of a study.
  func interval(_ variant: String, at group: ResultGroup) -> ContrastInterval? {
    let found = ["estimate", "lower", "upper"].map { statistic($0, variant, at: group) }
    guard found[0] != nil else { return nil }
    return ContrastInterval(estimate: found[0], lower: found[1], upper: found[2])
  }

  func statistic(_ name: String, _ method: String = "", at group: ResultGroup) -> Statistic? {
    group.statistic(StatisticKey(measure: measure.name, method: method, name: name))
  }

  /// The prediction intervals by the variant they belong to, each with what tells it from others.
  func predictions(at group: ResultGroup) -> [String: [(kind: String, method: String)]] {
    let owners = Set(variants)
    var predictions: [String: [(kind: String, method: String)]] = [:]
    for method in group.methods(where: { $0.name == "prediction_lower" }) {
      var owner = Substring(method)
      while !owners.contains(String(owner)), let slash = owner.lastIndex(of: "/") {
        owner = owner[..<slash]
      }
      let kind = String(method.dropFirst(owner.count + 1))
      predictions[String(owner), default: []].append((kind, method))
    }
    return predictions
  }

  /// The unit of the estimates, where they have one.
  var unit: String {
    let first = (pooled ?? studies.first?.results)?.statistics.first {
      $0.key.measure == measure.name && $0.key.name == "estimate"
    }
    return first?.unit ?? ""
  }

  /// `Odds Ratio [95% CI]`.
  var effectHeader: String { "\(measure.header(unit: unit)) [\(level) CI]" }

  var level: String { numbers.level(analysis.level) }

  /// `2.27 [0.70, 7.35]`.
  func text(_ interval: ContrastInterval) -> String {
    var writer = MetaAnalysisWriter(self)
    return writer.effect(interval).text
  }
}

extension String {
  /// Whether a method takes the effects of studies to differ.
  fileprivate var isOfRandomEffects: Bool { split(separator: "/").contains("random") }
}

extension ResultGroup {
  /// The methods of statistics with certain keys, in their order.
  func methods(where isWanted: (StatisticKey) -> Bool) -> [String] {
    var seen: Set<String> = []
    return statistics.lazy.map(\.key).filter(isWanted).map(\.method)
      .filter { seen.insert($0).inserted }
  }
}

extension AnalysisResult {
  /// The subgroup of each study, from the series `studies`.
  fileprivate var subgroupOfStudy: [String: String] {
    guard let columns = series.first(where: { $0.name == "studies" })?.columns,
      case .texts(let studies) = columns.first(where: { $0.name == "study" })?.values,
      case .texts(let subgroups) = columns.first(where: { $0.name == "subgroup" })?.values
    else { return [:] }
    return Dictionary(zip(studies, subgroups)) { first, _ in first }
  }
}
