import ArgumentParser
import StudyDefinition
import StudyRunner

struct Validate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check study definitions, computing nothing.",
    discussion: """
      Every fault of every file is told with its line, column and JSON Pointer, what was found, what \
      was expected and the nearest valid spelling. Exit status 0 when all are valid, else 65 or 66.
      """)

  @Argument(help: "Study definitions (JSON).", completion: .file(extensions: ["json"]))
  var studies: [String]

  func run() throws {
    for file in try StudyFile.readAll(studies) {
      let study = file.plan.study
      let assays = study.assays.isEmpty ? "" : "\(counted(study.assays.count, "assay")), "
      print(
        "\(file.path): valid: study \"\(study.id)\", \(counted(study.trials.count, "trial")), \(assays)"
          + "\(counted(study.analyses.count, "analysis", "analyses")), "
          + "\(counted(study.published.count, "published value"))")
    }
  }
}

/// `count` with its noun: `1 trial`, `2 trials`.
func counted(_ count: Int, _ noun: String, _ plural: String? = nil) -> String {
  "\(count) " + (count == 1 ? noun : plural ?? noun + "s")
}
