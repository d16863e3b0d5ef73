/// `text` in lines of at most `width` characters, broken between words where possible.
func wrapped(_ text: String, width: Int, indent: Int = 0) -> [String] {
  var lines: [String] = []
  var line = ""
  for word in text.split(separator: " ") {
    let margin = lines.isEmpty ? 0 : indent
    if !line.isEmpty, margin + line.count + 1 + word.count > width {
      lines.append(padded("", margin) + line)
      line = ""
    }
    line += (line.isEmpty ? "" : " ") + word
  }
  return line.isEmpty ? lines : lines + [padded("", lines.isEmpty ? 0 : indent) + line]
}

/// `text`, filled up with spaces to `width` characters.
func padded(
  _ text: String, _ width: Int, alignment: Table.Alignment = .leading
) -> String {
  let spaces = String(repeating: " ", count: max(0, width - text.count))
  return alignment == .leading ? text + spaces : spaces + text
}

/// `text`, cut with an ellipsis to `width` characters.
func clip(_ text: String, _ width: Int) -> String {
  text.count > width ? text.prefix(max(0, width - 1)) + "…" : text
}

/// `line` without the spaces at its end.
func trimmed(_ line: String) -> String {
  String(line.reversed().drop { $0 == " " }.reversed())
}
