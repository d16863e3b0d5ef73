struct UsageError: Error, CustomStringConvertible {
  let message: String
  var description: String { message }
}

/// Words in order, and `name=value` anywhere among them.
struct Options {
  private var words: [String]
  private var values: [String: String] = [:]

  init(_ arguments: some Sequence<String>) {
    words = arguments.filter { !$0.contains("=") }
    for argument in arguments where argument.contains("=") {
      let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      values[String(parts[0])] = String(parts[1])
    }
  }

  /// The next word.
  mutating func word() -> String? { words.isEmpty ? nil : words.removeFirst() }

  mutating func path() throws -> String {
    guard let word = word() else { throw UsageError(message: "a file or folder is missing") }
    return word
  }

  func text(_ name: String) -> String? { values[name] }

  func int(_ name: String, _ standard: Int) throws -> Int {
    guard let text = values[name] else { return standard }
    guard let value = Int(text), value > 0 else { throw UsageError(message: "\(name)=\(text)") }
    return value
  }

  func choice<Choice: RawRepresentable<String>>(
    _ name: String, _ standard: Choice
  ) throws -> Choice {
    guard let text = values[name] else { return standard }
    guard let value = Choice(rawValue: text) else { throw UsageError(message: "\(name)=\(text)") }
    return value
  }
}
