import ArgumentParser
import Foundation
import Results
import StudyRunner

struct Validate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check study definitions, computing nothing.",
    discussion: """
      Every fault of every file is told with its line, column and JSON Pointer, what was found, what \
      was expected and the nearest valid spelling. Exit status 0 when all are valid, else 65 or 66.

      Examples:
        theriac validate study.json
        theriac validate studies/ 'more/*.json'     (folders and patterns)
      """)

  @Argument(
    help: "Study definitions (JSON), folders of them, or patterns.",
    completion: .file(extensions: ["json"]))
  var studies: [String]

  func run() async throws {
    let workforce = Workforce(ProcessInfo.processInfo.activeProcessorCount)
    let paths = try StudyFile.paths(named: studies)
    for file in try await StudyFile.readAll(paths, by: workforce, keeping: 0) {
      print("\(file.path): valid: study \"\(file.id)\", \(file.content)")
    }
  }
}
