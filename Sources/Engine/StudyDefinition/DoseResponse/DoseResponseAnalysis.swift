public import DoseResponse

/// Curves fitted to responses at several doses, with their effective doses.
public struct DoseResponseAnalysis: Sendable {
  /// A response as a curve's data.
  public struct Point: Hashable, Sendable {
    /// 0 for wells of the vehicle.
    public let dose: Double
    public let response: Double
    /// 1 unless weights are asked for, or counts are Poisson's.
    public let weight: Double
    /// The denominator of a binomial count.
    public let total: Int?
    /// `nil` for points that are not of an assay, as are the places below.
    public let role: Assay.Role?
    public let plate: String?
    public let row: Int?
    public let column: Int?
    public let lot: String?
  }

  /// The points of one curve, at least one with a weight above 0.
  public struct Curve: Hashable, Sendable {
    /// Empty where there is one curve without a name.
    public let name: String
    public let points: [Point]
    /// The points by lot, at least two lots, where curves are fitted lot by lot; else empty.
    public let lots: [Lot]
  }

  /// The points of a curve in one lot, those of vehicle wells on the lot's plates among them.
  public struct Lot: Hashable, Sendable {
    public let name: String
    public let points: [Point]
  }

  /// The response whose dose is wanted.
  public enum AbsoluteTarget: Hashable, Sendable {
    /// In units of the response.
    case response(Double)
    /// In percent of the fitted response at dose 0.
    case percentOfControl(Double)
    /// That much of the way from the fitted response at dose 0 to the mean of the positive control.
    case percentOfReference(Double)
  }

  /// What is known of a parameter.
  public enum Constraint: Hashable, Sendable {
    case value(Double)
    /// At least one of the two is given, the minimum below the maximum.
    case range(minimum: Double?, maximum: Double?)
  }

  /// What tells curves, or lots, apart.
  public enum WellKey: String, CaseIterable, Hashable, Sendable {
    case compound, curve, lot, plate
  }

  /// Where the points come from; `nil` where they are the analysis' own.
  public let assay: Assay?
  /// In the order in which their points come, names differing.
  public let curves: [Curve]
  public let models: [DoseResponseModel]
  /// Between 0 and 100.
  public let effects: [Double]
  public let absolute: [AbsoluteTarget]
  public let intervals: [CurveIntervalMethod]
  public let responseKind: ResponseKind
  /// Of parameters that at least one of the models has.
  public let constraints: [CurveParameter: Constraint]
  /// The parameters that all curves share, in those of the models that have them.
  public let shared: [CurveParameter]
  public let comparisons: [CurveComparison]
  /// The name of the curve that others are compared with; given where any comparison is.
  public let reference: String?
  /// The ratios of a parameter to that of the reference that count as parallel, 1 within each.
  public let equivalence: [CurveParameter: ClosedRange<Double>]
  public let robust: RobustMethod
  public let weights: ObservationWeights
  /// Of weights by a power of the mean; `nil` where it is to be estimated.
  public let theta: Double?
  /// Of two or more models.
  public let selection: ModelSelection?
  /// The first is used for Wald's intervals.
  public let information: [FitInformation]
  public let alpha: CedergreenAlpha
  /// Whether effective doses outside the tested doses are numbers rather than censored.
  public let extrapolates: Bool
  /// Whether curves are fitted lot by lot, or plate by plate, and pooled.
  public let lotKey: WellKey?
  /// How often the bootstrap draws.
  public let bootstrapSamples: Int
  /// How many samples the test against a flat curve takes.
  public let flatnessSamples: Int

  /// The response, for axes.
  public var response: Quantity { assay?.response ?? Quantity(name: "Response", unit: "") }
  /// The dose, for axes.
  public var dose: Quantity { assay?.dose ?? Quantity(name: "Dose", unit: "") }
}
