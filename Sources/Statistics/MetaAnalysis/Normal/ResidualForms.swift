/// What moments and likelihoods need of P = W − WX (XᵀWX)⁻¹ XᵀW with wᵢ = 1/(vᵢ + τ²).
///
/// Py = W (y − ŷ), so yᵀPy is the generalised Q. With τ², dP/dτ² = −PP.
struct ResidualForms {
  /// yᵀPy = Σ w (y − ŷ)².
  let q: Double
  /// yᵀPPy = Σ w² (y − ŷ)².
  let q2: Double
  /// yᵀPPPy.
  let q3: Double
  /// tr P.
  let trace: Double
  /// tr PP.
  let trace2: Double
  /// Σ w.
  let weight: Double
  /// Σ w².
  let weight2: Double
  /// The weighted mean of the deviations where there is one mean, else 0.
  let mean: Double
}
