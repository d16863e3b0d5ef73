public import JSON

extension StudyResults {
  /// `status.json`: how each analysis ended, and what its results follow from.
  public var statusJSON: JSONValue {
    let analyses = analyses.map { analysis -> JSONValue in
      var members: [(key: String, value: JSONValue)] = [
        (key: "id", value: .string(analysis.id)), (key: "kind", value: .string(analysis.kind)),
        (key: "status", value: .string(analysis.status)),
      ]
      if let reason = analysis.outcome.reason {
        members.append((key: "error", value: .string(reason)))
      }
      members += [
        (key: "warnings", value: .array(analysis.warnings.map { .string($0) })),
        (key: "fingerprint", value: .string(analysis.fingerprint)),
      ]
      return .object(members)
    }
    let verdicts = PublishedCheck.Verdict.allCases.map { verdict in
      (key: verdict.rawValue, value: JSONValue.integer(published.count(verdict)))
    }
    return [
      "study": .string(id), "program": program.json, "analyses": .array(analyses),
      "published": .object(verdicts),
    ]
  }

  /// Whether everything was computed and every published value came out.
  public var isComplete: Bool {
    analyses.allSatisfy { $0.outcome == .completed }
      && published.count(.differs) == 0 && published.count(.notComputed) == 0
  }
}
