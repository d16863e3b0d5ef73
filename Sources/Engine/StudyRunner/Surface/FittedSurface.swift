import DoseResponse
import Inference
import StudyDefinition

/// The surface of an analysis with what follows from it, each fitted once when it is first asked for.
final class FittedSurface {
  let analysis: ResponseSurfaceAnalysis

  private lazy var fit = result { () throws(NotEstimable) in
    try ResponseSurface(
      analysis.rows.map {
        SurfacePoint($0.values, response: $0.response, block: $0.block ?? "")
      }, factors: analysis.factors.map(\.name), order: analysis.surfaceOrder)
  }
  private lazy var axes = result { () throws(NotEstimable) in
    try self.fit.get().canonicalAxes()
  }
  private lazy var best = result { () throws(NotEstimable) in
    try self.fit.get().optimum(analysis.goal == .maximum ? .maximum : .minimum)
  }

  init(_ analysis: ResponseSurfaceAnalysis) {
    self.analysis = analysis
  }

  var surface: ResponseSurface {
    get throws(NotEstimable) { try fit.get() }
  }

  /// The principal axes, the most negative eigenvalue first.
  var canonicalAxes: [CanonicalAxis] {
    get throws(NotEstimable) { try axes.get() }
  }

  /// The best setting within the tested ranges.
  var optimum: SurfaceOptimum {
    get throws(NotEstimable) { try best.get() }
  }

  private func result<Value>(
    _ compute: () throws(NotEstimable) -> Value
  ) -> Result<Value, NotEstimable> {
    do throws(NotEstimable) { return .success(try compute()) } catch { return .failure(error) }
  }
}

extension ResponseSurfaceAnalysis {
  var surfaceOrder: SurfaceOrder { order == .linear ? .linear : .quadratic }

  /// The terms of the polynomial, then the blocks, known before anything is fitted.
  var terms: [SurfaceTerm] {
    var seen: Set<String> = []
    let blocks = rows.compactMap(\.block).filter { seen.insert($0).inserted }
    return SurfaceTerm.polynomial(surfaceOrder, factors: factors.count)
      + (blocks.count > 1 ? blocks.map { .block($0) } : [])
  }
}
