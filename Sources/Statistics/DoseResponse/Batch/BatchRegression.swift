public import Inference

/// The fits of many curves measured at the same doses.
public struct BatchRegression: Sendable {
  public let request: BatchRequest
  public let doses: [Double]
  public let layout: BatchLayout

  private let kernel: KernelFit?
  private let single: SingleCurve

  /// Prepares fits of curves with a point at each of `doses`, which repeat for replicates.
  ///
  /// - Throws: `NotEstimable` if a dose is not finite, or negative where the model takes its logarithm.
  public init(
    _ request: BatchRequest, doses: [Double], instructions: FitInstructions = .best
  ) throws(NotEstimable) {
    guard doses.allSatisfy(\.isFinite) else { throw NotEstimable("a dose is not finite") }
    guard !request.curve.hasPositiveDoses || doses.allSatisfy({ $0 >= 0 }) else {
      throw NotEstimable("a dose is negative")
    }
    self.request = request
    self.doses = doses
    layout = request.layout
    kernel = KernelFit(request, doses: doses, instructions: instructions)
    single = SingleCurve(request)
  }

  /// Fits each row of `responses` (curves × points) into a row of `results` (curves × columns).
  ///
  /// A response that is not finite is missing. `weights`, if any, has the shape of `responses`; a
  /// weight of 0 leaves a point out.
  public func fit(
    _ responses: UnsafeBufferPointer<Double>, weights: UnsafeBufferPointer<Double>? = nil,
    into results: UnsafeMutableBufferPointer<Double>
  ) {
    let (points, width) = (doses.count, layout.columns.count)
    let curves = points == 0 ? 0 : responses.count / points
    precondition(results.count == curves * width, "\(results.count) results of \(curves) curves")
    guard curves > 0, let rows = responses.baseAddress, let first = results.baseAddress else {
      return
    }
    let hard =
      kernel?.fit(rows, weights: weights?.baseAddress, curves: curves, into: first)
      ?? Array(0..<curves)
    func data(_ curve: Int) -> [DoseResponsePoint] {
      (0..<points).compactMap { point in
        let response = rows[curve * points + point]
        guard response.isFinite else { return nil }
        return DoseResponsePoint(
          dose: doses[point], response: response, weight: weights?[curve * points + point] ?? 1)
      }
    }
    if request.interval == .profile {
      for curve in withoutLimits(first, curves, hard) {
        single.writeLimits(data(curve), into: first + curve * width)
      }
    }
    for curve in hard {
      for (column, value) in single.row(data(curve)).enumerated() {
        first[curve * width + column] = value
      }
    }
  }

  /// The curves, but for the `hard` ones, that lack limits of an effective dose.
  private func withoutLimits(
    _ results: UnsafePointer<Double>, _ curves: Int, _ hard: [Int]
  ) -> [Int] {
    var found: [Int] = []
    var rest = hard[...]
    for curve in 0..<curves {
      if rest.first == curve {
        rest.removeFirst()
      } else if layout.lacksLimits(results + curve * layout.columns.count) {
        found.append(curve)
      }
    }
    return found
  }
}
