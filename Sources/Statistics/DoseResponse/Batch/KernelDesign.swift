import CFitKernels
import Glibc

/// The doses of a batch as the kernels see them, with the starts of searches.
///
/// Memory that the kernels read; nothing changes it once it is made.
final class KernelDesign: @unchecked Sendable {
  let model: KernelModel
  /// The different doses, in increasing order.
  let doses: [Double]
  /// The place of each point's dose among them.
  let places: [Int]
  /// The number of points at each dose.
  let replicates: [Int]

  let design: UnsafeMutablePointer<curve_design>
  let reduction: UnsafeMutablePointer<curve_reduction>
  /// Starts for data of equal weight, and for others.
  let grid: UnsafeMutablePointer<curve_grid>
  let weightedGrid: UnsafeMutablePointer<curve_grid>

  private let numbers: UnsafeMutablePointer<Double>
  private let indices: UnsafeMutablePointer<Int32>

  /// Whether all doses have as many points, so that no weights are needed.
  var isBalanced: Bool { Set(replicates).count == 1 }

  /// - Parameter tolerance: what a last step may promise of the sum of squares.
  init?(_ model: KernelModel, doses points: [Double], tolerance: Double) {
    let doses = Set(points).sorted()
    let places = points.map { dose in doses.firstIndex(of: dose)! }
    guard doses.count <= Int(MOST_DOSES), let extent = DoseExtent(doses, isLogDose: model.isLogDose)
    else { return nil }
    let starts = StartAxes(extent, isSignFree: !model.isMirrored)
    self.model = model
    self.doses = doses
    self.places = places
    replicates = doses.indices.map { place in places.count { $0 == place } }
    let (count, starting) = (doses.count, starts.count)
    numbers = .allocate(capacity: 2 * count + (2 * count + 1) * starting)
    indices = .allocate(capacity: points.count)
    let (positions, counts) = (numbers, numbers + count)
    let (shares, raw) = (counts + count, counts + count + count * starting)
    let squares = raw + count * starting
    for k in 0..<count {
      positions[k] = extent.position(doses[k])
      counts[k] = Double(replicates[k])
    }
    for (point, place) in places.enumerated() { indices[point] = Int32(place) }
    for (start, values) in starts.all.enumerated() {
      let q = (0..<count).map {
        model.shape.share(at: values.slope * (positions[$0] - values.location), asymmetry: 1).q
      }
      let mean = model.freePlateaus == 2 ? q.reduce(0, +) / Double(count) : 0
      let square = q.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      // A start that is flat on these doses explains nothing.
      let norm = model.freePlateaus == 0 ? 1 : square > 1e-9 ? 1 / square.squareRoot() : 0
      squares[start] = square
      for k in 0..<count {
        raw[start * count + k] = q[k]
        shares[start * count + k] = (q[k] - mean) * norm
      }
    }
    design = .allocate(capacity: 1)
    design.initialize(
      to: curve_design(
        shape: Int32(model.kernelShape.rawValue), free_plateaus: Int32(model.freePlateaus),
        doses: Int32(count), positions: positions, step: extent.step ?? 0,
        starts_at_zero: extent.startsAtZero ? 1 : 0, least_slope: 1e-2 / extent.width,
        greatest_slope: 1e5 / extent.width, least_location: extent.first - extent.margin,
        greatest_location: extent.last + extent.margin, tolerance: tolerance))
    reduction = .allocate(capacity: 1)
    reduction.initialize(
      to: curve_reduction(
        points: Int32(points.count), doses: Int32(count), places: indices, replicates: counts,
        most_replicates: Int32(replicates.max() ?? 0), free_plateaus: Int32(model.freePlateaus),
        base: model.base, span: model.unit, tolerance: tolerance))
    grid = .allocate(capacity: 1)
    grid.initialize(
      to: starts.grid(rises: model.isOrdered, shares: shares, squares: squares))
    weightedGrid = .allocate(capacity: 1)
    weightedGrid.initialize(to: starts.grid(rises: model.isOrdered, shares: raw, squares: nil))
  }

