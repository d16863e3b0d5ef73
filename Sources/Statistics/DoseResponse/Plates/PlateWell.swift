/// What a well of a plate is for.
///
/// The raw value is the spelling in a study definition.
public enum WellRole: String, CaseIterable, Sendable {
  /// Holds a compound at some dose.
  case sample
  /// All but the compound: dose 0.
  case vehicle
  /// Gives the signal that is not of the assay's subject, to be subtracted.
  case blank
  /// Holds what is known to work.
  case positive
}

/// One measured well of a plate.
public struct PlateWell: Hashable, Sendable {
  /// From 1, where the wells' places are known.
  public let row: Int?

  /// From 1, where the wells' places are known.
  public let column: Int?

  public let role: WellRole

  /// The raw signal, without anything subtracted.
  public let response: Double

  /// The raw signal that the curve fitted to the well's compound has at its dose.
  public let fitted: Double?

  public init(
    row: Int? = nil, column: Int? = nil, role: WellRole, response: Double, fitted: Double? = nil
  ) {
    self.row = row
    self.column = column
    self.role = role
    self.response = response
    self.fitted = fitted
  }

  /// The response less that of the curve.
  public var residual: Double? { fitted.map { response - $0 } }
}
