import Incidence
import JSON
import MetaAnalysis

/// What describes a study beside its counts.
struct StudyHead {
  let label: String
  let subgroup: String?
  let moderators: [String: PoolingAnalysis.Moderator]

  /// Reads `labelKey`, `subgroup` and `moderators`.
  init?(_ reader: inout ObjectReader, labelKey: String) {
    let label = reader.required(labelKey) { $0.text() }
    subgroup = reader.optional("subgroup") { $0.text() }
    moderators =
      reader.optional("moderators") { element -> [String: PoolingAnalysis.Moderator]? in
        let members = element.members(expected: "an object from names to numbers or strings") ?? []
        return members.reduce(into: [:]) { $0[$1.key] = $1.value.moderator() }
      } ?? [:]
    guard let label else { return nil }
    self.label = label
  }
}

/// A study whose arms belong to trials.
struct StudyRow {
  private let head: StudyHead
  private let sides: [ReadSide]
  let element: Element

  init?(_ element: Element, _ measure: EffectMeasure, _ context: AnalysisContext) {
    guard var reader = ObjectReader(element) else { return nil }
    let head = StudyHead(&reader, labelKey: "label")
    let treatment = reader.required("treatment") { $0 }
    let reference = reader.element("reference")
    let needsReference = measure.evidence == .twoRisks || measure.evidence == .twoRates
    if needsReference, reference == nil { reader.reportMissing("reference") }
    reader.finish()
    guard let head, let treatment else { return nil }
    self.head = head
    self.element = element
    switch measure.evidence {
    case .twoRisks, .twoRates:
      guard let reference,
        let pair = ReadPair(treatment: treatment, reference: reference, context)
      else { return nil }
      sides = [pair.treatment, pair.reference]
    case .oneRisk, .oneRate:
      reference?.report(expected: "no \"reference\", since the measure is of one group")
      guard let side = ReadSide(arms: treatment, context) else { return nil }
      sides = [side]
    case .effect:
      treatment.report(expected: "\"data\" with effects, since the measure is \"generic\"")
      return nil
    }
  }

  var label: String { head.label }

  var trials: [Trial] {
    sides.compactMap(\.trial).reduce(into: []) { trials, trial in
      if !trials.contains(where: { $0.id == trial.id }) { trials.append(trial) }
    }
  }

  /// What its arms report of the event; `nil` where one of them does not.
  func content(of event: EventName) -> PoolingAnalysis.Content? {
    let shares = sides.compactMap { side in side.cells(of: event).map { $0.map(\.whole) } }
    guard shares.count == sides.count else { return nil }
    return shares.count == 2
      ? .twoGroups(treatment: shares[0], reference: shares[1]) : .oneGroup(shares[0])
  }

  func study(_ content: PoolingAnalysis.Content) -> PoolingAnalysis.Study {
    PoolingAnalysis.Study(head, content, trial: trials.first?.id)
  }

  /// Reports arms whose counts cannot give the measure.
  func checkCounts(_ content: PoolingAnalysis.Content, _ measure: EffectMeasure) {
    for cell in content.cells where sides.allSatisfy({ $0.hasSoundNumbers(cell.group) }) {
      guard let missing = cell.missing(for: measure.need) else { continue }
      element.report(
        found: "no \(missing) in \(quoted(cell.group.name))",
        expected: "\(missing), which the measure needs")
    }
  }
}

extension PoolingAnalysis.Study {
  fileprivate init(_ head: StudyHead, _ content: PoolingAnalysis.Content, trial: String?) {
    self.init(
      label: head.label, subgroup: head.subgroup, moderators: head.moderators, content: content,
      trial: trial)
  }
}

extension PoolingAnalysis.Content {
  fileprivate var cells: [IncidenceAnalysis.Cell] {
    switch self {
    case .twoGroups(let treatment, let reference): (treatment + reference).map(\.cell)
    case .oneGroup(let group): group.map(\.cell)
    case .effect: []
    }
  }
}

extension IncidenceAnalysis.Cell {
  /// The whole of the arm.
  fileprivate var whole: PoolingAnalysis.ArmShare {
    PoolingAnalysis.ArmShare(cell: self, part: 0, parts: 1)
  }
}

extension EffectMeasure {
  /// What has to be known of a group.
  fileprivate var need: IncidenceAnalysis.Measure {
    switch evidence {
    case .twoRisks, .oneRisk, .effect: .risk([])
    case .twoRates, .oneRate: .rate([], numerator: .subjects, per: 1)
    }
  }
}

extension Element {
  /// Reads `studies`, whose labels differ.
  func studyRows(_ measure: EffectMeasure, _ context: AnalysisContext) -> [StudyRow]? {
    distinctRows {
      StudyRow($0, measure, context)
    } label: {
      $0.label
    }
  }

  /// Reads `data`, whose studies differ.
  func dataRows(
    _ measure: EffectMeasure, _ context: AnalysisContext
  ) -> [(study: PoolingAnalysis.Study, element: Element)]? {
    distinctRows { element -> (study: PoolingAnalysis.Study, element: Element)? in
      element.dataRow(measure, context).map { ($0, element) }
    } label: {
      $0.study.label
    }
  }

  /// `nil` where a row could not be read.
  private func distinctRows<Row>(
    _ read: (Element) -> Row?, label: (Row) -> String
  ) -> [Row]? {
    var seen: Set<String> = []
    let rows = list(atLeastOne: true) { element -> Row? in
      guard let row = read(element) else { return nil }
      guard seen.insert(label(row)).inserted else {
        return element.fault(
          found: "the study \(quoted(label(row))) again", expected: "each study once")
      }
      return row
    }
    return rows.flatMap { $0.count == elementCount ? $0 : nil }
  }

  private func dataRow(
    _ measure: EffectMeasure, _ context: AnalysisContext
  ) -> PoolingAnalysis.Study? {
    guard var reader = ObjectReader(self) else { return nil }
    let head = StudyHead(&reader, labelKey: "study")
    let content: PoolingAnalysis.Content?
    switch measure.evidence {
    case .twoRisks, .twoRates:
      content = ReadPair(&reader, "treatment", "reference", areInline: true, context).map {
        .twoGroups(
          treatment: ($0.treatment.inline.map { [$0.whole] }) ?? [],
          reference: ($0.reference.inline.map { [$0.whole] }) ?? [])
      }
    case .oneRisk, .oneRate:
      content = IncidenceAnalysis.Cell(
        countsIn: &reader, label: head?.label ?? "", context.defaults
      ).map { .oneGroup([$0.whole]) }
    case .effect: content = reader.effectSize().map { .effect($0) }
    }
    reader.finish()
    guard let head, let content, !reader.mayMean("subjects"), !reader.mayMean("personYears")
    else { return nil }
    for cell in content.cells {
      guard let missing = cell.missing(for: measure.need) else { continue }
      report(
        found: "no \(missing) in \(quoted(cell.group.name))",
        expected: "\(missing), which the measure needs")
    }
    return PoolingAnalysis.Study(head, content, trial: nil)
  }

  fileprivate func moderator() -> PoolingAnalysis.Moderator? {
    switch node.value {
    case .string: text().map { .level($0) }
    case .number: finiteNumber().map { .number($0) }
    default: fault(expected: "a number or a string")
    }
  }
}

extension ObjectReader {
  fileprivate mutating func effectSize() -> EffectSize? {
    let effect = required("effect") { $0.finiteNumber() }
    let error = required("standardError") { $0.positiveNumber() }
    guard let effect, let error else { return nil }
    return EffectSize(value: effect, variance: error * error)
  }
}
