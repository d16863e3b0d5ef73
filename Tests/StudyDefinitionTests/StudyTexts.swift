import StudyDefinition
import Testing

/// A small valid study in which single parts can be replaced.
struct StudyText {
  var head = #""theriac": 1, "id": "s", "title": "T""#
  var arms =
    #"[{"id": "a", "label": "A", "subjects": 37}, {"id": "b", "label": "B", "subjects": 40}]"#
  var events = """
    [{"term": "Nausea", "system": "Gut", "counts": {"a": 3, "b": 4}},
     {"term": "Pain", "system": "Gut", "counts": {"a": 1}}]
    """
  /// Further keys of the trial, each with a comma before it.
  var trial = ""
  var kind = "incidence"
  var analysis = #""trial": "t", "measure": "risk", "methods": ["wilson"]"#
  /// Further keys of the study, each with a comma before it.
  var more = ""
  /// The files of data by their paths.
  var files: [String: String] = [:]

  var text: String {
    """
    {\(head),
    "trials": [{"id": "t", "arms": \(arms), "events": \(events)\(trial)}],
    "analyses": [{"id": "i", "kind": "\(kind)", \(analysis)}]\(more)}
    """
  }

  var reading: StudyReading { StudyReading(Array(text.utf8), files: loader(files)) }
}

/// The faults of `text`, read as a study.
func faults(of text: String) -> [Fault] { StudyReading(Array(text.utf8)).faults }

extension StudyText {
  /// The study, which must be without faults.
  func study() throws -> Study {
    let reading = reading
    try #require(reading.faults.isEmpty, "\(reading.faults.map(\.description))")
    return try #require(reading.study)
  }

  /// Its incidence analysis, which must be without faults.
  func incidence() throws -> IncidenceAnalysis {
    try study().analyses[0].incidence
  }
}

extension Analysis {
  var incidence: IncidenceAnalysis {
    get throws {
      guard case .incidence(let incidence) = kind else { throw WrongKind() }
      return incidence
    }
  }
}

/// An analysis of another kind than the test asks for.
struct WrongKind: Error {}
