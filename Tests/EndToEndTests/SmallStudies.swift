/// A study of two arms with an incidence and a comparison of `terms` events.
func smallStudy(_ id: String, terms: Int, published: String = "3") -> String {
  let events = (0..<terms).map {
    #"{"term": "Term \#($0)", "counts": {"a": \#(3 + $0 % 17), "p": \#($0 % 11)}}"#
  }
  return """
    {"theriac": 1, "id": "\(id)", "title": "Study \(id)", "trials": [{"id": "t",
     "arms": [{"id": "a", "label": "Drug", "subjects": 80}, {"id": "p", "label": "Placebo", "subjects": 75}],
     "events": [\(events.joined(separator: ",\n"))]}],
     "analyses": [
      {"id": "risks", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wilson", "wald"]},
      {"id": "contrast", "kind": "comparison", "treatment": "t/a", "reference": "t/p",
       "methods": {"risk-difference": ["newcombe"]}, "tests": ["fisher"], "multiplicity": ["holm"]}],
     "published": [{"analysis": "risks", "where": {"arm": "a", "term": "Term 0"}, "statistic": "events",
      "value": "\(published)"}]}
    """
}

/// A study one of whose analyses fails: no number of 20 subjects prints as 11.0 %.
func failingStudy(_ id: String) -> String {
  """
  {"theriac": 1, "id": "\(id)", "title": "Study \(id)", "trials": [{"id": "t",
   "arms": [{"id": "a", "label": "A", "subjects": 20}], "events": [{"term": "Pain", "percent": {"a": "11.0"}}]}],
   "analyses": [
    {"id": "first", "kind": "incidence", "trial": "t", "measure": "risk", "methods": ["wilson"]},
    {"id": "second", "kind": "trend", "groups": [
      {"label": "x", "score": 0, "events": 1, "subjects": 9}, {"label": "y", "score": 1, "events": 4, "subjects": 9}],
     "methods": ["cochran-armitage-exact"]}]}
  """
}
