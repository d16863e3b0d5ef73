import Comparison
import Explanations
import MetaAnalysis

/// One thing that `theriac methods` explains: a method, a measure, a choice or a kind of analysis.
public struct GuideEntry: Hashable, Sendable {
  public let name: String
  /// The kind it belongs to and its measure or key, as in `comparison: risk-ratio`.
  public let place: String
  public let title: String
  /// What is computed, in the mathematics of plain text.
  public let formula: String
  /// When to use it, and when not.
  public let use: String
  /// The convention, and how it relates to SAS and R; empty but for methods.
  public let summary: String
  /// Empty but for methods.
  public let reference: String
  /// What the signs of the formula mean.
  public let signs: String
  /// The methods there are of it.
  public let methods: [String]
}

extension Study {
  /// Everything that is called `name`: methods of several measures may share one.
  public static func guide(to name: String) -> [GuideEntry] {
    kindEntries.filter { $0.name == name } + measureEntries.filter { $0.name == name }
      + catalogue.filter { $0.method == name }.map(GuideEntry.init)
  }

  /// Every name that there is an explanation of, once.
  public static var guideNames: [String] {
    var seen: Set<String> = []
    let names = kindEntries.map(\.name) + measureEntries.map(\.name) + catalogue.map(\.method)
    return names.filter { seen.insert($0).inserted }
  }

  private static var kindEntries: [GuideEntry] { KindName.allCases.map(GuideEntry.init) }

  private static var measureEntries: [GuideEntry] {
    IncidenceMeasureName.allCases.map { GuideEntry(.incidence, $0) }
      + RiskContrast.allCases.map { GuideEntry(.comparison, $0) }
      + RateContrast.allCases.map { GuideEntry(.comparison, $0) }
      + EffectMeasure.allCases.map { GuideEntry(.metaAnalysis, $0) }
      + ChoiceKey.allCases.map(GuideEntry.init)
  }
}

extension GuideEntry {
  fileprivate init(_ entry: CatalogueEntry) {
    self.init(
      name: entry.method, place: "\(entry.kind): \(entry.measure)", title: entry.title,
      formula: entry.formula, use: entry.use, summary: entry.summary, reference: entry.reference,
      signs: KindName(rawValue: entry.kind)?.signs ?? "", methods: [])
  }

  fileprivate init(_ kind: KindName) {
    self.init(
      name: kind.rawValue, place: "kind of analysis", title: kind.title,
      formula: kind.explanation.formula, use: kind.explanation.use, summary: "", reference: "",
      signs: kind.signs,
      methods: Study.catalogue.filter { $0.kind == kind.rawValue }.map {
        $0.measure == $0.kind ? $0.method : "\($0.measure): \($0.method)"
      })
  }

  fileprivate init(_ kind: KindName, _ measure: some ExplainedMeasure) {
    self.init(
      name: measure.rawValue, place: "\(kind.rawValue): measure",
      title: measure.rawValue.replacing("-", with: " "), formula: measure.explanation.formula,
      use: measure.explanation.use, summary: "", reference: "", signs: kind.signs,
      methods: Study.catalogue.filter {
        $0.kind == kind.rawValue && $0.measure.split(separator: ",")[0] == measure.rawValue
      }.map { $0.measure.contains(",") ? "\($0.method) (strata)" : $0.method })
  }

  fileprivate init(_ key: ChoiceKey) {
    self.init(
      name: key.rawValue, place: key.kinds.map(\.rawValue).joined(separator: ", ") + ": key",
      title: key.title, formula: key.explanation.formula, use: key.explanation.use, summary: "",
      reference: "", signs: "",
      methods: Study.catalogue.filter { entry in
        entry.measure == key.measure && key.kinds.contains { $0.rawValue == entry.kind }
      }.map(\.method))
  }
}
