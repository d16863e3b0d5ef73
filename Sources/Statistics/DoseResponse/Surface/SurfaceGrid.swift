public import Inference

/// A response of a surface for its drawing.
public struct SurfaceGridPoint: Hashable, Sendable {
  public let x: Double
  /// `nil` for a surface over one factor.
  public let y: Double?
  public let response: Double
}

extension ResponseSurface {
  /// The responses over the tested ranges of factors `x` and `y`, evenly spaced with both ends.
  ///
  /// The others are as in `setting`. y runs slowest; with `y` `nil` only x runs.
  ///
  /// - Throws: `NotEstimable` where aliased terms leave a response open.
  public func grid(
    x: Int, y: Int?, at setting: [Double], count: Int = 41
  ) throws(NotEstimable) -> [SurfaceGridPoint] {
    precondition(count >= 2 && x != y, "no grid of \(count) over \(x) and \(y ?? x)")
    let steps = (0..<count).map { 2 * Double($0) / Double(count - 1) - 1 }
    var points: [SurfaceGridPoint] = []
    for v in y.map({ y in steps.map { coding.natural(y, $0) } as [Double?] }) ?? [nil] {
      for u in steps.map({ coding.natural(x, $0) }) {
        var place = setting
        place[x] = u
        if let y, let v { place[y] = v }
        points.append(SurfaceGridPoint(x: u, y: v, response: try response(at: place)))
      }
    }
    return points
  }
}
