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
    for curve in hard {
      let row = (0..<points).compactMap { point -> DoseResponsePoint? in
        let response = rows[curve * points + point]
        guard response.isFinite else { return nil }
        return DoseResponsePoint(
          dose: doses[point], response: response, weight: weights?[curve * points + point] ?? 1)
      }
      for (column, value) in single.row(row).enumerated() { first[curve * width + column] = value }
    }
  }
}
