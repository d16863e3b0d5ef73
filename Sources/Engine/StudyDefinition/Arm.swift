import JSON

/// A group of subjects of a trial.
public struct Arm: Hashable, Sendable {
  /// The amount of treatment given.
  public struct Dose: Hashable, Sendable {
    public let value: Double
    public let unit: String
  }

  public let id: String
  public let label: String
  public let treatment: String?
  public let dose: Dose?
  /// The number of subjects; `nil` where only percentages were published.
  public let subjects: Int?
  /// The time at risk of the whole arm, in years.
  public let personYears: Double?
  /// How far a search for this arm's number of subjects goes; `nil` takes the default.
  public let maximumSubjects: Int?
  /// Whether its numbers, where they are given, could be read.
  let hasSoundNumbers: Bool

  init?(_ element: Element) {
    guard var reader = ObjectReader(element) else { return nil }
    let id = reader.required("id") { $0.identifier() }
    let label = reader.required("label") { $0.text() }
    treatment = reader.optional("treatment") { $0.text() }
    dose = reader.optional("dose") { Dose($0) }
    subjects = reader.optional("subjects") { $0.count() }
    personYears = reader.optional("personYears") { $0.positiveNumber() }
    maximumSubjects = reader.optional("maximumSubjects") { $0.maximumSubjects() }
    reader.finish()
    hasSoundNumbers =
      (subjects != nil || !reader.has("subjects") && !reader.mayMean("subjects"))
      && (personYears != nil || !reader.has("personYears") && !reader.mayMean("personYears"))
    guard let id else { return nil }
    self.id = id
    self.label = label ?? id
  }
}

/// The arms of a trial by their ids, for the events that name them.
struct ArmTable {
  let byID: [String: Arm]
  /// Whether every arm could be named.
  let isComplete: Bool

  init(_ arms: NamedList<Arm>) {
    byID = Dictionary(uniqueKeysWithValues: arms.values.map { ($0.id, $0) })
    isComplete = arms.isComplete
  }
}

extension Arm.Dose {
  init?(_ element: Element) {
    guard var reader = ObjectReader(element) else { return nil }
    let value = reader.required("value") {
      $0.number({ $0 >= 0 }, expected: "a dose of at least 0")
    }
    let unit = reader.required("unit") { $0.text() }
    reader.finish()
    guard let value, let unit else { return nil }
    self.init(value: value, unit: unit)
  }
}
