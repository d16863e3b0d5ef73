/// The elements of a list that other parts of the document name by their ids.
struct NamedList<Value> {
  var values: [Value] = []
  /// Whether every element has a name, so that a name that is not among them is a fault.
  var isComplete = true
}

extension NamedList {
  /// Reads a list whose elements have ids; a repeated id is a fault, and its element left out.
  init(
    _ element: Element, what: String, _ read: (Element) -> Value?, id: (Value) -> String
  ) {
    var seen: Set<String> = []
    isComplete = element.elementCount != nil
    for element in element.elements() ?? [] {
      guard let value = read(element) else {
        isComplete = false
        continue
      }
      guard seen.insert(id(value)).inserted else {
        element.report(
          found: "the \(what) id \(quoted(id(value))) again", expected: "each \(what) id once")
        continue
      }
      values.append(value)
    }
  }
}
