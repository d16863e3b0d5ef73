import Results

/// Why an analysis could not be computed.
struct AnalysisFailure: Error {
  let reason: String
}

extension AnalysisFailure {
  /// All `failures` in one; `nil` where there are none.
  init?(_ failures: [AnalysisFailure]) {
    guard !failures.isEmpty else { return nil }
    reason = failures.map(\.reason).joined(separator: "; ")
  }
}

extension Workforce {
  /// So many events take a few milliseconds, which is long beside handing them to another worker.
  private static let partSize = 256

  /// The results of `events`, in their order, whoever computes them; `add` appends those of one.
  ///
  /// - Throws: ``AnalysisFailure`` with the reasons of all events that fail.
  func groups<Event: Sendable>(
    of events: [Event],
    _ add: @escaping @Sendable (Event, inout ResultGroupList) throws(AnalysisFailure) -> Void
  ) async throws(AnalysisFailure) -> [ResultGroup] {
    let count = (events.count + Self.partSize - 1) / Self.partSize
    var parts = [[ResultGroup]](repeating: [], count: count)
    var failures = [[AnalysisFailure]](repeating: [], count: count)
    await compute(count) { place in
      let start = place * Self.partSize
      var list = ResultGroupList()
      var failures: [AnalysisFailure] = []
      for event in events[start..<min(start + Self.partSize, events.count)] {
        do throws(AnalysisFailure) {
          try add(event, &list)
        } catch {
          failures.append(error)
        }
      }
      return (list.groups, failures)
    } receive: { place, part in
      (parts[place], failures[place]) = part
    }
    if let failure = AnalysisFailure(Array(failures.joined())) { throw failure }
    return Array(parts.joined())
  }
}

extension [ResultGroup] {
  /// What any of their numbers warn of, each once.
  var warnings: Set<String> {
    reduce(into: []) { warnings, group in
      for warning in group.warnings { warnings.insert(warning) }
    }
  }
}
