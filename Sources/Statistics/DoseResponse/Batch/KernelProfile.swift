import CFitKernels

/// Profile limits of the effective doses of a batch.
struct KernelProfile: Sendable {
  private let outlooks: [KernelOutlook]
  private let weightedOutlooks: [KernelOutlook]

  /// `nil` where none are asked for or the kernels do not know them.
  init?(_ request: BatchRequest, _ design: KernelDesign, scale: Double) {
    guard request.interval == .profile, request.bounds.isEmpty else { return nil }
    let model = design.model
    func outlooks(isWeighted: Bool) -> [KernelOutlook] {
      zip(request.effects, request.layout.effectPlaces).compactMap { percent, place in
        guard
          let axes = OutlookAxes(
            request.curve, doses: design.doses, isLogDose: model.isLogDose,
            isLocation: percent == 50 && model.shape.isSymmetric)
        else { return nil }
        return KernelOutlook(
          axes, design, arguments: model.arguments(percent: percent), isWeighted: isWeighted,
          pureScale: 1 / ((isWeighted ? 1 : scale) * model.unit * model.unit),
          columns: request.layout.columns.count, lowerColumn: place.lower)
      }
    }
    self.outlooks = outlooks(isWeighted: false)
    weightedOutlooks = outlooks(isWeighted: true)
    guard self.outlooks.count == request.effects.count else { return nil }
  }

  /// Writes the limits into rows of results; NaN where they are left to the engine of single fits.
  func write(
    _ tile: borrowing CurveTile, isWeighted: Bool, instructions: Int32, _ design: KernelDesign,
    into results: UnsafeMutablePointer<Double>
  ) {
    for outlook in isWeighted ? weightedOutlooks : outlooks {
      curves_profile(
        instructions, design.design, outlook.outlook, tile.count, tile.stride, tile.means,
        isWeighted ? tile.weights : nil, tile.state, tile.data, results)
    }
  }
}
