public import Inference
import JSON

/// A number or a verdict that a publication prints, to be held against the computed one.
public struct PublishedValue: Sendable {
  /// What is printed.
  public enum Printed: Hashable, Sendable {
    case number(PrintedNumber)
    /// "<0.001"
    case below(PrintedNumber)
    /// ">100"
    case above(PrintedNumber)
    case infinite
    case notEstimable
    /// How something ended, of the statistic ``status``: `converged`, `supported`, `saddle`.
    case verdict(String)
  }

  /// The statistic whose value is a word.
  static let status = "status"

  /// The id of the analysis that computes it.
  public let analysis: String
  public let selector: RowSelector
  public let printed: Printed
  /// The number as it stands in the file.
  public let text: String
  /// The publication prints the statistic times this.
  public let scale: Double
  /// Why the printed value is not expected to come out.
  public let differs: String?
  /// The id of a source.
  public let source: String?

  /// Its first byte in the file.
  let offset: Int
  public let pointer: String

  init?(
    _ element: Element, analyses: [String], isComplete: Bool, sources: NamedList<Source>
  ) {
    guard var reader = ObjectReader(element) else { return nil }
    let faultsBefore = element.collector.faults.count
    let analysis = reader.required("analysis") {
      $0.reference(to: "the id of an analysis", among: analyses, isComplete: isComplete)
    }
    let place = reader.required("where") { RowPlaceSelector($0) }
    let measure = reader.optional("measure") { $0.text() }
    let method = reader.optional("method") { $0.string() }
    let statistic = reader.required("statistic") { $0.text() }
    let value = reader.required("value") { element in
      element.publishedValue(mayBeVerdict: statistic == Self.status)
        .map { (printed: $0, text: element.string() ?? "") }
    }
    scale = reader.optional("scale") { $0.positiveNumber() } ?? 1
    differs = reader.optional("differs") { $0.text() }
    source = reader.optional("source") {
      $0.reference(to: sources)
    }
    reader.finish()
    // Which row a faulty one means is not known.
    guard let analysis, let place, let statistic, let value,
      element.collector.faults.count == faultsBefore
    else { return nil }
    self.analysis = analysis
    selector = RowSelector(place: place, measure: measure, method: method, statistic: statistic)
    printed = value.printed
    text = value.text
    offset = element.node.range.lowerBound
    pointer = element.pointer.description
  }
}

/// Which row of an analysis is meant.
public struct RowSelector: Hashable, Sendable {
  public let place: RowPlaceSelector
  public let measure: String?
  /// Empty for a row without a method, such as the plain estimate.
  public let method: String?
  public let statistic: String
}

/// The groups and the variable of a row, as far as `where` names them.
public struct RowPlaceSelector: Hashable, Sendable {
  /// The names of groups that rows can have.
  static let groupNames = [
    "trial", "arm", "treatment", "reference", "system", "stratum", "study", "subgroup", "omitted",
    "added", "curve", "anchor", "group", "category", "baseline", "worst", "first", "second",
    "lot", "plate", "cause", "step", "axis",
  ]

  /// The names of variables that rows can have, beside events.
  static let variableNames = ["outcome", "parameter"] + curveVariableNames

  /// Those of which a row may have the empty level.
  static let curveVariableNames = [
    "effective_dose", "fit", "selection", "comparison", "ratio", "coefficient", "stationary_point",
    "optimum", "canonical", "direction", "response", "surface", "evidence",
  ]

  /// Level by group name.
  public let groups: [String: String]
  public let event: EventSelector?
  /// Level by the name of another variable.
  public let variables: [String: String]

  init?(_ element: Element) {
    guard var reader = ObjectReader(element) else { return nil }
    let faultsBefore = element.collector.faults.count
    groups = Self.texts(Self.groupNames, &reader)
    variables = Self.texts(Self.variableNames, &reader)
    let term = reader.optional("term") { EventSelector($0) }
    let grade = reader.optional("grade") { $0.grade() }
    let serious = reader.optional("serious") { $0.boolean() }
    reader.finish()
    let isNarrowed = grade != nil || serious != nil
    event = (term ?? (isNarrowed ? .any : nil))?.narrowed(grade: grade, serious: serious)
    guard element.collector.faults.count == faultsBefore else { return nil }
  }

  private static func texts(
    _ keys: [String], _ reader: inout ObjectReader
  ) -> [String: String] {
    keys.reduce(into: [:]) { texts, key in
      texts[key] = reader.optional(key) {
        curveVariableNames.contains(key) ? $0.string() : $0.text()
      }
    }
  }
}

extension Element {
  fileprivate func publishedValue(mayBeVerdict: Bool) -> PublishedValue.Printed? {
    let expected =
      "a printed value as a string, such as \"1.76\", \"<0.001\", \">100\", "
      + "\"infinite\" or \"not estimable\", of at most eighteen digits and without an exponent"
      + (mayBeVerdict ? ", or a verdict such as \"converged\"" : "")
    guard case .string(let text) = node.value else { return fault(expected: expected) }
    if mayBeVerdict, text.isVerdict { return .verdict(text) }
    switch text {
    case "infinite": return .infinite
    case "not estimable": return .notEstimable
    default: break
    }
    let isInequality = text.hasPrefix("<") || text.hasPrefix(">")
    let number = isInequality ? text.dropFirst().drop { $0 == " " } : text[...]
    guard let printed = PrintedNumber(number) else {
      return fault(expected: expected)
    }
    return switch text.first {
    case "<": .below(printed)
    case ">": .above(printed)
    default: .number(printed)
    }
  }
}

extension String {
  /// Whether it is made of lower-case words joined by hyphens.
  fileprivate var isVerdict: Bool {
    split(separator: "-", omittingEmptySubsequences: false).allSatisfy { word in
      !word.isEmpty && word.utf8.allSatisfy { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }
    }
  }
}
