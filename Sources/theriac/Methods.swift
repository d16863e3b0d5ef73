import ArgumentParser
import JSON
import StudyDefinition

struct Methods: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "List every kind of analysis, measure and method, or explain one.",
    discussion: """
      Without a name: all methods, each with its convention and reference. With the name of a method, a \
      measure, a kind of analysis or a key: what it computes, when to use it and when not, what SAS and R \
      call it, and its reference; each, where several share the name. With that of another field of a study \
      definition: where it stands and what it holds.

      Examples:
        theriac methods
        theriac methods miettinen-nurminen
        theriac methods meta-analysis
        theriac methods tau2
        theriac methods personYears

      The spellings are those of "methods" in a study definition; of a meta-analysis those of \
      "pooling", "tau2", "inference", "tau2Interval", "prediction", "diagnostics" and "preset", of a \
      dose-response analysis those of "models", "interval", "information", "response", "robust", \
      "weights", "selection" and "compare".
      """)

  @Argument(help: "What to explain.")
  var name: String?

  @Flag(help: "Print the list, or the explanation, as JSON.")
  var json = false

  func run() throws {
    guard let name else { return json ? printCatalogueAsJSON() : printCatalogue() }
    let explained = Study.guide(to: name)
    let entries = explained.isEmpty ? Study.fields(called: name) : explained
    guard !entries.isEmpty else {
      let nearest = nearestSpelling(to: name, among: Study.guideNames + Study.fieldNames)
      printError(
        "no kind, measure, method or field is called \"\(name)\""
          + (nearest.map { "; did you mean \"\($0)\"?" } ?? "; `theriac methods` lists them."))
      throw ExitStatus.wrongUsage
    }
    guard !json else {
      return print(JSONValue.array(entries.map(\.json)).indented, terminator: "")
    }
    print(entries.map(\.text).joined(separator: "\n\n"))
    let signs = entries.map(\.signs).filter { !$0.isEmpty }
    for (place, text) in signs.enumerated() where signs.firstIndex(of: text) == place {
      print("\n" + part("Signs", text))
    }
    if explained.isEmpty { print("\n`theriac schema` prints every field with its type.") }
  }

  private func printCatalogueAsJSON() {
    let list = Study.catalogue.map { entry -> JSONValue in
      [
        "kind": .string(entry.kind), "measure": .string(entry.measure),
        "method": .string(entry.method), "title": .string(entry.title),
        "formula": .string(entry.formula), "use": .string(entry.use),
        "summary": .string(entry.summary), "reference": .string(entry.reference),
      ]
    }
    print(JSONValue.array(list).indented, terminator: "")
  }

  private func printCatalogue() {
    var heading = ""
    for entry in Study.catalogue {
      if heading != "\(entry.kind): \(entry.measure)" {
        if !heading.isEmpty { print() }
        heading = "\(entry.kind): \(entry.measure)"
        print(heading)
      }
      print("  \(entry.method): \(entry.title)")
      print(filled(entry.summary, width: 92, indentation: 6))
      print(filled(entry.reference, width: 92, indentation: 6))
    }
  }
}

extension GuideEntry {
  fileprivate var json: JSONValue {
    [
      "name": .string(name), "place": .string(place), "title": .string(title),
      "formula": .string(formula), "use": .string(use),
      "summary": .string(summary), "reference": .string(reference), "signs": .string(signs),
      "methods": .array(methods.map { .string($0) }),
    ]
  }

  /// The methods, those of a kind measure by measure.
  private var listing: String {
    var measures: [(name: Substring, methods: [Substring])] = []
    for method in methods {
      let parts = method.split(separator: ": ", maxSplits: 1)
      let name = parts.count > 1 ? parts[0] : ""
      if measures.last?.name != name { measures.append((name, [])) }
      measures[measures.count - 1].methods.append(parts[parts.count - 1])
    }
    return measures.map { measure in
      let list = measure.methods.joined(separator: ", ")
      return measure.name.isEmpty ? list : "\(measure.name): \(list)"
    }.joined(separator: "; ")
  }

  fileprivate var text: String {
    let parts = [
      ("Formula", formula), ("When", use), ("SAS and R", summary),
      ("Reference", reference), ("Methods", listing),
    ].filter { !$0.1.isEmpty }
    return (["\(name) (\(place))", "  \(title)"] + parts.map(part)).joined(separator: "\n")
  }
}

/// `text` beside its name.
private func part(_ name: String, _ text: String) -> String {
  let margin = 14
  let gap = String(repeating: " ", count: margin - 2 - name.count)
  return "  " + name + gap + filled(text, width: 92, indentation: margin).dropFirst(margin)
}

/// `text` in lines of at most `width` characters, each indented.
private func filled(_ text: String, width: Int, indentation: Int) -> String {
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
