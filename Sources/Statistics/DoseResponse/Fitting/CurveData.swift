/// One measured response.
public struct DoseResponsePoint: Hashable, Sendable {
  public let dose: Double
  public let response: Double
  /// Multiplies the squared residual: the variance is σ²/w.
  public let weight: Double
  /// The plate, whose blank is as uncertain for all its points; see ``CurveSet/blankVariances``.
  public let plate: Int

  public init(dose: Double, response: Double, weight: Double = 1, plate: Int = 0) {
    self.dose = dose
    self.response = response
    self.weight = weight
    self.plate = plate
  }
}

/// Why points do not make a curve's data.
public enum CurveDataError: Error, Hashable, Sendable {
  case noPoints
  case notFinite(index: Int)
  case negativeWeight(index: Int)
}

/// What a least-squares fit needs of the points of one curve: their means, one a dose and plate.
///
/// Σ w (y − f)² = Σ (w of the dose) (mean − f)² + pure error, exactly. Points in any order give the
/// same numbers to the last digit.
public struct CurveData: Hashable, Sendable {
  /// The points at one dose of one plate.
  public struct DoseMean: Hashable, Sendable {
    public let dose: Double
    public let plate: Int
    public let mean: Double
    /// The sum of the weights.
    public let weight: Double
    public let count: Int
  }

  /// The points with a weight above 0, in increasing order of dose, plate, response and weight; none
  /// where only their means are known.
  public let points: [DoseResponsePoint]

  /// In increasing order of dose, then of plate.
  public let means: [DoseMean]

  /// Σ w (y − mean)² within doses.
  public let pureErrorSumOfSquares: Double

  /// The number of points with a weight above 0.
  public let count: Int

  /// The number of different doses.
  public var doseCount: Int { Set(means.map(\.dose)).count }

  /// This with all points on one plate.
  var onOnePlate: CurveData {
    get throws(CurveDataError) {
      try CurveData(
        points.map { DoseResponsePoint(dose: $0.dose, response: $0.response, weight: $0.weight) })
    }
  }

  /// Takes the points as they are, each a mean of its own, unless `replicatesAreReduced`.
  ///
  /// - Throws: ``CurveDataError`` if a number is not finite, a weight negative, or none above 0.
  public init(
    _ points: [DoseResponsePoint], replicatesAreReduced: Bool = true
  ) throws(CurveDataError) {
    for (index, point) in points.enumerated() {
      guard point.dose.isFinite, point.response.isFinite, point.weight.isFinite else {
        throw .notFinite(index: index)
      }
      guard point.weight >= 0 else { throw .negativeWeight(index: index) }
    }
    let sorted = points.filter { $0.weight > 0 }.sorted {
      ($0.dose, $0.plate, $0.response, $0.weight) < ($1.dose, $1.plate, $1.response, $1.weight)
    }
    guard !sorted.isEmpty else { throw .noPoints }
    self.points = sorted
    count = sorted.count
    guard replicatesAreReduced else {
      means = sorted.map {
        DoseMean(
          dose: $0.dose, plate: $0.plate, mean: $0.response, weight: $0.weight, count: 1)
      }
      pureErrorSumOfSquares = 0
      return
    }
    var means: [DoseMean] = []
    var pureError = 0.0
    var start = 0
    while start < sorted.count {
      let first = sorted[start]
      let end =
        sorted[start...].firstIndex { $0.dose != first.dose || $0.plate != first.plate }
        ?? sorted.count
      let group = sorted[start..<end]
      let summary = Self.summary(group)
      means.append(summary.mean)
      pureError += summary.sumOfSquares
      start = end
    }
    self.means = means
    pureErrorSumOfSquares = pureError
  }

  /// What is left of points of which only `means`, in increasing order of dose, are known.
  init(means: [DoseMean], pureErrorSumOfSquares: Double) {
    points = []
    count = means.reduce(0) { $0 + $1.count }
    self.means = means
    self.pureErrorSumOfSquares = pureErrorSumOfSquares
  }

  private static func summary(
    _ group: ArraySlice<DoseResponsePoint>
  ) -> (mean: DoseMean, sumOfSquares: Double) {
    let weight = group.reduce(0) { $0 + $1.weight }
    // From the first response no digits are lost to a large common part.
    let origin = group[group.startIndex].response
    let mean =
      origin + group.reduce(0) { $0 + $1.weight * ($1.response - origin) } / weight
    let squares = group.reduce(0) {
      $0 + $1.weight * ($1.response - mean) * ($1.response - mean)
    }
    return (
      DoseMean(
        dose: group[group.startIndex].dose, plate: group[group.startIndex].plate, mean: mean,
        weight: weight, count: group.count),
      squares
    )
  }
}
