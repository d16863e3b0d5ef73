public import DoseResponse

/// How good the plates of an assay are: their controls, and what curves leave unexplained in space.
public struct PlateQualityAnalysis: Sendable {
  public struct Plate: Sendable {
    public let name: String
    /// All that were measured.
    public let wells: [AssayWell]
    /// Of the plate's own samples and vehicle; none where it has no sample.
    public let curves: [Curve]
  }

  /// The wells of a plate that one curve is fitted to.
  public struct Curve: Hashable, Sendable {
    /// Empty where there is one curve without a name.
    public let name: String
    /// By their places among ``Plate/wells``.
    public let wells: [Int]
  }

  public let assay: Assay
  /// The model whose residuals are looked at.
  public let model: DoseResponseModel
  /// In the order in which their wells come.
  public let plates: [Plate]
}
