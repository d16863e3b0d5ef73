/// How a response depends on several factors at once, and where it is best.
public struct ResponseSurfaceAnalysis: Sendable {
  /// How far the polynomial in the factors goes.
  public enum Order: String, CaseIterable, Hashable, Sendable {
    case linear
    /// With squares and products of two.
    case quadratic
  }

  public enum Goal: String, CaseIterable, Hashable, Sendable {
    case maximum, minimum
  }

  /// One run of the experiment.
  public struct Row: Hashable, Sendable {
    /// One for each factor.
    public let values: [Double]
    public let response: Double
    /// Given for each row or for none.
    public let block: String?
  }

  /// One to six, names differing.
  public let factors: [Quantity]
  public let response: Quantity
  /// At least as many as the surface has coefficients.
  public let rows: [Row]
  /// How many rows of the file have no response.
  public let unmeasuredRows: Int
  public let order: Order
  public let goal: Goal
  /// Whether the numbers are made up, which every report must say.
  public let isSimulated: Bool
}
