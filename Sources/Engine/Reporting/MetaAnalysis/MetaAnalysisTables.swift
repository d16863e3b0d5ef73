import Results

/// The tables of a meta-analysis: its studies, what is pooled of them, and what explains it.
struct MetaAnalysisTables {
  private let results: MetaAnalysisResults

  init(_ results: MetaAnalysisResults) {
    self.results = results
  }

  var tables: [Table] {
    [studies, pooled(hasTests: true), subgroupDifferences].compactMap { $0 }
      + HeterogeneityTables(results).tables + RegressionTables(results).tables
      + DiagnosticTables(results).tables + RefitTables(results).tables
  }

  /// What is pooled, without what is derived from it: for the terminal.
  var shortTables: [Table] { [pooled(hasTests: false)].compactMap { $0 } }

  // MARK: Studies

  private var studies: Table? {
    guard !results.studies.isEmpty else { return nil }
    var writer = MetaAnalysisWriter(results)
    let rows = results.sections.flatMap { section -> [Table.Row] in
      let heading = section.subgroup.map {
        [Table.Row(style: .heading, label: $0.label, cells: [])]
      }
      return (heading ?? [])
        + section.studies.map { study in
          Table.Row(
            style: heading == nil ? .plain : .indented, label: study.label,
            cells: cells(of: study.results, &writer))
        }
    }
    let counts = results.countColumns
    let hasAddition = rows.contains {
      !$0.cells.isEmpty && !$0.cells[counts.count + 1].text.isEmpty
    }
    let weights = results.weightedModels.map { ["Weight %", results.titles.title($0)] }
    return writer.table(
      "studies", corner: "Study",
      columns: counts.map(\.title) + [[results.effectHeader], ["Added", "to cells"]] + weights,
      rows,
      notes: hasAddition ? [additionNote] : [],
      abbreviations: results.countAbbreviations + ["CI: confidence interval"]
        + results.titles.abbreviations(in: results.weightedModels))
  }

  private func cells(
    of study: ResultGroup, _ writer: inout MetaAnalysisWriter
  ) -> [Table.Cell] {
    let counts = results.countColumns.map { column in
      writer.count(
        results.statistic(column.events, at: study), of: results.statistic(column.total, at: study))
    }
    let effect = [writer.effect(results.interval("", at: study)), writer.addition(study)]
    let weights = results.weightedModels.map { model in
      writer.number(
        results.statistic("weight_percent", model, at: study), results.numbers.percent)
    }
    return counts + effect + weights
  }

  private var additionNote: String {
    let arms = results.countColumns.count > 1 ? ", or treatment / reference" : ""
    return "Added to cells: what each count was raised by for this effect\(arms); empty: nothing."
  }

  // MARK: Pooled

  /// The pooled effect by each variant, of all studies and of each subgroup.
  private func pooled(hasTests: Bool) -> Table? {
    guard let all = results.pooled, !results.variants.isEmpty else { return nil }
    var writer = MetaAnalysisWriter(results)
    let kinds = results.predictionKinds
    var rows: [Table.Row] = []
    for (label, group) in results.sets(all) {
      if let label { rows.append(Table.Row(style: .heading, label: label, cells: [])) }
      let predictions = results.predictions(at: group)
      rows += results.variants.map { variant in
        Table.Row(
          style: label == nil ? .plain : .indented, label: results.titles.title(variant),
          cells: cells(
            of: variant, at: group, hasTest: hasTests,
            predictions: kinds.map { kind in
              predictions[variant]?.first { $0.kind == kind }?.method
            }, &writer))
      }
    }
    let predictions = kinds.map { kind in
      [results.level + " prediction", kind.isEmpty ? "interval" : results.titles.title(kind)]
    }
    return writer.table(
      "pooled effects", corner: "Method",
      columns: [[results.effectHeader], ["Test"], ["p-value"]] + predictions
        + [["Studies"], [results.totalTitle]],
      rows,
      abbreviations: ["CI: confidence interval"]
        + results.titles.abbreviations(in: results.variants))
  }

