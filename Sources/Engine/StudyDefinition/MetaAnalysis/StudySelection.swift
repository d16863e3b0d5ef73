import JSON
import MetaAnalysis

/// The studies of a meta-analysis: arms of trials, or counts and effects written into it.
struct StudySelection {
  var studies: [PoolingAnalysis.Study] = []
  var studiesLeftOut: [String] = []
  var trials: [Trial] = []
  var event: EventName?
  /// The elements of ``studies``, for messages.
  var elements: [Element] = []

  /// Reads either `data`, or `studies` with `event`.
  init?(_ reader: inout ObjectReader, _ measure: EffectMeasure?, _ context: AnalysisContext) {
    let source = reader.either("data", "studies", none: "none")
    let event = reader.element("event")
    let shared = reader.element("sharedArms")
    switch source {
    case .first(let data)?:
      for element in [event, shared].compactMap({ $0 }) {
        element.report(expected: "this key with \"studies\" only")
      }
      guard let measure, let rows = data.dataRows(measure, context) else { return nil }
      self.studies = rows.map(\.study)
      elements = rows.map(\.element)
    case .second(let studies)?:
      let sharing = shared.map { $0.choice(of: SharedArms.self, what: "a way to share arms") }
      guard let event else {
        reader.reportMissing("event")
        return nil
      }
      guard let measure, let selector = EventSelector(event),
        let rows = studies.studyRows(measure, context)
      else { return nil }
      resolve(rows, selector, event, measure)
      if sharing == nil || sharing == .split { shareArms(rows, isAllowed: sharing == .split) }
    case nil: return nil
    }
  }

  /// Takes the counts of the event from the arms of each study.
  private mutating func resolve(
    _ rows: [StudyRow], _ selector: EventSelector, _ event: Element, _ measure: EffectMeasure
  ) {
    for trial in rows.flatMap(\.trials) where !trials.contains(where: { $0.id == trial.id }) {
      trials.append(trial)
    }
    var isNamed = false
    for row in rows {
      let index = EventIndex(row.trials.flatMap { $0.events.map(\.name) })
      let matches = selector.matches(in: index).map { index.names[$0] }
      guard Set(matches).count <= 1 else {
        event.report(
          found: "\(quoted(selector.description)), which fits \(Set(matches).count) events",
          expected:
            "one of \(listed(Set(matches).map(\.description).sorted())), named by an object "
            + "with \"term\", \"system\", \"grade\" and \"serious\"")
        return
      }
      isNamed = isNamed || !matches.isEmpty
      guard let name = matches.first, let content = row.content(of: name) else {
        studiesLeftOut.append(row.label)
        continue
      }
      self.event = self.event ?? name
      row.checkCounts(content, measure)
      studies.append(row.study(content))
      elements.append(row.element)
    }
    if !isNamed, trials.allSatisfy(\.namesEveryEvent), !rows.isEmpty {
      let spellings = trials.flatMap { EventIndex($0.events.map(\.name)).spellings }
      event.report(
        found: "the unknown event \(quoted(selector.description))",
        expected: "an event of \(listed(trials.map(\.id)))",
        suggestion: nearestSpelling(to: selector.spelling, among: spellings))
    } else if studies.isEmpty, trials.allSatisfy(\.isSound), !rows.isEmpty {
      event.report(found: "an event that no study reports", expected: "at least one")
    }
  }

  /// Divides arms that stand in several studies, or reports them.
  private mutating func shareArms(_ rows: [StudyRow], isAllowed: Bool) {
    let uses = studies.flatMap { Set($0.arms) }.reduce(into: [:]) { uses, arm in
      uses[arm, default: 0] += 1
    }
    var used: [String: Int] = [:]
    for place in studies.indices {
      let shared = studies[place].arms.filter { uses[$0, default: 0] > 1 }
      if !isAllowed {
        for arm in shared where used.updateValue(1, forKey: arm) != nil {
          elements[place].report(
            found: "the arm \(quoted(arm)) again",
            expected: "each arm in one study, or \"sharedArms\": \"split\" or \"allow\"")
        }
      } else {
        studies[place] = studies[place].sharing { arm in
          defer { used[arm, default: 0] += 1 }
          return (used[arm, default: 0], uses[arm, default: 1])
        }
      }
    }
  }
}

/// What becomes of an arm that stands in several studies.
enum SharedArms: String, CaseIterable {
  /// Its subjects and events are divided evenly.
  case split
  /// It counts in each.
  case allow
}

extension PoolingAnalysis.Study {
  /// The names of its arms.
  fileprivate var arms: [String] {
    switch content {
    case .twoGroups(let treatment, let reference):
      (treatment + reference).map(\.cell.group.name)
    case .oneGroup(let group): group.map(\.cell.group.name)
    case .effect: []
    }
  }

  /// The study with that part of each arm.
  fileprivate func sharing(
    _ share: (String) -> (part: Int, parts: Int)
  ) -> PoolingAnalysis.Study {
    func shared(_ arms: [PoolingAnalysis.ArmShare]) -> [PoolingAnalysis.ArmShare] {
      arms.map { arm in
        let (part, parts) = share(arm.cell.group.name)
        return PoolingAnalysis.ArmShare(cell: arm.cell, part: part, parts: parts)
      }
    }
    let content: PoolingAnalysis.Content =
      switch self.content {
      case .twoGroups(let treatment, let reference):
        .twoGroups(treatment: shared(treatment), reference: shared(reference))
      case .oneGroup(let group): .oneGroup(shared(group))
      case .effect: self.content
      }
    return PoolingAnalysis.Study(
      label: label, subgroup: subgroup, moderators: moderators, content: content, trial: trial)
  }
}
