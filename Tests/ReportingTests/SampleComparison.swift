import Results

/// Results of comparisons as the tests need them, each with as little as possible.
extension Sample {
  /// A statistic of a comparison: `risk-difference/newcombe/lower`, or without a method.
  typealias Entry = (key: String, value: ReportedValue)

  static func comparison(
    _ groups: [ResultGroup], id: String = "drug", level: Double = 0.95
  ) -> AnalysisResult {
    var analysis = AnalysisResult(
      id: id, kind: "comparison", title: "Drug against placebo", level: level)
    analysis.groups = groups
    analysis.labels = [
      Grouping("treatment", "t/a"): "Drug", Grouping("reference", "t/p"): "Placebo",
    ]
    analysis.methods = [
      ("newcombe", "Newcombe, risk difference"), ("wald", "Wald, risk difference"),
      ("koopman", "Koopman, risk ratio"), ("likelihood-ratio", "Likelihood ratio, risk ratio"),
      ("fisher", "Fisher exact"), ("likelihood-ratio", "Likelihood-ratio χ²"),
      ("holm", "Holm"), ("double-fdr", "Double FDR"), ("new-double-fdr", "New double FDR"),
    ].map { MethodNote(name: $0.0, title: $0.1, summary: "", reference: "") }
    return analysis
  }

  static func comparedPlace(
    _ term: String, system: String? = nil, stratum: String? = nil, variable: String = "term"
  ) -> RowPlace {
    RowPlace(
      groups: [
        Grouping("treatment", "t/a"), Grouping("reference", "t/p"),
        stratum.map { Grouping("stratum", $0) } ?? system.map { Grouping("system", $0) },
      ], variable: variable, level: term)
  }

  /// The counts of both groups, of 100 subjects each unless `subjects` says otherwise.
  static func counts(_ events: (Int, Int), of subjects: (Int, Int) = (100, 100)) -> [Entry] {
    [("treatment", events.0, subjects.0), ("reference", events.1, subjects.1)].flatMap {
      side, events, subjects -> [Entry] in
      [
        ("risk//\(side)_events", .number(Double(events))),
        ("risk//\(side)_subjects", .number(Double(subjects))),
        ("risk//\(side)_percent", .number(100 * Double(events) / Double(subjects))),
      ]
    }
  }

  /// A risk difference by Newcombe's method and Fisher's test, as they might be.
  static func difference(
    _ events: (Int, Int), of subjects: (Int, Int) = (100, 100), pValue: Double = 0.5
  ) -> [Entry] {
    let difference =
      Double(events.0) / Double(subjects.0) - Double(events.1) / Double(subjects.1)
    return counts(events, of: subjects) + [
      ("risk-difference//estimate", .number(difference)),
      ("risk-difference/newcombe/lower", .number(difference - 0.05)),
      ("risk-difference/newcombe/upper", .number(difference + 0.05)),
      ("test/fisher/p_value", .number(pValue)),
    ]
  }

  static func group(
    _ place: RowPlace, _ entries: [Entry], warning: String? = nil
  ) -> ResultGroup {
    ResultGroup(
      place,
      entries.map { entry in
        let parts = entry.key.split(separator: "/", omittingEmptySubsequences: false)
          .map(String.init)
        // An adjusted p-value has a method of two parts: `test/fisher/holm/adjusted_p_value`.
        let method = parts[1..<(parts.count - 1)].joined(separator: "/")
        let name = parts[parts.count - 1]
        return Statistic(
          StatisticKey(measure: parts[0], method: method, name: name), entry.value,
          unit: name.hasSuffix("_percent") ? "%" : "", warning: method.isEmpty ? nil : warning)
      })
  }

  /// An event with a risk difference.
  static func compared(
    _ term: String, _ events: (Int, Int), system: String? = nil, pValue: Double = 0.5
  ) -> ResultGroup {
    group(comparedPlace(term, system: system), difference(events, pValue: pValue))
  }
}
