/// A JSON document, read strictly after RFC 8259, that remembers where everything stands.
///
/// Stricter than most readers: no byte order mark, no trailing comma or text, no lone surrogate,
/// no nesting beyond ``maximumDepth``. Repeated keys are kept for whoever interprets the document.
public struct JSONDocument: Sendable {
  public static let maximumDepth = 256

  public let text: SourceText
  public let root: JSONNode

  /// Reads `bytes` as one JSON value.
  ///
  /// - Throws: ``JSONSyntaxError``, at the first byte that cannot belong to a JSON document.
  public init(_ bytes: [UInt8]) throws(JSONSyntaxError) {
    text = SourceText(bytes)
    if let offset = text.firstInvalidByte {
      throw JSONSyntaxError(
        position: text.position(of: offset), pointer: .root,
        found: "byte 0x" + String(bytes[offset], radix: 16, uppercase: true),
        expected: "UTF-8 text")
    }
    var outcome: Result<JSONNode, JSONParser.Failure>?
    bytes.withUnsafeBufferPointer { buffer in
      var parser = JSONParser(buffer)
      outcome = Result { () throws(JSONParser.Failure) in try parser.document() }
    }
    switch outcome {
    case .success(let node): root = node
    case .failure(let failure):
      throw JSONSyntaxError(
        position: text.position(of: failure.offset), pointer: failure.pointer,
        found: failure.found, expected: failure.expected)
    case nil: preconditionFailure("the parser did not run")
    }
  }

  /// The line and column at which `node` begins.
  public func position(of node: JSONNode) -> Position { text.position(of: node.range.lowerBound) }
}

/// Why, and where, a text is not JSON.
public struct JSONSyntaxError: Error, Hashable, CustomStringConvertible {
  public let position: Position
  /// The JSON Pointer to the value that was being read.
  public let pointer: String
  public let found: String
  public let expected: String

  init(position: Position, pointer: JSONPointer, found: String, expected: String) {
    self.position = position
    self.pointer = pointer.description
    self.found = found
    self.expected = expected
  }

  public var description: String { "\(position): found \(found), expected \(expected)" }
}
