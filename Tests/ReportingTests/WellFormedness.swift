/// Why `source` is not well-formed XML as far as tags, quotes and references go; `nil` if it is.
func malformation(_ source: String) -> String? {
  var open: [Substring] = []
  var rest = source[...]
  while let start = rest.firstIndex(of: "<") {
    if let fault = strayCharacter(rest[..<start]) { return fault }
    guard let end = tagEnd(rest[start...]) else { return "an unclosed tag: \(rest[start...])" }
    let tag = rest[rest.index(after: start)..<end]
    rest = rest[rest.index(after: end)...]
    if tag.hasPrefix("?") || tag.hasPrefix("!") || tag.hasSuffix("/") { continue }
    let name = tag.drop { $0 == "/" }.prefix { $0 != " " }
    guard tag.hasPrefix("/") else {
      open.append(name)
      continue
    }
    guard open.popLast() == name else { return "</\(name)> closes nothing" }
  }
  return open.isEmpty ? strayCharacter(rest) : "<\(open[0])> stays open"
}

/// The end of the tag that `source` begins with, past quoted attributes.
private func tagEnd(_ source: Substring) -> Substring.Index? {
  var isQuoted = false
  return source.indices.first { index in
    if source[index] == "\"" { isQuoted.toggle() }
    return source[index] == ">" && !isQuoted
  }
}

private func strayCharacter(_ text: Substring) -> String? {
  if text.contains(">") { return "a stray > in \(text)" }
  let references = ["&amp;", "&lt;", "&gt;", "&quot;"]
  for index in text.indices where text[index] == "&" {
    let isReference = references.contains { text[index...].hasPrefix($0) }
    if !isReference { return "a stray & in \(text)" }
  }
  return nil
}
