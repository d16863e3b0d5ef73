import Results

/// What bears on whether the pooled effects are to be trusted: small studies, single studies, Peto.
struct DiagnosticTables {
  private let results: MetaAnalysisResults
  private let numbers: NumberText

  init(_ results: MetaAnalysisResults) {
    self.results = results
    numbers = results.numbers
  }

  var tables: [Table] {
    let all = results.pooled.map { [biasTests($0), trimAndFill($0), preconditions($0)] } ?? []
    return all.compactMap { $0 } + influence
  }

  private func biasTests(_ all: ResultGroup) -> Table? {
    let methods = all.methods { $0.measure == "diagnostic" && $0.name == "p_value" }
      .filter { !$0.hasSuffix("trim-and-fill") }
    guard !methods.isEmpty else { return nil }
    var writer = MetaAnalysisWriter(results)
    let rows = methods.map { method in
      let names = ["intercept", "slope", "standard_error", "tau", "t", "df", "z"]
      let found = names.map { statistic($0, method, all) }
      let coefficient = found[0] ?? found[1]
      return Table.Row(
        style: .plain, label: results.titles.title(method),
        cells: [
          writer.number(coefficient, numbers.general), writer.number(found[2], numbers.general),
          writer.number(found[3], numbers.general),
          writer.number(found[4], numbers.twoDecimals), writer.number(found[5], numbers.degrees),
          writer.number(found[6], numbers.twoDecimals),
          writer.pValue(statistic("p_value", method, all)),
        ])
    }
    return writer.table(
      "tests of small-study effects", corner: "Test",
      columns: [["Asymmetry"], ["SE"], ["Kendall's τ"], ["t"], ["df"], ["z"], ["p-value"]], rows,
      abbreviations: [
        "Asymmetry: the coefficient that is 0 where the funnel is symmetric", "SE: standard error",
        "df: degrees of freedom",
      ])
  }

  private func trimAndFill(_ all: ResultGroup) -> Table? {
    let methods = all.methods { $0.measure == "diagnostic" && $0.name == "filled" }
    guard !methods.isEmpty else { return nil }
    var writer = MetaAnalysisWriter(results)
    let rows = methods.map { method in
      let model = method.split(separator: "/").dropLast().joined(separator: "/")
      return Table.Row(
        style: .plain, label: results.titles.title(model),
        cells: [
          writer.number(statistic("filled", method, all), numbers.short),
          writer.effect(
            ContrastInterval(
              estimate: statistic("estimate", method, all),
              lower: statistic("lower", method, all), upper: statistic("upper", method, all))),
          writer.pValue(statistic("p_value", method, all)),
        ])
    }
    return writer.table(
      "trim and fill", corner: "Model",
      columns: [["Studies", "filled in"], [results.effectHeader], ["p-value"]], rows,
      notes: ["The effect had the studies that an asymmetric funnel lacks been found as well."],
      abbreviations: ["CI: confidence interval"] + results.titles.abbreviations(in: methods))
  }

  /// What Peto's method needs to be close: arms of like size, rare events.
  private func preconditions(_ all: ResultGroup) -> Table? {
    let methods = all.methods { $0.measure == "diagnostic" && $0.name == "largest_arm_ratio" }
    guard !methods.isEmpty else { return nil }
    var writer = MetaAnalysisWriter(results)
    let rows = methods.map { method in
      Table.Row(
        style: .plain, label: results.titles.title(method),
        cells: [
          writer.number(statistic("largest_arm_ratio", method, all), numbers.twoDecimals),
          writer.number(statistic("event_percent", method, all), numbers.twoDecimals),
        ])
    }
    return writer.table(
      "preconditions of the method", corner: "Method",
      columns: [["Largest ratio", "of the arms' sizes"], ["Subjects with", "the event %"]], rows,
      notes: ["The method is close where arms are of like size, events rare and effects moderate."])
  }

  // MARK: Influence

  private var influence: [Table] {
    let methods = results.studies.first?.results.methods { $0.name == "cook_distance" } ?? []
    return methods.map { method in
      var writer = MetaAnalysisWriter(results)
      let names = ["rstudent", "dffits", "cook_distance", "cov_ratio", "hat", "tau2", "q"]
      let rows = results.studies.map { study in
        Table.Row(
          style: .plain, label: study.label,
          cells: names.map {
            writer.number(statistic($0, method, study.results), numbers.threeDecimals)
          })
      }
      let model = method.split(separator: "/").dropLast().joined(separator: "/")
      return writer.table(
        "influence of each study, \(results.titles.title(model))", corner: "Study",
        columns: [
          ["Studentised", "residual"], ["DFFITS"], ["Cook's", "distance"], ["Covariance", "ratio"],
          ["Hat"], ["τ²", "without it"], ["Q", "without it"],
        ], rows)
    }
  }

  private func statistic(_ name: String, _ method: String, _ group: ResultGroup) -> Statistic? {
    group.statistic(StatisticKey(measure: "diagnostic", method: method, name: name))
  }
}

extension NumberText {
  fileprivate func threeDecimals(_ value: Double) -> String { fixed(value, decimals: 3) }
}
