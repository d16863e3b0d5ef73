import Foundation
import TestSupport

/// A page of the guide: files to be written and commands to be typed, in the order of the page.
struct GuidePage: CustomStringConvertible {
  enum Step {
    /// A fenced block that says `file=NAME`; `isInvalid` where the study is meant to be refused.
    case file(name: String, text: String, isInvalid: Bool)
    /// A line of a `console` block that begins with `$ `, and the lines shown below it.
    case command(String, shown: [String], line: Int)
  }

  let name: String
  let steps: [Step]

  var description: String { name }

  /// The README and all pages beside it.
  static var all: [GuidePage] {
    get throws {
      let pages = try FileManager.default
        .contentsOfDirectory(atPath: repositoryRoot.appending(path: "Documentation").path)
        .filter { $0.hasSuffix(".md") }.sorted()
      return try (["README.md"] + pages.map { "Documentation/" + $0 }).map(GuidePage.init)
    }
  }

  init(_ name: String) throws {
    self.name = name
    let lines = try repositoryRoot.text(of: name).components(separatedBy: "\n")
    var steps: [Step] = []
    var start: Int?
    for (index, line) in lines.enumerated() where line.hasPrefix("```") {
      guard let opened = start else {
        start = index
        continue
      }
      steps += Self.steps(
        opening: lines[opened], Array(lines[(opened + 1)..<index]), at: opened + 2)
      start = nil
    }
    self.steps = steps
  }

  private static func steps(opening: String, _ lines: [String], at first: Int) -> [Step] {
    let words = opening.dropFirst(3).split(separator: " ").map(String.init)
    if let file = words.first(where: { $0.hasPrefix("file=") }) {
      let text = lines.joined(separator: "\n") + "\n"
      return [
        .file(name: String(file.dropFirst(5)), text: text, isInvalid: words.contains("invalid"))
      ]
    }
    guard words.first == "console" else { return [] }
    var steps: [Step] = []
    for (index, line) in lines.enumerated() {
      if line.hasPrefix("$ ") {
        steps.append(.command(String(line.dropFirst(2)), shown: [], line: first + index))
      } else if case .command(let command, let shown, let place) = steps.last {
        steps[steps.count - 1] = .command(command, shown: shown + [line], line: place)
      }
    }
    return steps
  }
}

/// Whether `printed` is what `shown` says, where a line `…` stands for any lines.
func isShown(_ printed: [String], as shown: [String]) -> Bool {
  guard let first = shown.first else { return printed.isEmpty }
  guard first == "…" else {
    return printed.first == first
      && isShown(Array(printed.dropFirst()), as: Array(shown.dropFirst()))
  }
  let rest = Array(shown.dropFirst())
  return (0...printed.count).contains { isShown(Array(printed.dropFirst($0)), as: rest) }
}
