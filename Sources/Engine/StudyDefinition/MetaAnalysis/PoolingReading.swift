import Inference
import JSON
import MetaAnalysis

extension PoolingAnalysis {
  /// Reads the keys of a meta-analysis, and resolves them against the trials.
  static func read(
    _ reader: inout ObjectReader, _ context: AnalysisContext
  ) -> (PoolingAnalysis, trials: [Trial])? {
    let measure = reader.required("measure") {
      $0.choice(of: EffectMeasure.self, what: "a measure")
    }
    let preset =
      reader.optional("preset") { $0.choice(what: "a preset") } ?? context.defaults.preset
    let choices = PoolingChoices(&reader, measure, preset)
    let zeroCells = reader.element("zeroCells")
    let per = reader.element("per")
    if let measure, ![.twoRates, .oneRate].contains(measure.evidence) {
      per?.report(expected: "this key with a measure of rates only")
    }
    let outcome = reader.optional("outcome") { $0.text() }
    let diagnosticsElement = reader.element("diagnostics")
    let diagnostics =
      diagnosticsElement.flatMap {
        $0.oneOrMore(of: MetaAnalysisDiagnostic.self, what: "a diagnostic")
      } ?? []
    let selection = StudySelection(&reader, measure, context)
    let subgroups = selection?.subgroups(&reader) ?? Self.skipSubgroups(&reader)
    let moderators = selection?.moderators(&reader) ?? Self.skipModerators(&reader)
    guard let measure else { return nil }
    diagnosticsElement?.checkDiagnostics(diagnostics, measure)
    let read = zeroCells.map { $0.zeroCells(measure) }
    guard let choices, let selection, read.map({ $0 != nil }) ?? true else { return nil }
    return (
      PoolingAnalysis(
        outcome: outcome ?? selection.event?.label ?? "", measure: measure,
        pooling: choices.pooling, effects: choices.effects, tau2: choices.tau2,
        inference: choices.inference, tau2Intervals: choices.tau2Intervals,
        predictions: choices.predictions, zeroCells: read ?? nil, preset: preset,
        subgroups: subgroups, moderators: moderators, diagnostics: diagnostics,
        per: per?.positiveNumber() ?? 1, studies: selection.studies,
        studiesLeftOut: selection.studiesLeftOut),
      selection.trials
    )
  }

  /// Asks for the keys, so that they are not unknown, where the studies could not be read.
  private static func skipSubgroups(_ reader: inout ObjectReader) -> Subgroups? {
    _ = reader.element("subgroups")
    _ = reader.element("subgroupTau2")
    return nil
  }

  private static func skipModerators(_ reader: inout ObjectReader) -> [String] {
    _ = reader.element("moderators")
    return []
  }
}

extension Element {
  /// Reports diagnostics of odds ratios where the measure is another.
  fileprivate func checkDiagnostics(
    _ diagnostics: [MetaAnalysisDiagnostic], _ measure: EffectMeasure
  ) {
    guard diagnostics.count == elementCount ?? 1, measure != .oddsRatio else { return }
    for (diagnostic, element) in zip(diagnostics, eachOrItself)
    where diagnostic.isOfOddsRatios {
      element.report(expected: "a diagnostic of the measure \(quoted(measure.rawValue))")
    }
  }

  /// Reads what is added to the cells of studies.
  fileprivate func zeroCells(_ measure: EffectMeasure) -> ZeroCells? {
    guard var reader = ObjectReader(self) else { return nil }
    let faultsBefore = collector.faults.count
    let standard = ZeroCells(defaultFor: measure)
    let amount = reader.optional("add") {
      $0.number({ $0 >= 0 && $0 <= 1000 }, expected: "a number from 0 to 1000")
    }
    let target = reader.optional("to") {
      $0.choice(of: ZeroCells.Target.self, what: "the studies that it is added to")
    }
    let method = reader.optional("method") {
      $0.choice(of: ZeroCells.Method.self, what: "how it is divided")
    }
    let doubleZero = reader.optional("doubleZero") {
      $0.choice(of: ZeroCells.DoubleZero.self, what: "what becomes of studies without events")
    }
    reader.finish()
    if let method, method != .constant, measure.evidence != .twoRisks {
      let element = reader["method"] ?? self
      element.report(expected: "\"constant\", since the others divide it between two arms' risks")
    }
    guard collector.faults.count == faultsBefore else { return nil }
    return ZeroCells(
      amount: amount ?? standard.amount, target: target ?? .zeroStudies,
      method: method ?? .constant, doubleZero: doubleZero ?? standard.doubleZero)
  }
}

extension MetaAnalysisDiagnostic {
  /// Whether it exists for odds ratios of two groups alone.
  var isOfOddsRatios: Bool { self == .harbord || self == .peters }
}
