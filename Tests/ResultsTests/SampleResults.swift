import Inference
import JSON
import Results
import Testing

private func statistic(_ name: String, _ value: ReportedValue, method: String = "") -> Statistic {
  Statistic(StatisticKey(measure: "risk", method: method, name: name), value)
}

/// Results with every kind of value, text that must be quoted, and analyses that ended in each way.
func sampleResults() -> StudyResults {
  var completed = AnalysisResult(id: "i", kind: "incidence", title: "I", level: 0.95)
  completed.groups = [
    ResultGroup(
      RowPlace(
        groups: [Grouping("trial", "t"), Grouping("arm", "a, \"b\"")], variable: "term",
        level: "Nausea\nand\u{1}vomiting"),
      [
        statistic("events", .number(0)), statistic("estimate", .number(0.1)),
        statistic("lower", .number(1e-300), method: "wald"),
        statistic("upper", .unbounded(.above), method: "wald"),
        statistic("log", .unbounded(.below)),
        statistic("bound", .censored(.above, bound: 100)),
        statistic("least", .censored(.below, bound: 0.5)),
        statistic("ratio", .notEstimable("no events")),
        Statistic(
          StatisticKey(measure: "risk", name: "percent"), .number(32.5), unit: "%",
          isReconstructed: true, warning: "rebuilt"),
        Statistic(
          StatisticKey(measure: "log-logistic-4", name: "status"), .verdict("at-bound"),
          warning: "slope"),
      ]),
    ResultGroup(
      RowPlace(groups: [nil, Grouping("arm", "x")], variable: "term", level: ""),
      [statistic("events", .number(3))]),
  ]
  completed.series = [
    Series("s", [Series.Column("n", .numbers([1, nil])), Series.Column("t", .texts(["a", "b"]))])
  ]
  completed.methods = [MethodNote(name: "wald", title: "Wald", summary: "S", reference: "R")]
  completed.warnings = ["careful"]
  completed.fingerprint = "abc"
  var failed = AnalysisResult(id: "f", kind: "incidence", title: "F", level: 0.9)
  failed.outcome = .failed("no count, \"none\"")
  var skipped = AnalysisResult(id: "k", kind: "incidence", title: "K", level: 0.9)
  skipped.outcome = .skipped("an analysis before it failed")
  return StudyResults(
    id: "s", title: "T", description: nil,
    sources: [StudyResults.Source(id: "p", citation: "C", doi: "d", url: nil)],
    rounding: .halfAway, program: Program(version: "1.2", build: "ab"),
    analyses: [completed, failed, skipped],
    published: [check(.reproduced), check(.differs), check(.consistent)])
}

/// Results of these analyses and checks, and nothing else.
func results(
  analyses: [AnalysisResult] = [], published: [PublishedCheck] = []
) -> StudyResults {
  StudyResults(
    id: "s", title: "", description: nil, sources: [], rounding: .halfAway,
    program: Program(version: "", build: ""), analyses: analyses, published: published)
}

func check(_ verdict: PublishedCheck.Verdict) -> PublishedCheck {
  PublishedCheck(
    analysis: "i", place: RowPlace(groups: [], variable: "term", level: "X"),
    statistic: StatisticKey(measure: "risk", name: "percent"), published: "1.0", computed: "1.0",
    verdict: verdict, reason: nil, source: "p")
}

// MARK: Reading what was written

/// The root of `text`, which must be JSON.
func parsed(_ text: String) throws -> JSONNode { try JSONDocument(Array(text.utf8)).root }

extension JSONNode {
  var members: [JSONMember] {
    if case .object(let members) = value { members } else { [] }
  }

  var elements: [JSONNode] {
    if case .array(let elements) = value { elements } else { [] }
  }

  var string: String? {
    if case .string(let text) = value { text } else { nil }
  }

  var number: Double? {
    if case .number(let number) = value { number.double } else { nil }
  }

  var isNull: Bool {
    if case .null = value { true } else { false }
  }

  var keys: [String] { members.map(\.key) }

  subscript(key: String) -> JSONNode? { members.first { $0.key == key }?.value }
}
