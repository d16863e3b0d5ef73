import ArgumentParser
import JSON
import StudyDefinition

struct Schema: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Print the JSON Schema of study definitions.",
    discussion: """
      Draft 2020-12. An editor that is given it completes and checks a study file while it is typed.

      Example:
        theriac schema > study.schema.json
      """)

  func run() {
    print(Study.schema.indented, terminator: "")
  }
}
