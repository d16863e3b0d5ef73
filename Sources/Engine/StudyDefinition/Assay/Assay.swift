/// An experiment in wells: each has a dose and a response.
public struct Assay: Sendable {
  /// What a well is there for; the raw value is its spelling in a study definition.
  public enum Role: String, CaseIterable, Hashable, Sendable {
    /// A dose of what is tested.
    case sample
    /// All but the dose.
    case vehicle
    /// The signal without what is measured.
    case blank
    /// What is known to act.
    case positive
  }

  /// What responses are shown as; curves are fitted to the raw signal.
  public enum Normalization: String, CaseIterable, Hashable, Sendable {
    case none
    case percentOfControl = "percent-of-control"
    /// From the vehicle (0 %) to the positive controls (100 %).
    case percentOfRange = "percent-of-range"
  }

  public let id: String
  public let title: String?
  /// Whether the numbers are made up, which every report must say.
  public let isSimulated: Bool
  /// The id of a source.
  public let source: String?
  public let response: Quantity
  public let dose: Quantity
  /// The wells that were measured, at least one of them a sample.
  public let wells: [AssayWell]
  /// How many wells of the file have no response.
  public let unmeasuredWells: Int
  public let normalization: Normalization
  public let quality: QualityCriteria

  /// What the results of analyses of it follow from.
  let origin: DataOrigin
  /// Whether it was read without a fault.
  let isSound: Bool
}

/// What is measured or given, and in what.
public struct Quantity: Hashable, Sendable {
  public let name: String
  /// Empty where there is none.
  public let unit: String

  /// Such as `Concentration (µM)`.
  public var title: String { unit.isEmpty ? name : "\(name) (\(unit))" }
}

/// One well that was measured.
public struct AssayWell: Hashable, Sendable {
  public let plate: String
  /// From 1; given with ``column`` or not at all.
  public let row: Int?
  /// From 1.
  public let column: Int?
  public let role: Assay.Role
  /// 0 for the vehicle, `nil` for blanks and for positive controls without one.
  public let dose: Double?
  public let response: Double
  public let compound: String?
  public let lot: String?
  public let curve: String?
  public let weight: Double?
  /// The denominator of a count.
  public let total: Int?
}

/// What a plate must reach to pass.
public struct QualityCriteria: Hashable, Sendable {
  /// Where the mean of the positive controls is expected.
  public struct ExpectedPositive: Hashable, Sendable {
    public let minimum: Double
    public let maximum: Double
    /// In percent of the vehicle's mean, the blank subtracted from both; else as the response.
    public let isPercent: Bool
  }

  public var minimumZPrime = 0.4
  /// Of the vehicle's coefficient of variation.
  public var maximumControlCV = 0.2
  public var positive: ExpectedPositive?
}

extension Assay {
  /// The wells of one plate.
  public struct Plate: Sendable {
    public let name: String
    public let wells: [AssayWell]

    public func wells(_ role: Role) -> [AssayWell] { wells.filter { $0.role == role } }
  }

  /// In the order in which their wells come.
  public var plates: [Plate] {
    let byName = Dictionary(grouping: wells, by: \.plate)
    var seen: Set<String> = []
    return wells.map(\.plate).filter { seen.insert($0).inserted }.map { name in
      Plate(name: name, wells: byName[name] ?? [])
    }
  }
}
