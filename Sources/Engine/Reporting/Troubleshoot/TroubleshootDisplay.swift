import Results

/// What a guide to troubleshooting found, as it is shown.
struct TroubleshootDisplay: KindDisplay {
  private struct Finding {
    let cause: String
    let step: String
    let question: String
    let test: String
    let evidence: String
    let verdict: String
    let next: String
  }

  private let analysis: AnalysisResult
  private let numbers: NumberText
  private let findings: [Finding]
  private let placed: PlacedStatistics

  init?(_ analysis: AnalysisResult, numbers: NumberText) {
    guard analysis.kind == "troubleshoot",
      let series = SeriesColumns("findings", of: analysis), series.count > 0
    else { return nil }
    self.analysis = analysis
    self.numbers = numbers
    placed = PlacedStatistics(analysis)
    let columns = ["cause", "step", "question", "test", "evidence", "verdict", "next"].map {
      series.texts($0)
    }
    findings = (0..<series.count).map { row in
      Finding(
        cause: columns[0][row], step: columns[1][row], question: columns[2][row],
        test: columns[3][row], evidence: columns[4][row], verdict: columns[5][row],
        next: columns[6][row])
    }
  }

  var plots: [(parts: [String], plot: any Plot)] { [] }

  var tables: [Table] {
    let titles = ["Verdict", "Evidence", "Question", "Test", "Next step"]
    return [
      table(
        columns: titles.map {
          Table.Column(title: [$0], alignment: .leading, isProse: $0 != "Verdict")
        },
        abbreviations: [
          "Supported: the data speak for the cause", "not supported: they do not",
        ]
      ) { finding, writer in
        [
          verdict(of: finding, &writer), Table.Cell(text: finding.evidence),
          Table.Cell(text: finding.question), Table.Cell(text: finding.test),
          Table.Cell(text: finding.next),
        ]
      }
    ]
  }

  /// Verdicts alone: sentences would fill a terminal.
  var shortTables: [Table] {
    [
      table(columns: [Table.Column(title: ["Verdict"], alignment: .leading)], abbreviations: []) {
        [verdict(of: $0, &$1)]
      }
    ]
  }

  private func table(
    columns: [Table.Column], abbreviations: [String],
    cells: (Finding, inout CellWriter) -> [Table.Cell]
  ) -> Table {
    var writer = CellWriter(numbers)
    let rows = findings.map(\.cause).unique.flatMap { cause -> [Table.Row] in
      let steps = findings.filter { $0.cause == cause }.map { finding in
        Table.Row(style: .indented, label: finding.step, cells: cells(finding, &writer))
      }
      return [Table.Row(style: .heading, label: cause, cells: [])] + steps
    }
    return writer.table(
      caption: analysis.caption(""), corner: "Possible cause and step", columns: columns, rows,
      abbreviations: abbreviations)
  }

  /// The verdict, with what the results say of it beside.
  private func verdict(of finding: Finding, _ writer: inout CellWriter) -> Table.Cell {
    let place = placed.places.first {
      $0.level(of: "cause") == finding.cause && $0.level(of: "step") == finding.step
    }
    let status = place.flatMap { placed[$0].first("status") }
    return writer.verdict(
      status
        ?? Statistic(
          StatisticKey(measure: "troubleshoot", name: "status"), .verdict(finding.verdict)))
  }
}
