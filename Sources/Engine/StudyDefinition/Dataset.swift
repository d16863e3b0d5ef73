import JSON

/// A file of data that assays and analyses name.
struct Dataset {
  /// The formats that can be read.
  enum Format: String, CaseIterable {
    case csv, npy
  }

  let name: String
  let path: String
  let format: Format
  /// Where the path stands.
  let pathElement: Element
  let element: Element

  init?(_ name: String, _ element: Element) {
    guard var reader = ObjectReader(element) else { return nil }
    let pathElement = reader.required("path") { $0 }
    let path = pathElement?.text()
    let given = reader.element("format")
    let spelling = given.map { $0.string() } ?? path.map(ending)
    reader.finish()
    guard let pathElement, let path, let spelling,
      let format = (given ?? element).format(spelling)
    else { return nil }
    (self.name, self.path, self.format) = (name, path, format)
    (self.pathElement, self.element) = (pathElement, element)
  }
}

extension NamedList<Dataset> {
  /// Reads `datasets`, an object from names to files.
  init(datasets element: Element) {
    let members = element.members() ?? []
    values = members.compactMap { Dataset($0.key, $0.value) }
    isComplete = values.count == members.count && element.isObject
  }

  /// Reports those that none of `elements`, the assays and analyses, names.
  ///
  /// Where they name one that there is not, it may be meant by that, and nothing is said.
  func reportUnused(in elements: [Element]) {
    let used = elements.reduce(into: Set<String>()) { $1.node.collectDatasets(into: &$0) }
    guard !isComplete || used.isSubset(of: values.map(\.name)) else { return }
    for dataset in values where !used.contains(dataset.name) {
      dataset.element.report(
        found: "the dataset \(quoted(dataset.name)), which nothing names",
        expected: "datasets in use only")
    }
  }
}

/// The part of a file's name behind its last point, in small letters.
func ending(of path: String) -> String {
  let name = path.split(separator: "/").last ?? ""
  return name.contains(".") ? name.split(separator: ".").last?.lowercased() ?? "" : ""
}

extension Element {
  /// The format of that name.
  func format(_ name: String) -> Dataset.Format? {
    switch name {
    case "json", "ndjson", "xpt":
      fault(
        found: "the format \(quoted(name))",
        expected: "\"csv\" or \"npy\" (json, ndjson and xpt are reserved for a later version)")
    default:
      Dataset.Format(rawValue: name)
        ?? fault(
          found: "the format \(quoted(name))", expected: "\"csv\" or \"npy\", as key or as ending")
    }
  }

  fileprivate var isObject: Bool {
    if case .object = node.value { true } else { false }
  }
}

extension JSONNode {
  /// The strings under keys `dataset`, whatever else is wrong around them.
  fileprivate func collectDatasets(into names: inout Set<String>) {
    switch value {
    case .array(let nodes): for node in nodes { node.collectDatasets(into: &names) }
    case .object(let members):
      for member in members {
        if member.key == "dataset", case .string(let name) = member.value.value {
          names.insert(name)
        }
        member.value.collectDatasets(into: &names)
      }
    case .null, .bool, .number, .string: break
    }
  }
}
