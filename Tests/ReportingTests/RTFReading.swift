/// What a word processor finds in an RTF file, read by a small reader of what Theriac writes.
struct RTFReading {
  struct Row {
    var isHeader = false
    var cells: [String] = []
    /// Where each cell ends, in twips from the margin.
    var ends: [Int] = []
    /// The cells with a rule above or below.
    var rules: Set<String> = []
  }

  struct Section {
    var isLandscape = false
    var header = ""
    var footer = ""
    var body = ""
    var rows: [Row] = []
    var pageBreaks = 0
  }

  private(set) var sections = [Section()]
  private(set) var title = ""
  /// What is wrong with the file; `nil` where nothing is.
  private(set) var malformation: String?

  private enum Place {
    case body, header, footer, title, ignored
  }

  private var places: [Place] = []
  private var text: [UInt16] = []
  private var row = Row()

  init(_ rtf: String) {
    var bytes = Array(rtf.utf8)[...]
    while malformation == nil, let byte = bytes.popFirst() {
      switch byte {
      case UInt8(ascii: "{"):
        flush()
        places.append(places.last ?? .body)
      case UInt8(ascii: "}"):
        flush()
        if places.popLast() == nil { malformation = "a group that was not opened is closed" }
      case UInt8(ascii: "\\"): readControl(&bytes)
      case 0x0A: break
      case 0x20...0x7E: text.append(UInt16(byte))
      default: malformation = "the byte \(byte)"
      }
      if places.isEmpty, !bytes.allSatisfy({ $0 == 0x0A }) {
        malformation = malformation ?? "text after the end"
      }
    }
    if !places.isEmpty { malformation = malformation ?? "a group is open at the end" }
  }

  private mutating func readControl(_ bytes: inout ArraySlice<UInt8>) {
    guard let first = bytes.first else { return malformation = "a backslash at the end" }
    guard isLetter(first) else {
      bytes.removeFirst()
      switch first {
      case UInt8(ascii: "\\"), UInt8(ascii: "{"), UInt8(ascii: "}"): text.append(UInt16(first))
      case UInt8(ascii: "*"): enter(.ignored)
      default: malformation = "the escape of the byte \(first)"
      }
      return
    }
    let word = String(decoding: bytes.prefix(while: isLetter), as: UTF8.self)
    bytes = bytes.drop(while: isLetter)
    let digits = bytes.prefix { $0 == UInt8(ascii: "-") || (0x30...0x39).contains($0) }
    bytes = bytes.dropFirst(digits.count)
    if bytes.first == UInt8(ascii: " ") { bytes.removeFirst() }
    apply(word, Int(String(decoding: digits, as: UTF8.self)), &bytes)
  }

  private mutating func apply(_ word: String, _ number: Int?, _ bytes: inout ArraySlice<UInt8>) {
    switch word {
    case "u":
      guard let number, let unit = Int16(exactly: number), bytes.popFirst() == UInt8(ascii: "?")
      else { return malformation = "a character that is not \\uN?" }
      text.append(UInt16(bitPattern: unit))
    case "par": text += Array("\n".utf16)
    case "line": text += Array(" ".utf16)
    case "tab": text += Array("\t".utf16)
    case "header": enter(.header)
    case "footer": enter(.footer)
    case "title": enter(.title)
    case "fonttbl": enter(.ignored)
    case "sect":
      flush()
      sections.append(Section())
    case "lndscpsxn": sections[sections.count - 1].isLandscape = true
    case "trowd":
      flush()
      row = Row()
    case "pagebb": sections[sections.count - 1].pageBreaks += 1
    case "trhdr": row.isHeader = true
    case "clbrdrt", "clbrdrb": row.rules.insert(word)
    case "cellx": row.ends.append(number ?? 0)
    case "cell":
      row.cells.append(String(decoding: text, as: UTF16.self))
      text = []
    case "row":
      if row.cells.count != row.ends.count {
        malformation = "a row of \(row.cells.count) texts in \(row.ends.count) cells"
      }
      sections[sections.count - 1].rows.append(row)
    default: break
    }
  }

  /// What stands in the innermost group goes to `place`.
  private mutating func enter(_ place: Place) {
    if !places.isEmpty { places[places.count - 1] = place }
  }

  /// The texts of a cell wait for its end, others go where their group belongs.
  private mutating func flush() {
    guard row.cells.count == row.ends.count || places.last != .body else { return }
    let read = String(decoding: text, as: UTF16.self)
    text = []
    switch places.last {
    case .body: sections[sections.count - 1].body += read
    case .header: sections[sections.count - 1].header += read
    case .footer: sections[sections.count - 1].footer += read
    case .title: title += read
    case .ignored, nil: break
    }
  }
}

private func isLetter(_ byte: UInt8) -> Bool {
  (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
}
