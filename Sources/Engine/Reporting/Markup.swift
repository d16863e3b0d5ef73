/// Writes HTML and SVG: every text is escaped and every element closed.
///
/// What it writes is well-formed XML as well as HTML.
package struct Markup {
  /// An attribute without a value is left out.
  package typealias Attributes = KeyValuePairs<String, String?>

  package private(set) var source = ""

  package init() {}

  /// An element around what `content` writes.
  package mutating func element(
    _ name: String, _ attributes: Attributes = [:], content: (inout Markup) -> Void
  ) {
    tag(name, attributes, end: ">")
    content(&self)
    source += "</\(name)>"
  }

  /// An element around a text.
  package mutating func element(_ name: String, _ attributes: Attributes, _ text: String) {
    element(name, attributes) { $0.text(text) }
  }

  package mutating func element(_ name: String, _ text: String) {
    element(name, [:], text)
  }

  /// An element without content, such as `<br/>`.
  package mutating func empty(_ name: String, _ attributes: Attributes = [:]) {
    tag(name, attributes, end: "/>")
  }

  package mutating func text(_ text: String) {
    appendEscaped(text)
  }

  /// A line break in the source, where it means nothing to a reader.
  mutating func newLine() {
    source += "\n"
  }

  mutating func append(_ other: Markup) {
    source += other.source
  }

  private mutating func tag(_ name: String, _ attributes: Attributes, end: String) {
    source += "<\(name)"
    for (name, value) in attributes {
      guard let value else { continue }
      source += " \(name)=\""
      appendEscaped(value)
      source += "\""
    }
    source += end
  }

  private mutating func appendEscaped(_ text: String) {
    guard text.utf8.contains(where: needsCare) else {
      source += text
      return
    }
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": source += "&amp;"
      case "<": source += "&lt;"
      case ">": source += "&gt;"
      case "\"": source += "&quot;"
      case "\t", "\n", "\r", " "..."\u{FFFD}", "\u{10000}"...: source.unicodeScalars.append(scalar)
      default: break  // XML has no spelling for the other control characters.
      }
    }
  }
}

/// Whether a text with this byte may hold something to be escaped or dropped.
private func needsCare(_ byte: UInt8) -> Bool {
  // U+FFFE and U+FFFF begin with the byte EF.
  byte < 0x20 || byte == 0x22 || byte == 0x26 || byte == 0x3C || byte == 0x3E || byte == 0xEF
}
