import CFitKernels
import Glibc

/// The slopes and locations where the kernels' searches may start.
struct StartAxes {
  let signs: Int
  /// Equally far apart.
  let logSlopes: [Double]
  let locations: [Double]

  /// For curves that the doses cover: each near enough to one of them for Newton's steps.
  static func few(_ extent: DoseExtent, isSignFree: Bool) -> Self {
    // From a curve that all doses just span to one that two neighbours nearly do.
    let slopes = even(log(3.7 / extent.width), log(5.3 / extent.gap), 4)
    let (count, beyond) = (min(extent.count + 1, 100), 0.23 * extent.gap)
    let half = 0.5 * (extent.width + 2 * beyond) / Double(count)
    return StartAxes(
      signs: isSignFree ? 2 : 1, logSlopes: slopes,
      locations: even(
        extent.first - beyond + half, extent.last + beyond - half, count))
  }

  /// For any curve: from nearly straight over all doses to a step between the two nearest.
  static func many(_ extent: DoseExtent, isSignFree: Bool) -> Self {
    let positions = extent.positions
    let gaps = zip(positions, positions.dropFirst()).map { $1 - $0 }
    let steepest = max(10 * Double(extent.count) + 10, 8 * extent.width / gaps.min()!)
    let slopes = even(log(0.03 / extent.width), log(min(1e4, steepest) / extent.width), 12)
    // At equal fractions of the doses' ranks, and some beyond them.
    // Of very many doses not between all.
    let stride = 1 + positions.count / 64
    let between = zip(positions, gaps).enumerated().filter { $0.offset % stride == 0 }
      .flatMap { _, neighbours in
        (0..<3).map { neighbours.0 + neighbours.1 * Double($0) / 3 }
      }
    let beyond = [0.05, 0.1, 0.2, 0.4, 0.8, 1.6].map { $0 * extent.width }
    // The kernels take four at a time.
    let spare = (4 - (between.count + 15) % 4) % 4
    let further = (0..<spare).map { extent.last + (2 + 0.4 * Double($0)) * extent.width }
    // At the ends a curve is a power of the dose.
    return StartAxes(
      signs: isSignFree ? 2 : 1, logSlopes: slopes,
      locations: [extent.first - extent.margin] + beyond.reversed().map { extent.first - $0 }
        + between + [extent.last] + beyond.map { extent.last + $0 } + further
        + [extent.last + extent.margin])
  }

  private static func even(_ first: Double, _ last: Double, _ count: Int) -> [Double] {
    (0..<count).map { first + (last - first) * Double($0) / Double(count - 1) }
  }

  var count: Int { signs * logSlopes.count * locations.count }

  /// The grids for data of equal weight and for others, in `memory` for (2 doses + 1) `count` numbers
  /// and the locations.
  func grids(
    _ model: KernelModel, _ positions: UnsafePointer<Double>, _ doses: Int,
    _ memory: UnsafeMutablePointer<Double>, _ singles: UnsafeMutablePointer<Float>
  ) -> (equal: UnsafeMutablePointer<curve_grid>, weighted: UnsafeMutablePointer<curve_grid>) {
    let shares = memory + locations.count
    let (raw, squares) = (shares + doses * count, shares + 2 * doses * count)
    for (index, location) in locations.enumerated() { memory[index] = location }
    var start = 0
    for sign in [1.0, -1].prefix(signs) {
      for slope in logSlopes {
        for location in locations {
          let q = column(model, sign * exp(slope), location, positions, doses)
          let mean = model.freePlateaus == 2 ? q.reduce(0, +) / Double(doses) : 0
          let square = q.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
          let most = q.reduce(0) { $0 + $1 * $1 }
          // A start that is flat on these doses explains nothing.
          let norm =
            model.freePlateaus == 0 ? 1 : square > 1e-12 * most ? 1 / square.squareRoot() : 0
          squares[start] = square
          for k in 0..<doses {
            raw[start * doses + k] = q[k]
            shares[start * doses + k] = (q[k] - mean) * norm
          }
          start += 1
        }
      }
    }
    let singleShares = singles + locations.count
    for index in 0..<((2 * doses + 1) * count) { singleShares[index] = Float(shares[index]) }
    func grid(
      _ shares: UnsafePointer<Double>, _ squares: UnsafePointer<Double>?,
      _ singleShares: UnsafePointer<Float>, _ singleSquares: UnsafePointer<Float>?
    ) -> UnsafeMutablePointer<curve_grid> {
      let grid = UnsafeMutablePointer<curve_grid>.allocate(capacity: 1)
      grid.initialize(
        to: curve_grid(
          signs: Int32(signs), slopes: Int32(logSlopes.count), locations: Int32(locations.count),
          first_log_slope: logSlopes[0], log_slope_step: logSlopes[1] - logSlopes[0],
          first_location: locations[0], location_step: locations[1] - locations[0],
          places: memory, rises: model.isOrdered ? 1 : 0, shares: shares, squares: squares,
          single_shares: singleShares, single_squares: singleSquares))
      return grid
    }
    return (
      grid(shares, squares, singleShares, singleShares + 2 * doses * count),
      grid(raw, nil, singleShares + doses * count, nil)
    )
  }

  /// q at all doses; where the base is free rather −p if that is smaller, to keep its digits.
  private func column(
    _ model: KernelModel, _ slope: Double, _ location: Double, _ positions: UnsafePointer<Double>,
    _ doses: Int
  ) -> [Double] {
    let shares = (0..<doses).map {
      model.shape.share(at: slope * (positions[$0] - location), asymmetry: 1)
    }
    let (most, least) = (
      shares.reduce(0) { max($0, $1.q) }, shares.reduce(0) { max($0, $1.p) }
    )
    return model.freePlateaus == 2 && least < most ? shares.map { -$0.p } : shares.map(\.q)
  }
}
