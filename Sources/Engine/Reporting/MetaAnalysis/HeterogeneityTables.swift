import Results

/// How much studies differ: Q, I², H² and τ² by model, with the intervals of τ² below theirs.
struct HeterogeneityTables {
  private let results: MetaAnalysisResults
  private var writer: MetaAnalysisWriter

  init(_ results: MetaAnalysisResults) {
    self.results = results
    writer = MetaAnalysisWriter(results)
  }

  var tables: [Table] {
    guard let all = results.pooled, !methods(at: all).isEmpty else { return [] }
    var copy = self
    return [copy.table(all)]
  }

  private mutating func table(_ all: ResultGroup) -> Table {
    var rows: [Table.Row] = []
    for (label, group) in results.sets(all) {
      if let label { rows.append(Table.Row(style: .heading, label: label, cells: [])) }
      for model in models(at: group) {
        rows.append(
          Table.Row(
            style: label == nil ? .plain : .indented, label: results.titles.title(model),
            cells: cells(of: model, at: group)))
        rows += intervals(of: model, at: group).map { method in
          let name = String(method.dropFirst(model.count + 1))
          return Table.Row(
            style: label == nil ? .indented : .nested,
            label: "\(results.titles.title(name)) interval",
            cells: cells(ofInterval: method, at: group))
        }
      }
    }
    return writer.table(
      "heterogeneity", corner: "Model",
      columns: [
        ["Q"], ["df"], ["p-value"], ["I² %", "from Q"], ["H²", "from Q"], ["τ²"], ["τ"],
        ["I² %", "from τ²"], ["H²", "from τ²"], ["Likelihood", "ratio"], ["p-value", "of it"],
        ["Variance of", "intercepts"], ["Intraclass", "correlation"], ["Log", "likelihood"],
      ], rows,
      abbreviations: [
        "[ ]: limits of the \(results.level) confidence interval", "df: degrees of freedom",
        "I²: share of the variation that is not chance",
        "τ: standard deviation of the effects" + scale,
      ] + results.titles.abbreviations(in: methods(at: all)))
  }

  private var scale: String { results.measure.pooledScale.map { " (\($0))" } ?? "" }

  private func methods(at group: ResultGroup) -> [String] {
    group.methods { $0.measure == "heterogeneity" }
  }

  /// The methods that are no intervals of τ².
  private func models(at group: ResultGroup) -> [String] {
    let intervals = Set(group.methods { $0.name == "tau2_lower" })
    return methods(at: group).filter { !intervals.contains($0) }
  }

  private func intervals(of model: String, at group: ResultGroup) -> [String] {
    group.methods {
      $0.measure == "heterogeneity" && $0.name == "tau2_lower" && $0.method.hasPrefix(model + "/")
    }
  }

  private mutating func cells(of model: String, at group: ResultGroup) -> [Table.Cell] {
    let numbers = results.numbers
    return testCells(group, "heterogeneity", model, ["q", "q_df", "q_p_value"], &writer, numbers)
      + [
        cell("i2", model, group, numbers.share), cell("h2", model, group, numbers.twoDecimals),
        cell("tau2", model, group, numbers.general), cell("tau", model, group, numbers.general),
        cell("i2_tau2", model, group, numbers.share),
        cell("h2_tau2", model, group, numbers.twoDecimals),
        cell("likelihood_ratio", model, group, numbers.twoDecimals),
        cell("likelihood_ratio_p_value", model, group, numbers.pValue),
        cell("sigma2", model, group, numbers.general), cell("icc", model, group, numbers.general),
        cell("log_likelihood", model, group, numbers.general),
      ]
  }

  private mutating func cells(ofInterval method: String, at group: ResultGroup) -> [Table.Cell] {
    let numbers = results.numbers
    return Array(repeating: Table.Cell(text: ""), count: 5) + [
      cell("tau2", method, group, numbers.general), cell("tau", method, group, numbers.general),
      cell("i2_tau2", method, group, numbers.share),
      cell("h2_tau2", method, group, numbers.twoDecimals),
    ] + Array(repeating: Table.Cell(text: ""), count: 5)
  }

  /// A number with its limits, as far as `method` has them.
  private mutating func cell(
    _ name: String, _ method: String, _ group: ResultGroup, _ print: (Double) -> String
  ) -> Table.Cell {
    let found = ["", "_lower", "_upper"].map { ending in
      group.statistic(
        StatisticKey(measure: "heterogeneity", method: method, name: name + ending))
    }
    return writer.number(found[0], found[1], found[2], print)
  }
}

extension MetaAnalysisResults {
  /// Q and I² by the first model that has them, and the first τ², in a line.
  var heterogeneityNote: String? {
    guard let pooled else { return nil }
    func text(_ name: String, _ method: String, _ print: (Double) -> String) -> String {
      let key = StatisticKey(measure: "heterogeneity", method: method, name: name)
      return pooled.statistic(key)?.value.text(print) ?? "NE"
    }
    let models = ["q", "tau2"].map { name in
      pooled.methods { $0.measure == "heterogeneity" && $0.name == name }.first
    }
    let q = models[0].map { model in
      "Q \(text("q", model, numbers.twoDecimals)), df \(text("q_df", model, numbers.degrees)), "
        + "p \(text("q_p_value", model, numbers.pValue)), "
        + "I² \(text("i2", model, numbers.share))% (\(titles.title(model)))"
    }
    let tau2 = models[1].map { "τ² \(text("tau2", $0, numbers.general)) (\(titles.title($0)))" }
    let found = [q, tau2].compactMap { $0 }
    return found.isEmpty ? nil : "Heterogeneity: \(found.joined(separator: "; "))."
  }
}

extension NumberText {
  /// A share in percent, without the sign.
  func share(_ value: Double) -> String { percentage(ofProportion: value) }

  func twoDecimals(_ value: Double) -> String { fixed(value, decimals: 2) }
}
