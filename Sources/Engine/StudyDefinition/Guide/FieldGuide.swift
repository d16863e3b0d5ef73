import JSON

// The fields of study definitions, as their schema describes them.

extension Study {
  /// The fields called `name`, those of one meaning together with all places where they stand.
  public static func fields(called name: String) -> [GuideEntry] {
    let found = fields.filter { $0.name == name }
    return found.map(\.text).enumerated().compactMap { index, text in
      guard found.firstIndex(where: { $0.text == text }) == index else { return nil }
      var places: [String] = []
      for field in found where field.text == text && !places.contains(field.place) {
        places.append(field.place)
      }
      return GuideEntry(field: name, of: places, text)
    }
  }

  /// Every name of a field, once.
  public static var fieldNames: [String] {
    var seen: Set<String> = []
    return fields.map(\.name).filter { seen.insert($0).inserted }
  }

  private static var fields: [Field] {
    guard case .object(let members) = schema,
      case .object(let definitions)? = members.first(where: { $0.key == "$defs" })?.value
    else { return [] }
    var walk = SchemaFields(definitions)
    walk.collect(schema, place: "study")
    for definition in definitions { walk.collect(definition.value, place: definition.key) }
    return walk.fields
  }
}

/// A key of an object of a study definition.
private struct Field {
  let name: String
  /// What the object is: `arm`, or `event.counts` for one inside another.
  let place: String
  let text: String
}

/// The properties that a schema describes, however deep.
private struct SchemaFields {
  private let definitions: [String: JSONValue]
  private(set) var fields: [Field] = []

  init(_ definitions: [(key: String, value: JSONValue)]) {
    self.definitions = Dictionary(uniqueKeysWithValues: definitions.map { ($0.key, $0.value) })
  }

  /// Adds the properties of `schema`, which is that of what stands at `place`.
  mutating func collect(_ schema: JSONValue, place: String) {
    guard case .object(let members) = schema else { return }
    for (key, value) in members {
      switch (key, value) {
      case ("properties", .object(let properties)):
        for (name, property) in properties {
          if let text = description(of: property) {
            fields.append(Field(name: name, place: place, text: text))
          }
          collect(property, place: "\(place).\(name)")
        }
      case ("anyOf", .array(let schemas)), ("oneOf", .array(let schemas)),
        ("allOf", .array(let schemas)):
        for schema in schemas { collect(schema, place: place) }
      case ("items", _), ("additionalProperties", _): collect(value, place: place)
      default: break
      }
    }
  }

  /// What a schema says of its value, with the spellings that it may have.
  private func description(of schema: JSONValue) -> String? {
    guard case .object(let members) = schema else { return nil }
    func member(_ key: String) -> JSONValue? { members.first { $0.key == key }?.value }
    if case .string(let reference)? = member("$ref") {
      let name = reference.split(separator: "/").last.map(String.init) ?? ""
      return definitions[name].flatMap(description)
    }
    guard case .string(let text)? = member("description") else { return nil }
    guard case .array(let values)? = member("enum") else { return text }
    let spellings = values.compactMap { value in
      if case .string(let text) = value { text } else { nil }
    }
    return spellings.isEmpty ? text : "\(text) One of: \(spellings.joined(separator: ", "))."
  }
}

extension GuideEntry {
  fileprivate init(field name: String, of places: [String], _ text: String) {
    let shown = places.prefix(5).joined(separator: ", ")
    self.init(
      name: name,
      place: "field of \(shown)" + (places.count > 5 ? ", … (\(places.count) in all)" : ""),
      title: text, formula: "", use: "", summary: "", reference: "", signs: "", methods: [])
  }
}
