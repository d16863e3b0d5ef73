import Incidence
import Inference
import TestSupport
import Testing

extension ReferenceRow {
  var proportionCount: BinomialCount {
    get throws { try BinomialCount(events: int("events"), total: int("total")) }
  }

  var level: ConfidenceLevel {
    get throws { try #require(ConfidenceLevel(double("level"))) }
  }

  var sides: Sides {
    get throws { try #require(Sides(rawValue: self["sides"])) }
  }

  /// The relative error of a limit; an empty field says that there is none.
  func error(_ limit: Double?, _ column: String) -> Double {
    guard let limit else { return self[column].isEmpty ? 0 : .infinity }
    return self[column].isEmpty ? .infinity : relativeError(limit, double(column))
  }
}
