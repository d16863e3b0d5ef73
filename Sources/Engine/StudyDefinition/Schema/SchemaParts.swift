import JSON

// The words of JSON Schema that the schema of study definitions is made of.

/// An object with these properties and no others; `required` are those that may not be missing.
func object(
  _ description: String, required: [String] = [],
  _ properties: [(key: String, value: JSONValue)]
) -> JSONValue {
  var members: [(key: String, value: JSONValue)] = [
    (key: "description", value: .string(description)), (key: "type", value: "object"),
    (key: "properties", value: .object(properties)),
  ]
  if !required.isEmpty {
    members.append((key: "required", value: .array(required.map { .string($0) })))
  }
  members.append((key: "additionalProperties", value: false))
  return .object(members)
}

/// An object whose keys the document chooses itself.
func dictionary(_ description: String, of value: JSONValue) -> JSONValue {
  ["description": .string(description), "type": "object", "additionalProperties": value]
}

func array(_ description: String, of items: JSONValue, atLeastOne: Bool = false) -> JSONValue {
  var members: [(key: String, value: JSONValue)] = [
    (key: "description", value: .string(description)), (key: "type", value: "array"),
    (key: "items", value: items),
  ]
  if atLeastOne { members.append((key: "minItems", value: 1)) }
  return .object(members)
}

func text(_ description: String, pattern: String? = nil) -> JSONValue {
  // A string of white space alone says nothing.
  ["description": .string(description), "type": "string", "pattern": .string(pattern ?? "\\S")]
}

func identifier(_ description: String) -> JSONValue {
  text(description, pattern: "^[A-Za-z0-9][A-Za-z0-9._-]*$")
    .demanding("maxLength", .integer(maximumIDLength))
}

func flag(_ description: String) -> JSONValue {
  ["description": .string(description), "type": "boolean"]
}

/// A number of subjects or events.
func count(_ description: String) -> JSONValue {
  integer(description, in: 0...1_000_000_000_000)
}

func integer(_ description: String, in range: ClosedRange<Int>) -> JSONValue {
  [
    "description": .string(description), "type": "integer",
    "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
  ]
}

func number(_ description: String, atLeast minimum: Double, atMost maximum: Double? = nil)
  -> JSONValue
{
  var members: [(key: String, value: JSONValue)] = [
    (key: "description", value: .string(description)), (key: "type", value: "number"),
    (key: "minimum", value: .number(minimum)),
  ]
  if let maximum { members.append((key: "maximum", value: .number(maximum))) }
  return .object(members)
}

/// A number of a size at which squares stay in the range of doubles.
func finiteNumber(_ description: String) -> JSONValue {
  number(description, atLeast: finiteNumbers.lowerBound, atMost: finiteNumbers.upperBound)
}

func positiveNumber(_ description: String) -> JSONValue {
  number(
    description, atLeast: positiveNumbers.lowerBound, atMost: positiveNumbers.upperBound)
}

func number(_ description: String, above minimum: Double, below maximum: Double? = nil)
  -> JSONValue
{
  var members: [(key: String, value: JSONValue)] = [
    (key: "description", value: .string(description)), (key: "type", value: "number"),
    (key: "exclusiveMinimum", value: .number(minimum)),
  ]
  if let maximum { members.append((key: "exclusiveMaximum", value: .number(maximum))) }
  return .object(members)
}

/// One of the spellings of `Choice`.
func choice<Choice: RawRepresentable & CaseIterable>(
  _ description: String, of type: Choice.Type
) -> JSONValue where Choice.RawValue == String {
  [
    "description": .string(description),
    "enum": .array(Choice.allCases.map { .string($0.rawValue) }),
  ]
}

/// A list of spellings of `Choice`, at least one and each once.
func choices<Choice: RawRepresentable & CaseIterable>(
  _ description: String, of type: Choice.Type
) -> JSONValue where Choice.RawValue == String {
  choices(description, spellings: Choice.allCases.map(\.rawValue))
}

/// A list of some of `spellings`, at least one and each once.
func choices(_ description: String, spellings: [String]) -> JSONValue {
  [
    "description": .string(description), "type": "array", "minItems": 1, "uniqueItems": true,
    "items": ["enum": .array(spellings.map { .string($0) })],
  ]
}

/// One of the spellings of `Choice`, or a list of them.
func oneOrMore<Choice: RawRepresentable & CaseIterable>(
  _ description: String, of type: Choice.Type
) -> JSONValue where Choice.RawValue == String {
  either(description, choice("One.", of: type), choices("Several.", of: type))
}

func reference(_ definition: String) -> JSONValue {
  ["$ref": .string("#/$defs/" + definition)]
}

func either(_ description: String, _ alternatives: JSONValue...) -> JSONValue {
  ["description": .string(description), "anyOf": .array(alternatives)]
}

extension JSONValue {
  /// This schema, with a further demand.
  func demanding(_ key: String, _ value: JSONValue) -> JSONValue {
    guard case .object(let members) = self else { preconditionFailure("not an object schema") }
    return .object(members + [(key: key, value: value)])
  }
}
