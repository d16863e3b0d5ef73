import Inference
import JSON

// How single values are read. Each reading records a fault and gives nil where it fails.

extension Element {
  func string() -> String? {
    guard case .string(let text) = node.value else { return fault(expected: "a string") }
    return text
  }

  /// A string with at least one character that is not white space.
  func text() -> String? {
    guard let text = string() else { return nil }
    guard text.contains(where: { !$0.isWhitespace }) else {
      return fault(expected: "a string that is not empty")
    }
    return text
  }

  /// A name by which other parts of the document, or files, refer to this one.
  func identifier() -> String? {
    guard let text = string() else { return nil }
    // Files are named after ids, and no file system takes names of any length.
    let isValid =
      text.utf8.first.map(isLetterOrDigit) ?? false && text.utf8.count <= maximumIDLength
      && text.utf8.allSatisfy { isLetterOrDigit($0) || "._-".utf8.contains($0) }
    guard isValid else {
      return fault(
        expected: "an id: letters, digits, '.', '_' and '-', first a letter or digit, "
          + "at most \(maximumIDLength) in all")
    }
    return text
  }

  func boolean() -> Bool? {
    guard case .bool(let value) = node.value else { return fault(expected: "true or false") }
    return value
  }

  func integer(in range: ClosedRange<Int>, expected: String) -> Int? {
    guard case .number(let number) = node.value, let value = number.integer, range.contains(value)
    else { return fault(expected: expected) }
    return value
  }

  /// A number of subjects or events.
  ///
  /// A million million is more than any study has.
  func count() -> Int? {
    integer(in: 0...1_000_000_000_000, expected: "an integer from 0 to 1000000000000")
  }

  func number(_ isValid: (Double) -> Bool, expected: String) -> Double? {
    guard case .number(let number) = node.value, number.double.isFinite, isValid(number.double)
    else { return fault(expected: expected) }
    return number.double
  }

  /// A number of a size at which squares stay in the range of doubles.
  func finiteNumber() -> Double? {
    number({ finiteNumbers.contains($0) }, expected: expectedFiniteNumber)
  }

  func positiveNumber() -> Double? {
    number({ positiveNumbers.contains($0) }, expected: "a number above 0, from 1e-100 to 1e100")
  }

  func confidenceLevel() -> ConfidenceLevel? {
    // So near 0 that all probability lies outside, no interval has limits.
    number({ $0 > 0 && $0 < 1 && 1 - $0 < 1 }, expected: "a number between 0 and 1, such as 0.95")
      .flatMap { ConfidenceLevel($0) }
  }

  /// A number of printed digits, as a string so that its decimals count.
  func printedNumber(example: String) -> PrintedNumber? {
    let expected = "a printed number as a string, such as \(quoted(example))"
    guard case .string(let text) = node.value, let number = PrintedNumber(text) else {
      return fault(expected: expected)
    }
    return number
  }

  /// One of the spellings of `Choice`.
  func choice<Choice: RawRepresentable & CaseIterable>(
    of type: Choice.Type = Choice.self, what: String
  ) -> Choice? where Choice.RawValue == String {
    let spellings = Choice.allCases.map(\.rawValue)
    guard case .string(let text) = node.value else {
      return fault(expected: "\(what): one of \(listed(spellings))")
    }
    guard let choice = Choice(rawValue: text) else {
      return fault(
        expected: "\(what): one of \(listed(spellings))",
        suggestion: nearestSpelling(to: text, among: spellings))
    }
    return choice
  }

  /// Reads every element of an array; those that fail are left out.
  func list<Value>(
    expected: String = "an array", atLeastOne: Bool = false, _ read: (Element) -> Value?
  ) -> [Value]? {
    guard let elements = elements(expected: expected) else { return nil }
    if atLeastOne, elements.isEmpty { return fault(expected: "at least one element") }
    return elements.compactMap(read)
  }

  /// A list of spellings, at least one and each once.
  func choices<Choice: RawRepresentable & CaseIterable & Hashable>(
    of type: Choice.Type = Choice.self, what: String
  ) -> [Choice]? where Choice.RawValue == String {
    var seen: Set<Choice> = []
    var expected = "an array of strings"
    if case .string(let text) = node.value,
      let meant = nearestSpelling(to: text, among: Choice.allCases.map(\.rawValue))
    {
      expected += ", such as [\(quoted(meant))]"
    }
    return list(expected: expected, atLeastOne: true) { element in
      guard let choice = element.choice(of: type, what: what) else { return nil }
      guard seen.insert(choice).inserted else {
        return element.fault(found: "\(element.description) again", expected: "each \(what) once")
      }
      return choice
    }
  }

  /// A name that must be one of `known`.
  ///
  /// Where not all of those could be read, nothing is said of a name that is not among them.
  func reference(
    to what: String, among known: some Collection<String>, isComplete: Bool
  ) -> String? {
    guard let name = string() else { return nil }
    guard known.contains(name) else {
      guard isComplete else { return nil }
      return fault(
        expected: known.isEmpty
          ? "\(what), of which there is none" : "\(what): one of \(listed(Array(known)))",
        suggestion: nearestSpelling(to: name, among: known))
    }
    return name
  }
}

/// How many characters an id may have.
let maximumIDLength = 100

let finiteNumbers = -1e100...1e100
let expectedFiniteNumber = "a number from -1e100 to 1e100"

/// The positive numbers that are taken: beyond them a rate would leave the range of doubles.
let positiveNumbers = 1e-100...1e100

private func isLetterOrDigit(_ byte: UInt8) -> Bool {
  switch byte {
  case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
    UInt8(ascii: "a")...UInt8(ascii: "z"):
    true
  default: false
  }
}
