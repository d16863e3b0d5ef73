import Incidence
import Inference
import MetaAnalysis
import Probability
public import Results
import StudyDefinition

extension StudyPlan {
  /// What happened in a run so far.
  public struct Progress: Sendable {
    public let finished: Int
    public let total: Int
    /// The analysis that has just ended.
    public let analysis: AnalysisResult
    public let seconds: Double
  }

  /// What a run gave, and how long each analysis took.
  public struct Outcome: Sendable {
    public let results: StudyResults
    /// In seconds, in the order of the definition.
    public let durations: [(id: String, seconds: Double)]
  }

  /// Computes the analyses and checks the published values.
  ///
  /// The results stand in the order of the definition, and are the same, whatever the `workforce`.
  ///
  /// `only` holds the ids of the analyses to compute and check, `nil` for all. With `failFast` those
  /// after the first that fails are skipped. An analysis that `kept` has, by id and fingerprint, is
  /// taken over. After any other its worker calls `keep`, and then `progress` is called, one call at
  /// a time.
  public func run(
    by workforce: Workforce, only: Set<String>?, failFast: Bool, program: Program,
    kept: @escaping @Sendable (_ id: String, _ fingerprint: String) -> KeptAnalysis? = { _, _ in nil
    },
    keep: @escaping @Sendable (KeptAnalysis) throws -> Void = { _ in },
    progress: (Progress) throws -> Void
  ) async throws -> Outcome {
    let chosen = chosenAnalyses(only)
    var finished: [Int: (result: AnalysisResult, seconds: Double)] = [:]
    // The first analysis, in the order of the definition, after which none is wanted any more.
    var last = chosen.count
    try await workforce.compute(chosen.count) { _ in
      last == chosen.count
    } _: { index in
      let fingerprint = study.fingerprint(of: chosen[index], program: program)
      if let kept = kept(chosen[index].id, fingerprint) { return (kept.result, kept.seconds) }
      let clock = ContinuousClock()
      let start = clock.now
      let result = await study.run(chosen[index], by: workforce, program: program)
      let seconds = start.duration(to: clock.now) / .seconds(1)
      try keep(KeptAnalysis(result, seconds: seconds, program: program))
      return (result, seconds)
    } receive: { index, output in
      let (result, seconds) = output
      finished[index] = (result, seconds)
      if failFast, result.outcome != .completed { last = min(last, index) }
      try progress(
        Progress(
          finished: finished.count, total: chosen.count, analysis: result, seconds: seconds))
    }
    // What ran beside the failed one is dropped, so that the workforce makes no difference.
    finished = finished.filter { $0.key <= last }
    let analyses = chosen.indices.map { index in
      finished[index]?.result ?? study.skipped(chosen[index], program: program)
    }
    return Outcome(
      results: results(analyses, program: program),
      durations: finished.sorted { $0.key < $1.key }.map { ($0.value.result.id, $0.value.seconds) })
  }

  /// The ids of the analyses that a run with `only` computes, and what each follows from, as a hash.
  public func fingerprints(
    only: Set<String>?, program: Program
  ) -> [(id: String, fingerprint: String)] {
    chosenAnalyses(only).map { ($0.id, study.fingerprint(of: $0, program: program)) }
  }

  private func chosenAnalyses(_ only: Set<String>?) -> [Analysis] {
    study.analyses.filter { only?.contains($0.id) ?? true }
  }

