public import JSON

/// A fault of a study definition and the place where it was found.
public struct Fault: Error, Hashable, Sendable, CustomStringConvertible {
  public let position: Position
  /// The RFC 6901 JSON Pointer to the faulty value; empty for the whole document.
  public let pointer: String
  public let found: String
  public let expected: String
  /// The valid spelling nearest to what was found.
  public let suggestion: String?

  public init(
    position: Position, pointer: String, found: String, expected: String, suggestion: String? = nil
  ) {
    self.position = position
    self.pointer = pointer
    self.found = found
    self.expected = expected
    self.suggestion = suggestion
  }

  /// One line, in which the pointer is written as within a JSON string (RFC 6901, section 5).
  public var description: String {
    let place = pointer.isEmpty ? "/" : JSONValue.string(pointer).compact.dropFirst().dropLast()
    return "\(position): \(place): found \(found); expected \(expected)"
      + (suggestion.map { "; did you mean \"\($0)\"?" } ?? "")
  }
}

/// A study definition that cannot be run, with everything that is wrong with it in file order.
public struct InvalidStudy: Error {
  public let faults: [Fault]
  /// The paths of data files, among those faults, that cannot be read.
  public let unreadableFiles: [String]

  public init(faults: [Fault], unreadableFiles: [String] = []) {
    self.faults = faults
    self.unreadableFiles = unreadableFiles
  }
}

/// The faults met while one document is read.
final class FaultCollector {
  private let text: SourceText
  private(set) var faults: [Fault] = []
  private var known: Set<Fault> = []

  init(_ text: SourceText) {
    self.text = text
  }

  /// Records a fault; one of a file that is read for several analyses is told once.
  @discardableResult
  func record(
    at offset: Int, _ pointer: JSONPointer, found: String, expected: String, suggestion: String?
  ) -> Fault {
    let fault = Fault(
      position: text.position(of: offset), pointer: pointer.description, found: found,
      expected: expected, suggestion: suggestion)
    if known.insert(fault).inserted { faults.append(fault) }
    return fault
  }

  /// Takes back a fault that another one explains.
  func withdraw(_ fault: Fault) {
    guard known.remove(fault) != nil else { return }
    faults.removeAll { $0 == fault }
  }
}
