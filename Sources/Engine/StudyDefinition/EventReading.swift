import Incidence
import Inference
import JSON

extension Event {
  /// Reads an event of a trial with `arms`; `nil` only where the event cannot even be named.
  init?(_ element: Element, arms: ArmTable, rounding: RoundingRule) {
    guard var reader = ObjectReader(element) else { return nil }
    let name = EventName(&reader)
    let counts = reader.element("counts")
    let percent = reader.element("percent")
    if counts == nil, percent == nil {
      reader.reportMissing(
        ["counts", "percent"], found: "neither", expected: "\"counts\" or \"percent\"")
    }
    reader.finish()
    var observations: [String: Observation] = [:]
    switch (counts, percent) {
    case (let counts?, nil):
      for (arm, element) in armMembers(counts, arms) {
        if let counts = EventCounts(element, arm: arm) {
          observations[arm.id] = .counts(counts)
        }
      }
    case (nil, let percent?):
      for (arm, element) in armMembers(percent, arms) {
        if let percentage = printedPercentage(element, arm: arm, rounding: rounding) {
          observations[arm.id] = .percentage(percentage)
        }
      }
    case (nil, nil): break
    case (_?, let percent?):
      percent.report(found: "both", expected: "either \"counts\" or \"percent\"")
    }
    guard let name, !EventName.keys.contains(where: reader.misspells) else { return nil }
    self.init(name: name, observations: observations)
  }
}

extension EventName {
  /// The keys that name an event together.
  static let keys = ["term", "system", "grade", "serious"]

  /// Reads the keys that name an event; `nil`, with a fault, without a term and a system.
  init?(_ reader: inout ObjectReader) {
    term = reader.optional("term") { $0.text() }
    system = reader.optional("system") { $0.text() }
    grade = reader.optional("grade") { $0.grade() }
    serious = reader.optional("serious") { $0.boolean() } ?? false
    guard term != nil || system != nil else {
      if !reader.has("term"), !reader.has("system") {
        reader.reportMissing(
          ["term", "system"], found: "neither",
          expected: "a \"term\", or a \"system\" for the row of a whole system")
      }
      return nil
    }
  }
}

extension EventCounts {
  /// A bare number of subjects with the event, or an object with more; `nil` after any fault.
  fileprivate init?(_ element: Element, arm: Arm) {
    let faultsBefore = element.collector.faults.count
    if case .number = element.node.value {
      guard let subjects = element.count() else { return nil }
      self.init(subjects: subjects, events: nil, atRisk: nil, personYears: nil)
    } else {
      let expected = "a number of subjects, or an object with \"subjects\""
      guard var reader = ObjectReader(element, expected: expected) else { return nil }
      let subjects = reader.required("subjects") { $0.count() }
      let events = reader.optional("events") { $0.count() }
      let atRisk = reader.optional("atRisk") { $0.count() }
      let personYears = reader.optional("personYears") { $0.positiveNumber() }
      reader.finish()
      guard let subjects else { return nil }
      self.init(subjects: subjects, events: events, atRisk: atRisk, personYears: personYears)
    }
    guard element.collector.faults.count == faultsBefore, isPossible(element, arm: arm)
    else { return nil }
  }

  private func isPossible(_ element: Element, arm: Arm) -> Bool {
    if let events, events < subjects {
      element.report(
        found: "\(events) events in \(subjects) subjects with the event",
        expected: "at least one event a subject")
      return false
    }
    guard let total = atRisk ?? arm.subjects else {
      guard arm.hasSoundNumbers else { return false }
      element.report(
        found: "a count in arm \(quoted(arm.id)), which has no \"subjects\"",
        expected: "\"subjects\" in the arm, \"atRisk\" here, or \"percent\" instead of \"counts\"")
      return false
    }
    guard subjects <= total else {
      element.report(
        found: "\(subjects) subjects with the event", expected: "at most the \(total) at risk")
      return false
    }
    return true
  }
}

private func printedPercentage(
  _ element: Element, arm: Arm, rounding: RoundingRule
) -> PrintedPercentage? {
  guard let printed = element.printedNumber(example: "32.4") else { return nil }
  guard let percentage = PrintedPercentage(printed, rule: rounding) else {
    return element.fault(expected: "a percentage from 0 to 100")
  }
  guard arm.subjects != 0 else {
    return element.fault(
      found: "a percentage of arm \(quoted(arm.id)), which has no subjects",
      expected: "percentages of arms with subjects only")
  }
  return percentage
}

/// The members of `element`, whose keys must be ids of `arms`.
private func armMembers(_ element: Element, _ arms: ArmTable) -> [(Arm, Element)] {
  (element.members(expected: "an object from arm ids to values") ?? []).compactMap { id, value in
    guard let arm = arms.byID[id] else {
      guard arms.isComplete else { return nil }
      let known = arms.byID.keys.sorted()
      return value.fault(
        found: "the unknown arm \(quoted(id))",
        expected: known.isEmpty ? "an arm, of which there is none" : "one of \(listed(known))",
        suggestion: nearestSpelling(to: id, among: known))
    }
    return (arm, value)
  }
}

extension Element {
  /// A grade: a small integer, or text such as "3-4".
  func grade() -> String? {
    if case .number = node.value {
      return integer(in: 0...5, expected: "a grade from 0 to 5, or a string such as \"3-4\"")
        .map(String.init)
    }
    return text()
  }
}
