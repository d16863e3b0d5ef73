import Inference

extension CurveSetFit {
  /// What a robust fit's limits scale by.
  struct RobustMoments {
    /// s² (Σψ²/(n − p))/(Σψ′/n)², by which (JᵀWJ)⁻¹ is multiplied.
    ///
    /// Huber (1973), Ann. Stat. 1:799.
    let dispersion: Double
    /// s² (Σψ²/(n − p))/(Σψ′/n), by which twice the loss is divided.
    let rise: Double
    /// Σψ′/n.
    let slope: Double
  }

  /// - Throws: `NotEstimable` where residuals leave no scale, or wells far off leave no slope.
  func robustMoments() throws(NotEstimable) -> RobustMoments {
    guard case .robust(let loss, let scale) = problem.deviation, degreesOfFreedom > 0 else {
      throw NotEstimable("as many parameters as observations leave no variance")
    }
    let residuals = problem.rows.map { row in
      row.weight.squareRoot() * (row.response - response(dose: row.dose, of: row.curve)) / scale
    }
    let squares = residuals.reduce(0) { $0 + loss.psi($1) * loss.psi($1) }
    let slope = residuals.reduce(0) { $0 + loss.psiSlope($1) } / Double(residuals.count)
    guard slope > 0 else { throw NotEstimable("too many wells are far from the curve") }
    let variance = scale * scale * squares / Double(degreesOfFreedom)
    return RobustMoments(
      dispersion: variance / (slope * slope), rise: variance / slope, slope: slope)
  }
}
