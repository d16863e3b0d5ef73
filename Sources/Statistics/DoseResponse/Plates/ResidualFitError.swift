import Inference

extension Plate {
  /// NRFE, the normalised residual fit error of the samples, in percent.
  ///
  /// The mean over the sample wells of |r| (1 + 4 p (1 − p)), where r is the residual in percent of the
  /// range between vehicle and positive control, or without positive control of the vehicle above the
  /// blank, and p is the place of the fitted response in that range, within 0 to 1. Whether 0 % is the
  /// vehicle or the other end does not matter.
  ///
  /// Ianevski et al. (2025), iScience 28:113470, as their plateQC 0.1.0 computes it, on the curves
  /// and responses of this fit: plateQC cuts responses to 0 to 100 %, holds curves to 0 % at dose 0
  /// and slopes to 0.1 to 5, and leaves out compounds with fewer than five doses, so that its numbers
  /// are near these but not the same.
  ///
  /// - Throws: `NotEstimable` if no sample has a curve or there is no range.
  public var residualFitError: Double {
    get throws(NotEstimable) {
      let controls = controls
      let zero = try present(controls.vehicle, "vehicle").mean
      let other = controls.positive?.mean ?? controls.blank?.mean ?? 0
      let range = try finite(other - zero)
      guard range != 0 else { throw NotEstimable("the controls do not differ") }
      let errors = wells.compactMap { well -> Double? in
        guard well.role == .sample, let fitted = well.fitted else { return nil }
        let p = min(1, max(0, (fitted - zero) / range))
        return 100 * abs((well.response - fitted) / range) * (1 + 4 * p * (1 - p))
      }
      guard !errors.isEmpty else { throw NotEstimable("no sample has a fitted curve") }
      return try finite(errors.sorted().reduce(0, +) / Double(errors.count))
    }
  }
}
