/// `summary.csv`: a row an analysis of all studies in a folder of results, RFC 4180 with line feeds.
public enum SummaryCSV {
  public static let header =
    [
      "study_id", "study_title", "analysis_id", "analysis_title", "kind", "status", "results",
      "warnings", "reproduced", "consistent", "explained", "differs", "not_computed", "error",
      "report",
    ].joined(separator: ",") + "\n"

  /// The rows of a study, in the order of its definition.
  public static func rows(of study: StudyStatus) -> String {
    study.analyses.reduce(into: "") { lines, analysis in
      let published = analysis.published
      lines += line([
        study.study, study.title, analysis.id, analysis.title, analysis.kind, analysis.status,
        "\(analysis.results)", "\(analysis.warnings.count)", "\(published[.reproduced])",
        "\(published[.consistent])", "\(published[.explained])", "\(published[.differs])",
        "\(published[.notComputed])", analysis.error ?? "", "\(study.study)/report.html",
      ])
    }
  }

  /// The row of a study of which no status can be read.
  public static func row(unreadable study: String) -> String {
    line(
      [study, "", "", "", "", "unreadable"] + [String](repeating: "", count: 7)
        + [unreadableReason, "\(study)/report.html"])
  }

  private static func line(_ fields: [String]) -> String {
    fields.map(csvField).joined(separator: ",") + "\n"
  }
}

/// What is told of a study whose `status.json` says nothing.
public let unreadableReason = "status.json is not what this version writes"
