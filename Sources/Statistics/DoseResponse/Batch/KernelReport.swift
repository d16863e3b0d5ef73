import CFitKernels

/// What the kernels write into the rows of results.
final class KernelReport: @unchecked Sendable {
  let report: UnsafeMutablePointer<curve_report>
  private let effects: UnsafeMutablePointer<curve_effect>

  /// `scale`: what Σ r² of the kernels is to be multiplied by, the points of each dose or 1.
  init(_ request: BatchRequest, _ model: KernelModel, scale: Double) {
    let layout = request.layout
    func column(_ parameter: CurveParameter?) -> Int32 {
      guard let parameter, let index = request.curve.parameters.firstIndex(of: parameter) else {
        return -1
      }
      return Int32(1 + 2 * index)
    }
    func effect(_ percent: Double, dose: Int, lower: Int) -> curve_effect {
      let arguments = model.arguments(percent: percent)
      return curve_effect(
        rising: arguments.rising, falling: arguments.falling, dose_column: Int32(dose),
        lower_column: Int32(lower))
    }
    effects = .allocate(capacity: max(1, request.effects.count))
    for (index, percent) in request.effects.enumerated() {
      let place = layout.effectPlaces[index]
      (effects + index).initialize(to: effect(percent, dose: place.dose, lower: place.lower))
    }
    let (lower, upper) = (column(.lower), column(.upper))
    let interval =
      switch request.interval {
      case .wald: curve_wald
      // By which the walks of profiles take their steps.
      case .waldLog, .profile: curve_wald_log
      case .bootstrap, nil: curve_no_interval
      }
    report = .allocate(capacity: 1)
    report.initialize(
      to: curve_report(
        columns: Int32(layout.columns.count), slope_column: column(.slope),
        base_column: model.baseIsUpper ? upper : lower,
        top_column: model.baseIsUpper ? lower : upper,
        location_column: max(column(.ed50), column(.location)), scale: scale, unit: model.unit,
        slope_sign: model.slopeSign, is_mirrored: model.isMirrored ? 1 : 0,
        is_log_dose: model.isLogDose ? 1 : 0, share_rises: model.shareRises ? 1 : 0,
        interval: Int32(interval.rawValue), effects: Int32(request.effects.count), effect: effects,
        half: effect(50, dose: -1, lower: -1), most: effect(90, dose: -1, lower: -1)))
  }

  deinit {
    report.deallocate()
    effects.deallocate()
  }
}
