public import Inference

/// The fits of many curves measured at the same doses.
public struct BatchRegression: Sendable {
  public let request: BatchRequest
  public let doses: [Double]
  public let layout: BatchLayout

  private let kernel: KernelFit?
  private let single: SingleCurve
  /// For the limits of the kernels' curves, where they are those of profiles.
  private let profile: BatchProfile?
  /// For curves of so many points that a single fit would take long.
  private let rows: RowsRegression?

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
    let rows =
      doses.count > 20_000
      ? RowsRegression(request.curve, bounds: request.bounds, instructions: instructions) : nil
    self.rows = rows
    profile = rows == nil ? BatchProfile(request, points: doses.count) : nil
    let isForKernels = rows == nil && (request.interval != .profile || profile != nil)
    kernel = isForKernels ? KernelFit(request, doses: doses, instructions: instructions) : nil
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
    var hard =
      kernel?.fit(rows, weights: weights?.baseAddress, curves: curves, into: first)
      ?? Array(0..<curves)
    if kernel != nil, let profile {
      let left = Set(hard)
      hard += (0..<curves).filter { curve in
        !left.contains(curve)
          && !profile.fill(first + curve * width, self.points(responses, weights, curve))
      }
    }
    for curve in hard {
      let row =
        if let fits = self.rows {
          row(fits, responses, weights, curve)
        } else {
          single.row(self.points(responses, weights, curve))
        }
      for (column, value) in row.enumerated() { first[curve * width + column] = value }
    }
  }

  /// The points of a curve that are not missing.
  private func points(
    _ responses: UnsafeBufferPointer<Double>, _ weights: UnsafeBufferPointer<Double>?,
    _ curve: Int
  ) -> [DoseResponsePoint] {
    doses.indices.compactMap { point in
      let place = curve * doses.count + point
      guard responses[place].isFinite else { return nil }
      return DoseResponsePoint(
        dose: doses[point], response: responses[place], weight: weights?[place] ?? 1)
    }
  }

  /// The row of one curve of very many points.
  private func row(
    _ fits: RowsRegression, _ responses: UnsafeBufferPointer<Double>,
    _ weights: UnsafeBufferPointer<Double>?, _ curve: Int
  ) -> [Double] {
    let range = (curve * doses.count)..<((curve + 1) * doses.count)
    let fit = doses.withUnsafeBufferPointer { doses in
      try? fits.fit(
        DoseRows(
          doses: doses, responses: UnsafeBufferPointer(rebasing: responses[range]),
          weights: weights.map { UnsafeBufferPointer(rebasing: $0[range]) }))
    }
    return single.row(fit?.curves)
  }
}
