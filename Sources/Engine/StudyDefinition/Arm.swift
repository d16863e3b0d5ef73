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
    guard let id else { return nil }
    self.id = id
    self.label = label ?? id
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