  private func results(_ analyses: [AnalysisResult], program: Program) -> StudyResults {
    let byID = Dictionary(uniqueKeysWithValues: analyses.map { ($0.id, $0) })
    let wanted = Dictionary(grouping: targets, by: \.value.analysis)
    let groups = wanted.mapValues { Set($0.map(\.place)) }
    var found: [String: [RowPlace: ResultGroup]] = [:]
    for (id, places) in groups {
      for group in byID[id]?.groups ?? [] where places.contains(group.place) {
        found[id, default: [:]][group.place] = group
      }
    }
    let checks = targets.compactMap { target -> PublishedCheck? in
      guard let result = byID[target.value.analysis] else { return nil }
      return target.check(
        in: result, at: found[result.id]?[target.place], rule: study.defaults.rounding)
    }
    return StudyResults(
      id: study.id, title: study.title, description: study.description,
      sources: study.sources.map {
        StudyResults.Source(id: $0.id, citation: $0.citation, doi: $0.doi, url: $0.url)
      },
      rounding: study.defaults.rounding, program: program, analyses: analyses, published: checks)
  }
}

extension Study {
  /// Computes one analysis; what goes wrong is part of its result.
  func run(
    _ analysis: Analysis, by workforce: Workforce, program: Program
  ) async -> AnalysisResult {
    var result = emptyResult(of: analysis, program: program)
    do throws(AnalysisFailure) {
      switch analysis.kind {
      case .incidence(let incidence):
        try await incidence.run(level: analysis.level, by: workforce, into: &result)
      case .comparison(let comparison):
        try await comparison.run(level: analysis.level, by: workforce, into: &result)
      case .indirectComparison(let indirect):
        try await indirect.run(level: analysis.level, by: workforce, into: &result)
      case .metaAnalysis(let pooling): try pooling.run(level: analysis.level, into: &result)
      case .trend(let trend):
        result.groups = trend.plannedGroups.map { $0.result(level: analysis.level) }
      case .ordinal(let ordinal):
        result.groups = ordinal.plannedGroups.map { $0.result(level: analysis.level) }
      case .agreement(let agreement):
        result.groups = agreement.plannedGroups.map { $0.result(level: analysis.level) }
      case .shift(let shift): try shift.run(level: analysis.level, into: &result)
      case .doseResponse(let curves):
        curves.run(
          level: analysis.level,
          stream: RandomStream(seed: UInt64(defaults.seed)).split(named: analysis.id), into: &result
        )
      case .plateQuality(let plates): plates.run(level: analysis.level, into: &result)
      case .responseSurface(let surface): surface.run(level: analysis.level, into: &result)
      case .troubleshoot(let guide):
        var evidence: [String: AnalysisResult] = [:]
        for analysis in analyses where guide.analyses.contains(analysis.id) {
          evidence[analysis.id] = await run(analysis, by: workforce, program: program)
        }
        guide.run(of: self, level: analysis.level, evidence, into: &result)
      }
    } catch {
      result.outcome = .failed(error.reason)
    }
    return result
  }

  /// The result of an analysis that was not begun because another had failed.
  func skipped(_ analysis: Analysis, program: Program) -> AnalysisResult {
    var result = emptyResult(of: analysis, program: program)
    result.outcome = .skipped("an analysis before it failed")
    return result
  }

  private func emptyResult(of analysis: Analysis, program: Program) -> AnalysisResult {
    var result = AnalysisResult(
      id: analysis.id, kind: analysis.kindName, title: analysis.title ?? analysis.id,
      level: analysis.level.value)
    result.fingerprint = fingerprint(of: analysis, program: program)
    describe(analysis, in: &result)
    return result
  }

  /// A hash of everything that the results of `analysis` follow from.
  fileprivate func fingerprint(of analysis: Analysis, program: Program) -> String {
    var digest = SHA256()
    var defaults = [
      program.version, "\(analysis.level.value)", "\(defaults.seed)", defaults.rounding.rawValue,
      "\(defaults.maximumSubjects)",
    ]
    if case .metaAnalysis(let pooling) = analysis.kind { defaults.append(pooling.preset.rawValue) }
    // Each part with its length, so that no two lists of parts look alike.
    for part in defaults.map({ Array($0.utf8)[...] }) + definition(of: analysis) {
      digest.update(Array("\(part.count):".utf8))
      digest.update(Array(part))
    }
    return digest.finalize()
  }
}