  /// The shares of a start as those of data of equal weight want them, less their mean and of length 1
  /// where plateaus are free, and the sum of their squares.
  func scaled(_ shares: [Double]) -> ([Double], square: Double) {
    let mean = model.freePlateaus == 2 ? shares.reduce(0, +) / Double(shares.count) : 0
    let square = shares.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    // A start that is flat on these doses explains nothing.
    let norm = model.freePlateaus == 0 ? 1 : square > 1e-9 ? 1 / square.squareRoot() : 0
    return (shares.map { ($0 - mean) * norm }, square)
  }

  deinit {
    for pointer in [grid, weightedGrid] { pointer.deallocate() }
    design.deallocate()
    reduction.deallocate()
    numbers.deallocate()
    indices.deallocate()
  }
}

/// Where the doses lie as a curve sees them: on the logarithmic scale or not.
struct DoseExtent {
  let isLogDose: Bool
  let startsAtZero: Bool
  let first: Double
  let last: Double
  /// The number of doses that have a position.
  let count: Int
  /// The distance of neighbours where it is the same for all, but for a dose of 0.
  let step: Double?

  var width: Double { last - first }
  var gap: Double { width / Double(count - 1) }
  /// How far beyond the doses a location is searched.
  var margin: Double { isLogDose ? 50 : 10 * width }

  /// `nil` where fewer than two doses have a position.
  init?(_ doses: [Double], isLogDose: Bool) {
    self.isLogDose = isLogDose
    startsAtZero = isLogDose && doses.first == 0
    let positions = doses.filter { $0 > 0 || !isLogDose }.map { isLogDose ? log($0) : $0 }
    guard positions.count > 1 else { return nil }
    count = positions.count
    first = positions[0]
    last = positions[positions.count - 1]
    let even = (last - first) / Double(positions.count - 1)
    let start = first
    let isEven = positions.enumerated().allSatisfy { k, position in
      abs(position - (start + Double(k) * even)) <= 1e-13 * max(1, abs(position))
    }
    step = isEven ? even : nil
  }

  /// A dose of 0 is so far down that no slope leads back.
  func position(_ dose: Double) -> Double {
    isLogDose ? (dose == 0 ? -1e15 : log(dose)) : dose
  }
}

/// The slopes and locations where searches may start.
private struct StartAxes {
  let signs: Int
  let logSlopes: [Double]
  let locations: [Double]

  init(_ extent: DoseExtent, isSignFree: Bool) {
    signs = isSignFree ? 2 : 1
    // From a curve that all doses just span to one that two neighbours nearly do.
    let (least, greatest) = (log(3.7 / extent.width), log(5.3 / extent.gap))
    logSlopes = (0..<4).map { least + (greatest - least) * Double($0) / 3 }
    let (count, beyond) = (extent.count + 1, 0.23 * extent.gap)
    let step = (extent.width + 2 * beyond) / Double(count)
    locations = (0..<count).map { extent.first - beyond + (Double($0) + 0.5) * step }
  }

  var count: Int { signs * logSlopes.count * locations.count }

  var all: [(slope: Double, location: Double)] {
    [1.0, -1].prefix(signs).flatMap { sign in
      logSlopes.flatMap { slope in locations.map { (sign * exp(slope), $0) } }
    }
  }

  func grid(
    rises: Bool, shares: UnsafePointer<Double>, squares: UnsafePointer<Double>?
  ) -> curve_grid {
    curve_grid(
      signs: Int32(signs), slopes: Int32(logSlopes.count), locations: Int32(locations.count),
      first_log_slope: logSlopes[0], log_slope_step: logSlopes[1] - logSlopes[0],
      first_location: locations[0], location_step: locations[1] - locations[0],
      rises: rises ? 1 : 0, shares: shares, squares: squares)
  }
}
