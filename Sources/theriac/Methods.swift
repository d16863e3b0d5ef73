import ArgumentParser
import JSON
import StudyDefinition

struct Methods: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List every kind of analysis, measure and method, with its reference.",
    discussion: """
      The spellings are those of "methods" in a study definition; of a meta-analysis those of \
      "pooling", "tau2", "inference", "tau2Interval", "prediction", "diagnostics" and "preset", of a \
      dose-response analysis those of "models", "interval", "information", "response", "robust", \
      "weights", "selection" and "compare".
      """)

  @Flag(help: "Print the list as JSON.")
  var json = false

  func run() {
    if json {
      let list = Study.catalogue.map { entry -> JSONValue in
        [
          "kind": .string(entry.kind), "measure": .string(entry.measure),
          "method": .string(entry.method), "title": .string(entry.title),
          "summary": .string(entry.summary), "reference": .string(entry.reference),
        ]
      }
      print(JSONValue.array(list).indented, terminator: "")
      return
    }
    var heading = ""
    for entry in Study.catalogue {
      if heading != "\(entry.kind): \(entry.measure)" {
        if !heading.isEmpty { print() }
        heading = "\(entry.kind): \(entry.measure)"
        print(heading)
      }
      print("  \(entry.method): \(entry.title)")
      print(wrapped(entry.summary, width: 92, indentation: 6))
      print(wrapped(entry.reference, width: 92, indentation: 6))
    }
  }
}

/// `text` in lines of at most `width` characters, each indented.
private func wrapped(_ text: String, width: Int, indentation: Int) -> String {
  let margin = String(repeating: " ", count: indentation)
  var lines: [String] = []
  for word in text.split(separator: " ") {
    if let last = lines.last, last.count + word.count < width {
      lines[lines.count - 1] = last + " " + word
    } else {
      lines.append(margin + word)
    }
  }
  return lines.joined(separator: "\n")
}
