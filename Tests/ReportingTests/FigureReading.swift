import Testing

// Reading figures as the tests need it.

/// Whether a figure is a well-formed file without numbers that are none.
func expectSound(_ svg: String, sourceLocation: SourceLocation = #_sourceLocation) {
  #expect(!svg.isEmpty, sourceLocation: sourceLocation)
  #expect(malformation(svg) == nil, sourceLocation: sourceLocation)
  for text in ["nan", "inf ", "inf\"", "-inf"] {
    #expect(!svg.contains(text), "\(text)", sourceLocation: sourceLocation)
  }
}

/// The attributes of each element of a name.
func elements(_ name: String, in svg: String) -> [[String: String]] {
  svg.split(separator: "<\(name) ").dropFirst().map { source in
    let tag = source.prefix { $0 != ">" }
    let parts = tag.split(separator: "\"", omittingEmptySubsequences: false).map(String.init)
    var attributes: [String: String] = [:]
    for index in stride(from: 0, to: parts.count - 1, by: 2) {
      let key = parts[index].filter { $0 != " " && $0 != "=" && $0 != "/" }
      attributes[key] = parts[index + 1]
    }
    return attributes
  }
}

func texts(in svg: String) -> [(text: String, anchor: String?, x: Double, y: Double)] {
  let contents = svg.split(separator: "<text ").dropFirst().map { source in
    String(source.split(separator: "<").first?.split(separator: ">").last ?? "")
  }
  return zip(elements("text", in: svg), contents).compactMap { attributes, text in
    guard let x = attributes["x"].flatMap({ Double($0) }),
      let y = attributes["y"].flatMap({ Double($0) })
    else { return nil }
    return (text, attributes["text-anchor"], x, y)
  }
}

extension String {
  /// How often `part` occurs.
  func components(of part: String) -> Int { ranges(of: part).count }
}