  private func cells(
    of variant: String, at group: ResultGroup, hasTest: Bool, predictions methods: [String?],
    _ writer: inout MetaAnalysisWriter
  ) -> [Table.Cell] {
    let predictions = methods.map { method -> Table.Cell in
      guard let method else { return Table.Cell(text: "") }
      return writer.limits(
        results.statistic("prediction_lower", method, at: group),
        results.statistic("prediction_upper", method, at: group))
    }
    let total = ["subjects", "person_years"].lazy
      .compactMap { results.statistic($0, variant, at: group) }.first
    return [
      writer.effect(results.interval(variant, at: group)),
      hasTest ? writer.test(variant, at: group) : Table.Cell(text: ""),
      writer.pValue(results.statistic("p_value", variant, at: group)),
    ] + predictions + [
      writer.number(results.statistic("studies", variant, at: group), results.numbers.short),
      writer.count(results.statistic("events", variant, at: group), of: total),
    ]
  }

  private var subgroupDifferences: Table? {
    guard let all = results.pooled else { return nil }
    let methods = all.methods { $0.measure == "subgroup-difference" }
    guard !methods.isEmpty else { return nil }
    var writer = MetaAnalysisWriter(results)
    let rows = methods.map { method in
      Table.Row(
        style: .plain, label: results.titles.title(method),
        cells: testCells(
          all, "subgroup-difference", method, ["q", "df", "p_value"], &writer, results.numbers))
    }
    return writer.table(
      "differences between subgroups", corner: "Method",
      columns: [["Q"], ["df"], ["p-value"]], rows,
      abbreviations: ["Q: the test that all subgroups share one effect", "df: degrees of freedom"])
  }
}

/// The cells of a test: its statistic, degrees of freedom and p-value under the names given.
func testCells(
  _ group: ResultGroup, _ measure: String, _ method: String, _ names: [String],
  _ writer: inout MetaAnalysisWriter, _ numbers: NumberText
) -> [Table.Cell] {
  names.map { name in
    writer.number(group.statistic(StatisticKey(measure: measure, method: method, name: name))) {
      name.hasSuffix("p_value")
        ? numbers.pValue($0)
        : name.hasSuffix("df") ? numbers.degrees($0) : numbers.fixed($0, decimals: 2)
    }
  }
}

extension NumberText {
  /// Degrees of freedom: whole ones as such, others with one decimal.
  func degrees(_ value: Double) -> String {
    fixed(value, decimals: value == value.rounded() ? 0 : 1)
  }
}

extension MetaAnalysisResults {
  /// The counts of a study, with their headers.
  var countColumns: [(title: [String], events: String, total: String)] {
    guard let keys = studies.first?.results.statistics.map(\.key.name) else { return [] }
    let sides = [("Treatment", "treatment_"), ("Reference", "reference_"), ("", "")]
    return sides.compactMap { side, prefix in
      guard keys.contains(prefix + "events") else { return nil }
      let isRate = keys.contains(prefix + "person_years")
      let title = [side, isRate ? "n/PY" : "n/N"].filter { !$0.isEmpty }
      return (title, prefix + "events", prefix + (isRate ? "person_years" : "subjects"))
    }
  }

  var countAbbreviations: [String] {
    guard let column = countColumns.first else { return [] }
    return column.title.last == "n/PY"
      ? ["n: events", "PY: person-years"] : ["n: subjects with the event", "N: subjects at risk"]
  }

  var totalTitle: String {
    countColumns.first?.title.last == "n/PY" ? "Events/person-years" : "Events/subjects"
  }

  /// All studies and each subgroup; without a name where there are no subgroups.
  func sets(_ all: ResultGroup) -> [(label: String?, group: ResultGroup)] {
    subgroups.isEmpty
      ? [(nil, all)] : [("All studies", all)] + subgroups.map { ($0.label, $0.results) }
  }

  /// What tells the prediction intervals of a variant from each other.
  var predictionKinds: [String] {
    guard let pooled else { return [] }
    let predictions = predictions(at: pooled)
    var seen: Set<String> = []
    return variants.flatMap { (predictions[$0] ?? []).map(\.kind) }
      .filter { seen.insert($0).inserted }
  }
}
