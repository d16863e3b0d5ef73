import Results

/// The meta-regression: its coefficients, and the test of all moderators together.
struct RegressionTables {
  private let results: MetaAnalysisResults

  init(_ results: MetaAnalysisResults) {
    self.results = results
  }

  var tables: [Table] { [coefficients, moderators].compactMap { $0 } }

  private var coefficients: Table? {
    guard let first = results.coefficients.first else { return nil }
    var writer = MetaAnalysisWriter(results)
    let numbers = results.numbers
    let methods = first.results.methods {
      $0.measure == results.measure.name && $0.name == "estimate"
    }
    let rows = methods.flatMap { method in
      [Table.Row(style: .heading, label: results.titles.title(method), cells: [])]
        + results.coefficients.map { coefficient in
          let found = ["estimate", "lower", "upper", "standard_error", "p_value"].map {
            results.statistic($0, method, at: coefficient.results)
          }
          return Table.Row(
            style: .indented, label: coefficient.label,
            cells: [
              writer.number(found[0], found[1], found[2], numbers.general),
              writer.number(found[3], numbers.general),
              writer.test(method, at: coefficient.results), writer.pValue(found[4]),
            ])
        }
    }
    return writer.table(
      "meta-regression", corner: "Coefficient",
      columns: [["Estimate [\(results.level) CI]"], ["SE"], ["Test"], ["p-value"]], rows,
      notes: results.measure.pooledScale.map { ["Coefficients on the scale of the \($0)."] } ?? [],
      abbreviations: ["CI: confidence interval", "SE: standard error"]
        + results.titles.abbreviations(in: methods))
  }

  private var moderators: Table? {
    guard let all = results.pooled else { return nil }
    let methods = all.methods { $0.measure == "moderators" }
    guard !methods.isEmpty else { return nil }
    var writer = MetaAnalysisWriter(results)
    let numbers = results.numbers
    let rows = methods.map { method in
      let tests = testCells(
        all, "moderators", method,
        ["statistic", "df", "denominator_df", "p_value", "q", "q_df", "q_p_value"], &writer, numbers
      )
      let others = [("tau2", numbers.general), ("r_squared", numbers.share)].map { name, print in
        writer.number(
          all.statistic(StatisticKey(measure: "moderators", method: method, name: name)), print)
      }
      return Table.Row(style: .plain, label: results.titles.title(method), cells: tests + others)
    }
    return writer.table(
      "test of the moderators", corner: "Method",
      columns: [
        ["Statistic"], ["df"], ["Denominator", "df"], ["p-value"], ["Residual", "Q"],
        ["Residual", "df"], ["Residual", "p-value"], ["Residual", "τ²"], ["R² %"],
      ], rows,
      abbreviations: [
        "Statistic: F where it has denominator degrees of freedom, and else χ²",
        "df: degrees of freedom", "R²: share of τ² that the moderators explain",
      ] + results.titles.abbreviations(in: methods))
  }
}
