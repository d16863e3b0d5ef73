import Incidence
import Inference

/// A method that a study definition can ask for, with where it belongs.
public struct CatalogueEntry: Hashable, Sendable {
  public let kind: String
  public let measure: String
  /// The spelling in `methods`.
  public let method: String
  public let title: String
  public let summary: String
  public let reference: String

  fileprivate init(_ kind: KindName, _ measure: String, _ method: some StatisticalMethod) {
    self.kind = kind.rawValue
    self.measure = measure
    self.method = method.rawValue
    title = method.title
    summary = method.summary
    reference = method.reference
  }
}

extension Study {
  /// Every method that can be asked for, by kind and measure.
  public static var catalogue: [CatalogueEntry] {
    ProportionIntervalMethod.allCases.map {
      CatalogueEntry(.incidence, IncidenceMeasureName.risk.rawValue, $0)
    }
      + RateIntervalMethod.allCases.map {
        CatalogueEntry(.incidence, IncidenceMeasureName.rate.rawValue, $0)
      }
  }
}
