/// A guide to the causes of an unexpected finding, with the evidence there is for each step.
///
/// Analyses are named by their ids; each is one of the study, of the kind that the step needs.
public enum TroubleshootAnalysis: Sendable {
  case liverEnzymes(LiverEnzymeEvidence)
  case plateletResponse(PlateletResponseEvidence)

  /// The spellings of `guide`.
  public enum Guide: String, CaseIterable, Hashable, Sendable {
    case liverEnzymes = "liver-enzymes"
    case plateletResponse = "platelet-response"
  }

  public var guide: Guide {
    switch self {
    case .liverEnzymes: .liverEnzymes
    case .plateletResponse: .plateletResponse
    }
  }

  /// The ids of the analyses that it rests on.
  public var analyses: [String] {
    let ids: [String?] =
      switch self {
      case .liverEnzymes(let evidence):
        [
          evidence.doseDependence, evidence.inVitro?.analysis, evidence.species, evidence.strain,
          evidence.immune,
        ]
      case .plateletResponse(let evidence):
        [evidence.doseResponse?.analysis, evidence.lots, evidence.cocktail]
      }
    return ids.compactMap { $0 }
  }
}

/// Unexpectedly high liver enzymes in animals.
public struct LiverEnzymeEvidence: Sendable {
  /// Toxicity to cells, and how much of the drug there is.
  public struct InVitro: Hashable, Sendable {
    /// A `dose-response` analysis.
    public let analysis: String
    public let exposure: Exposure?
    /// The ratio of the toxic concentration to the exposure below which it is flagged.
    public let margin: Double
  }

  public struct Exposure: Hashable, Sendable {
    public let concentration: Double
    /// That of the doses, where both are given.
    public let unit: String?
  }

  /// How much of a metabolite forms in animals and in man.
  public struct Metabolite: Hashable, Sendable {
    public let name: String
    public let animal: Double
    public let human: Double
  }

  /// A `trend`, `ordinal` or `dose-response` analysis.
  public let doseDependence: String?
  public let inVitro: InVitro?
  /// Empty where there is no evidence.
  public let metabolites: [Metabolite]
  /// A `dose-response` analysis that compares the curves of species.
  public let species: String?
  /// A `comparison`.
  public let strain: String?
  /// A `comparison` or an `ordinal` analysis.
  public let immune: String?
}

/// An inconsistent or low platelet response of megakaryocytes in culture.
public struct PlateletResponseEvidence: Sendable {
  public struct DoseFinding: Hashable, Sendable {
    /// A `dose-response` analysis.
    public let analysis: String
    /// In the unit of its doses.
    public let workingConcentration: Double?
  }

  /// Cells alive of those counted.
  public struct Viability: Hashable, Sendable {
    public let label: String
    public let alive: Int
    /// At least 1.
    public let total: Int
  }

  public struct MycoplasmaTest: Hashable, Sendable {
    public let label: String
    public let isPositive: Bool
  }

  public let doseResponse: DoseFinding?
  /// A `dose-response` analysis with `lots`.
  public let lots: String?
  /// A `response-surface` analysis.
  public let cocktail: String?
  /// Empty where there is no evidence, as below.
  public let viability: [Viability]
  public let minimumViability: Double
  public let mycoplasma: [MycoplasmaTest]
}
