public import Inference
import Probability

/// What is fitted to each curve of a batch, and what is told of it.
public struct BatchRequest: Hashable, Sendable {
  public let curve: ResponseCurve
  public let bounds: [CurveParameter: ClosedRange<Double>]
  /// The percentages p of the effective doses EDp.
  public let effects: [Double]
  /// The limits of effective doses: `nil` for none, but not the bootstrap.
  public let interval: CurveIntervalMethod?
  public let level: ConfidenceLevel
  public let search: BatchSearch

  public init(
    _ curve: ResponseCurve, bounds: [CurveParameter: ClosedRange<Double>] = [:],
    effects: [Double] = [], interval: CurveIntervalMethod? = nil,
    level: ConfidenceLevel = .percent95,
    search: BatchSearch = .fast
  ) {
    precondition(interval != .bootstrap, "a batch has no bootstrap")
    self.curve = curve
    self.bounds = bounds
    self.effects = effects
    self.interval = interval
    self.level = level
    self.search = search
  }

  /// The critical values of limits with 0 degrees of freedom, where there are none, 1 and so on.
  func criticalValues(upTo degreesOfFreedom: Int) -> [Double] {
    let tail = level.tailProbability(.two)
    return (0...degreesOfFreedom).map { df in
      df > 0 ? StudentT(degreesOfFreedom: Double(df)).quantile(upperTail: tail) : .nan
    }
  }

  /// Where the numbers of one curve stand in its row of results.
  public var layout: BatchLayout { BatchLayout(curve.parameters, effects: effects) }
}
