/// The row of results of one curve: numbers, of which one that does not exist is NaN.
///
/// Status (``FitVerdict/code``); each parameter and its standard error; each effective dose, its lower
/// and its upper limit; residual sum of squares, σ̂, degrees of freedom, iterations. An effective dose
/// that bears a parameter's name is that parameter, and only its limits follow.
public struct BatchLayout: Hashable, Sendable {
  /// The names of the columns.
  public let columns: [String]
  let parameterCount: Int
  /// Where each effective dose stands, and its lower limit, which the upper one follows.
  let effectPlaces: [(dose: Int, lower: Int)]
  /// The place of the residual sum of squares, which the last three columns follow.
  let sumOfSquaresPlace: Int

  init(_ parameters: [CurveParameter], effects: [Double]) {
    var columns = ["status"] + parameters.flatMap { [$0.rawValue, "\($0.rawValue)_se"] }
    var places: [(Int, Int)] = []
    for percent in effects {
      let name = "ed\(percent == percent.rounded() ? "\(Int(percent))" : "\(percent)")"
      let known = columns.firstIndex(of: name)
      if known == nil { columns.append(name) }
      places.append((known ?? columns.count - 1, columns.count))
      columns += ["\(name)_lower", "\(name)_upper"]
    }
    sumOfSquaresPlace = columns.count
    self.columns = columns + ["rss", "sigma", "df", "iterations"]
    parameterCount = parameters.count
    effectPlaces = places
  }

  public static func == (one: Self, other: Self) -> Bool { one.columns == other.columns }

  public func hash(into hasher: inout Hasher) { hasher.combine(columns) }
}
