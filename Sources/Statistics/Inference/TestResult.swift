/// The outcome of a test of significance.
public struct TestResult: Hashable, Sendable {
  /// The test statistic; `nil` for exact tests, whose order of outcomes has no other name.
  public let statistic: Double?

  /// Of a χ² statistic; `nil` where the statistic has none.
  public let degreesOfFreedom: Int?

  public let pValue: Double

  public init(statistic: Double? = nil, degreesOfFreedom: Int? = nil, pValue: Double) {
    self.statistic = statistic
    self.degreesOfFreedom = degreesOfFreedom
    self.pValue = pValue
  }
}
