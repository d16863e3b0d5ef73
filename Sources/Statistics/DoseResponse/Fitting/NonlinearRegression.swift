public import Inference
import LinearAlgebra

/// The fit of any model, given as a function with its gradient.
///
/// Two descents start from the same place, by Moré's scaling and with geodesic acceleration: where
/// one ends at a worse minimum, or where the curve runs off, the other often does not. The better is
/// polished by Gauss–Newton steps.
public struct NonlinearRegression: Sendable {
  public let responses: [Double]
  public let weights: [Double]
  public let maximumIterations: Int

  private let model: @Sendable ([Double]) -> MeanResponse

  /// The regression of `responses` on `model`, which gives all of f and ∂f/∂θ for any θ.
  ///
  /// `weights` multiply the squared residuals: the variances are σ²/w. Where the model has no finite
  /// value, a step is not taken.
  public init(
    responses: [Double], weights: [Double]? = nil, maximumIterations: Int = 2000,
    model: @escaping @Sendable (_ parameters: [Double]) -> MeanResponse
  ) {
    self.responses = responses
    self.weights = weights ?? [Double](repeating: 1, count: responses.count)
    precondition(self.weights.count == responses.count, "weights for other responses")
    precondition(
      self.weights.allSatisfy { $0 >= 0 && $0.isFinite } && responses.allSatisfy(\.isFinite),
      "responses and weights must be finite, weights not negative")
    self.maximumIterations = maximumIterations
    self.model = model
  }

  /// The best of the minima reached from `start`, within `bounds` where given.
  ///
  /// A parameter is held where both its bounds are equal.
  ///
  /// - Throws: `NotEstimable` if there are fewer observations than parameters or the model has no
  ///   finite value at the start.
  public func fit(
    start: [Double], bounds: [ClosedRange<Double>]? = nil
  ) throws(NotEstimable) -> LeastSquaresFit {
    let problem = LeastSquaresProblem(
      lower: bounds?.map(\.lowerBound) ?? start.map { _ in -.infinity },
      upper: bounds?.map(\.upperBound) ?? start.map { _ in .infinity },
      responseNorm: norm(weighted(responses)), linearization: linearization)
    let outcomes = LevenbergMarquardt.Strategy.allCases.compactMap { strategy in
      LevenbergMarquardt(strategy: strategy, maximumIterations: maximumIterations)
        .descend(problem, from: start).map(problem.polished)
    }
    guard let best = outcomes.best else {
      throw NotEstimable("the model has no finite value at the start")
    }
    return try LeastSquaresFit(
      best, of: problem, observations: weights.count { $0 > 0 }, pureError: 0,
      minima: distinctMinima(outcomes.map(\.sumOfSquares)), limit: maximumIterations)
  }

  private func linearization(_ parameters: [Double]) -> Linearization? {
    let mean = model(parameters)
    let point = Linearization(
      residuals: weighted(zip(responses, mean.values).map { $0 - $1 }),
      jacobian: mean.jacobian.scalingRows(by: weights.map { $0.squareRoot() }))
    return point.isFinite ? point : nil
  }

  private func weighted(_ values: [Double]) -> [Double] {
    zip(weights, values).map { $0.squareRoot() * $1 }
  }
}

extension [LevenbergMarquardt.Outcome] {
  /// That with the smallest sum of squares; of those that rounding alone tells apart, the one whose
  /// residuals are nearest to right angles with J.
  fileprivate var best: Element? {
    let smallest = map(\.sumOfSquares).min() ?? 0
    return filter { $0.sumOfSquares <= smallest * (1 + 1e-12) }.min { $0.cosine < $1.cosine }
  }
}

/// The sums of squares in increasing order, one of those that differ by less than 1e-6 of themselves.
func distinctMinima(_ sums: [Double]) -> [Double] {
  sums.sorted().reduce(into: []) { distinct, sum in
    if let last = distinct.last, sum - last <= 1e-6 * abs(sum) { return }
    distinct.append(sum)
  }
}
