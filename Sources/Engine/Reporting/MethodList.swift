import Results

/// The methods of a study, each once, which the tables that use them link to.
struct MethodList {
  static let anchor = "methods"

  private let methods: [MethodNote]
  private let places: [MethodNote: Int]

  init(_ analyses: [AnalysisResult]) {
    methods = analyses.flatMap(\.methods).unique
    places = Dictionary(uniqueKeysWithValues: zip(methods, 1...))
  }

  var isEmpty: Bool { methods.isEmpty }

  /// Where a method stands in the report.
  func anchor(of method: MethodNote) -> String {
    "method-\(places[method] ?? 0)"
  }

  func write(to html: inout Markup) {
    html.element("section", ["id": Self.anchor]) { html in
      html.element("h2", "Methods")
      html.element("dl") { html in
        for method in methods {
          html.element("dt", ["id": anchor(of: method)]) { html in
            html.text(method.title + " ")
            html.element("code", method.name)
          }
          html.element("dd") { html in
            html.text(method.summary + " ")
            html.element("cite", method.reference)
          }
        }
      }
    }
  }
}
