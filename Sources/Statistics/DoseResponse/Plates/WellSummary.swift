/// The responses of wells that are alike.
public struct WellSummary: Hashable, Sendable {
  public let count: Int

  public let mean: Double

  /// s, over n − 1; `nil` for one well.
  public let standardDeviation: Double?

  public let median: Double

  /// 1.4826 times the median of |x − median|, which for normal responses estimates what s does.
  ///
  /// `nil` for one well.
  public let robustStandardDeviation: Double?

  /// - Returns: `nil` for no responses.
  /// - Precondition: The responses are in increasing order.
  init?(sorted responses: [Double]) {
    guard let origin = responses.first else { return nil }
    let count = Double(responses.count)
    // From one of the responses no digits are lost to a large common part.
    let mean = origin + responses.reduce(0) { $0 + ($1 - origin) } / count
    let median = Self.median(sorted: responses)
    self.count = responses.count
    self.mean = mean
    self.median = median
    guard responses.count > 1 else {
      standardDeviation = nil
      robustStandardDeviation = nil
      return
    }
    let largest = responses.reduce(0) { max($0, abs($1 - mean)) }
    // A power of two is taken out, lest squares of very small or large responses vanish or overflow.
    let unit = largest > 0 ? Double(sign: .plus, exponent: largest.exponent, significand: 1) : 1
    let squares = responses.reduce(0) {
      let deviation = ($1 - mean) / unit
      return $0 + deviation * deviation
    }
    standardDeviation = unit * (squares / (count - 1)).squareRoot()
    robustStandardDeviation =
      1.4826 * Self.median(sorted: responses.map { abs($0 - median) }.sorted())
  }

  /// s²/n, the variance of the mean; `nil` for one well.
  public var meanVariance: Double? { standardDeviation.map { $0 * $0 / Double(count) } }

  static func median(sorted values: [Double]) -> Double {
    let middle = values.count / 2
    return values.count.isMultiple(of: 2)
      ? values[middle - 1] + (values[middle] - values[middle - 1]) / 2 : values[middle]
  }
}
