/// How far two numbers may lie apart and count as the same.
public struct Tolerance: Hashable, Sendable {
  public var relative: Double
  public var absolute: Double

  /// Both finite and at least 0.
  public init(relative: Double, absolute: Double) {
    precondition(relative >= 0 && absolute >= 0, "a tolerance below 0")
    self.relative = relative
    self.absolute = absolute
  }

  /// Whether |a − b| ≤ max(absolute, relative · max(|a|, |b|)).
  public func allows(_ a: Double, _ b: Double) -> Bool {
    a == b || abs(a - b) <= max(absolute, relative * max(abs(a), abs(b)))
  }
}

/// The tolerance of every row: that of the first rule which fits it, or the general one.
public struct Tolerances: Sendable {
  public let general: Tolerance
  public let rules: [ToleranceRule]

  public init(_ general: Tolerance, rules: [ToleranceRule] = []) {
    self.general = general
    self.rules = rules
  }

  func tolerance(for key: ResultsRow.Key) -> Tolerance {
    rules.first { $0.fits(key) }?.tolerance ?? general
  }
}

/// A tolerance of its own for some rows, such as `kind=dose-response,stat_name=lower:1e-6`.
public struct ToleranceRule: Sendable {
  let conditions: [(column: String, value: String)]
  public let tolerance: Tolerance

  /// Reads `column=value,…:relative[,absolute]`, where a value that ends in `*` means all that begin so.
  ///
  /// - Throws: ``ToleranceFault`` with what was expected.
  public init(_ text: String) throws(ToleranceFault) {
    guard let colon = text.lastIndex(of: ":") else {
      throw ToleranceFault("\"\(text)\" has no colon before its tolerance")
    }
    let numbers = text[text.index(after: colon)...].split(
      separator: ",", omittingEmptySubsequences: false
    ).map { Double($0) }
    let isValid = numbers.allSatisfy { $0.map { $0.isFinite && $0 >= 0 } ?? false }
    guard isValid, (1...2).contains(numbers.count), let relative = numbers[0] else {
      throw ToleranceFault(
        "\"\(text)\" takes, behind its colon, a relative tolerance and perhaps an absolute one")
    }
    tolerance = Tolerance(
      relative: relative, absolute: numbers.count == 2 ? numbers[1] ?? 0 : 0)
    var conditions: [(column: String, value: String)] = []
    for condition in text[..<colon].split(separator: ",", omittingEmptySubsequences: false) {
      guard let sign = condition.firstIndex(of: "=") else {
        throw ToleranceFault("\"\(condition)\" in \"\(text)\" is not column=value")
      }
      let column = String(condition[..<sign])
      guard ResultsRow.keyColumns.contains(column) else {
        throw ToleranceFault(
          "\"\(column)\" is not one of \(ResultsRow.keyColumns.joined(separator: ", "))")
      }
      conditions.append((column, String(condition[condition.index(after: sign)...])))
    }
    self.conditions = conditions
  }

  func fits(_ key: ResultsRow.Key) -> Bool {
    conditions.allSatisfy { column, value in
      value.hasSuffix("*") ? key[column].hasPrefix(value.dropLast()) : key[column] == value
    }
  }
}

/// What is wrong with a tolerance as it was written.
public struct ToleranceFault: Error, CustomStringConvertible {
  public let description: String

  init(_ description: String) {
    self.description = description
  }
}
