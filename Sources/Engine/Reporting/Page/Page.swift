import Results

/// A page of HTML: the head, style, script and printed edges that reports, indexes and qualifications
/// share.
///
/// It needs no network. Without its script, which sorts, searches and tells where one is, it is read
/// all the same.
struct Page {
  let title: String
  /// What computed it: program and version, also at the foot of every printed page.
  let edition: String

  /// The page around what `content` writes into its body.
  func html(_ content: (inout Markup) -> Void) -> String {
    var body = Markup()
    content(&body)
    return head + body.source + Self.tail
  }

  /// What stands before the content of the body.
  var head: String {
    var head = Markup()
    head.element("head") { html in
      html.empty("meta", ["charset": "utf-8"])
      html.empty("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
      html.empty("meta", ["name": "color-scheme", "content": "light dark"])
      html.empty("meta", ["name": "generator", "content": edition])
      html.element("title", title)
      html.element("style", styleSheet + printedEdges)
    }
    var skip = Markup()
    skip.element("a", ["class": "skip", "href": "#main"], "Skip to the content")
    return "<!DOCTYPE html>\n<html lang=\"en\">\(head.source)\n<body>\(skip.source)\n"
  }

  /// What stands behind the content of the body.
  static let tail = "\n<script>\(pageScript)</script></body></html>\n"

  /// The lines at the edges of printed pages: title, edition, and the page's number of how many.
  private var printedEdges: String {
    let text = "font: 7.5pt Helvetica, Arial, 'Liberation Sans', sans-serif; color: #585858;"
    return """
        @page {
          @top-left { content: \(styleString(clip(title, 120))); width: 100%; \(text) }
          @bottom-left { content: \(styleString(edition)); width: 70%; \(text) }
          @bottom-right { content: 'Page ' counter(page) ' of ' counter(pages); \(text) }
        }

      """
  }
}

extension Program {
  /// What stands below what it computed.
  var edition: String { "Theriac \(version), build \(build)" }
}

extension StudyResults {
  var sourcesByID: [String: Source] {
    Dictionary(sources.map { ($0.id, $0) }) { first, _ in first }
  }
}

/// `text` as a string of a style sheet: all but letters, digits and blanks is spelled by its number.
func styleString(_ text: String) -> String {
  let scalars = text.unicodeScalars.map { scalar -> String in
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", " ", ",", ".", "-", ":", "\u{A0}"...: String(scalar)
    default: "\\\(String(scalar.value, radix: 16)) "
    }
  }
  return "'" + scalars.joined() + "'"
}
