/// Why a matrix cannot be factorised.
public enum LinearAlgebraError: Error, Hashable, Sendable {
  /// An entry is NaN or infinite.
  case notFinite

  /// The leading principal minor of this order (from 1) is not positive.
  case notPositiveDefinite(order: Int)

  /// The iteration for singular values or eigenvalues did not settle.
  case noConvergence
}
