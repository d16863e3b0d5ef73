/// `text` as RTF writes it, in ASCII: signs of the format escaped, what is beyond ASCII as `\uN?`.
func rtfEscaped(_ text: String) -> String {
  var escaped = ""
  for unit in text.utf16 {
    switch unit {
    case 0x09: escaped += "\\tab "
    case 0x0A: escaped += "\\line "
    case 0x5C, 0x7B, 0x7D: escaped += "\\" + ascii(unit)
    case 0x20...0x7E: escaped += ascii(unit)
    // What is left below 160 are control characters, which mean nothing in a text.
    case 0..<0xA0: break
    default: escaped += "\\u\(Int16(bitPattern: unit))?"
    }
  }
  return escaped
}

private func ascii(_ unit: UInt16) -> String { String(UnicodeScalar(UInt8(unit))) }

/// The width of `text` in ems, about as Arial sets it: enough to lay out columns by.
func emWidth(_ text: String) -> Double {
  text.unicodeScalars.reduce(0) { $0 + emWidth($1) }
}

private func emWidth(_ scalar: UnicodeScalar) -> Double {
  switch scalar {
  case " ", ".", ",", ":", ";", "'", "|", "!", "/", "I", "i", "j", "l", "t", "f": 0.29
  case "(", ")", "[", "]", "-", "r": 0.34
  case "M", "W", "m", "w", "@", "%", "—", "…", "∞": 0.9
  case "A"..."Z": 0.7
  case "\u{300}"..."\u{36F}": 0
  case "\u{1100}"...: 1
  default: 0.56
  }
}
