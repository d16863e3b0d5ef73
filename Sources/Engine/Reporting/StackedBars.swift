import Results

/// The grades of each group as parts of a bar of 100 %.
struct StackedBars: Plot {
  struct Part {
    let count: Double
    let percent: Double
  }

  struct Bar {
    let label: String
    /// In the order of ``grades``.
    let parts: [Part]
  }

  let title: String
  let grades: [String]
  let bars: [Bar]
  let numbers: NumberText

  /// `nil` where there are no grades to show.
  init?(_ results: GradedResults) {
    numbers = results.numbers
    switch results.analysis.kind {
    case "ordinal":
      grades = results.levels(of: "category")
      bars = results.levels(of: "group").map { group in
        Bar(results, label: group, grades: results.levels(of: "category")) {
          [Grouping("group", group), Grouping("category", $0)]
        }
      }
    case "agreement", "shift":
      let gradings =
        results.analysis.kind == "shift"
        ? [("baseline", "Baseline"), ("worst", "Worst grade")]
        : [("first", "First reading"), ("second", "Second reading")]
      grades = results.levels(of: gradings[0].0)
      bars = gradings.map { name, label in
        Bar(results, label: label, grades: results.levels(of: name)) { [Grouping(name, $0)] }
      }
    default: return nil
    }
    title = results.analysis.title
  }

  /// What the figure shows, for those who cannot see it.
  var summary: String {
    let texts = bars.map { bar in
      let parts = zip(grades, bar.parts).map { "\($0) \(text(of: $1))" }
      return "\(bar.label): \(parts.joined(separator: ", "))."
    }
    return "Stacked bars of grades. " + texts.joined(separator: " ")
  }

  /// `59 (58.4%)`.
  func text(of part: Part) -> String {
    "\(numbers.fixed(part.count, decimals: 0)) (\(numbers.percent(part.percent))%)"
  }
}

extension StackedBars.Bar {
  fileprivate init(
    _ results: GradedResults, label: String, grades: [String], place: (String) -> [Grouping]
  ) {
    self.label = label
    parts = grades.map { grade in
      StackedBars.Part(
        count: results.number("count", at: place(grade)) ?? 0,
        percent: results.number("percent", at: place(grade)) ?? 0)
    }
  }
}
