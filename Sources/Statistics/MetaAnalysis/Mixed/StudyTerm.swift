/// One study's part of a logarithm of a likelihood, with its derivatives.
///
/// Its parameters are the linear predictor μ = xβ, then those that all studies share: the mean
/// level in some models, and last the standard deviations of what varies between studies.
struct StudyTerm {
  var value: Double
  var gradient: [Double]
  /// Row by row.
  var hessian: [Double]
  /// By the squares of the standard deviations, which tells at 0 whether to leave it.
  var squares: [Double]
  /// The nodes of the quadrature; 1 without one.
  var nodes = 1
}

/// A study whose likelihood is known as a function of a few parameters.
protocol StudyLikelihood: Sendable {
  /// Where the logarithms of integrals of successive numbers of nodes agree to `agreement`.
  func term(
    _ parameters: [Double], agreement: Double
  ) throws(UnresolvedIntegral) -> StudyTerm
}
