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
  /// The mean distance of neighbouring doses, and the first and the last position.
  let gap: Double
  let firstPosition: Double
  let lastPosition: Double

  let design: UnsafeMutablePointer<curve_design>
  let reduction: UnsafeMutablePointer<curve_reduction>
  /// Starts for data of equal weight, and for others.
  let grid: UnsafeMutablePointer<curve_grid>
  let weightedGrid: UnsafeMutablePointer<curve_grid>
  /// The starts of a search for all minima.
  let wideGrid: UnsafeMutablePointer<curve_grid>
  let weightedWideGrid: UnsafeMutablePointer<curve_grid>

  private let numbers: UnsafeMutablePointer<Double>
  private let singles: UnsafeMutablePointer<Float>
  private let indices: UnsafeMutablePointer<Int32>

  /// Whether all doses have as many points, so that no weights are needed.
  var isBalanced: Bool { Set(replicates).count == 1 }

  /// How far beyond the doses, in units of z, the middle of a logistic curve may be: beyond one the curve
  /// is a power of the dose to two digits, beyond the other to eleven, while single precision still tells
  /// its shares apart.
  var farthestTurn: Double { isPowerBeyond ? 4 : .infinity }
  var farthestStart: Double { isPowerBeyond ? 25 : .infinity }
  private var isPowerBeyond: Bool { model.isMirrored && model.shape == .logistic }

  /// The location, or where it is farther beyond the doses than `argument` the place that is as far.
  func location(_ location: Double, slope: Double, within argument: Double) -> Double {
    let beyond = argument / abs(slope)
    return min(max(location, firstPosition - beyond), lastPosition + beyond)
  }

  /// `tolerance`: what a last step may promise of the sum of squares.
  init?(_ model: KernelModel, doses points: [Double], tolerance: Double) {
    let doses = Set(points).sorted()
    guard doses.count <= Int(MOST_DOSES), let extent = DoseExtent(doses, isLogDose: model.isLogDose)
    else { return nil }
    let places = points.map { dose in doses.firstIndex(of: dose)! }
    let axes = [
      StartAxes.few(extent, isSignFree: !model.isMirrored),
      StartAxes.many(extent, isSignFree: !model.isMirrored),
    ]
    self.model = model
    gap = extent.gap
    (firstPosition, lastPosition) = (extent.first, extent.last)
    self.doses = doses
    self.places = places
    replicates = doses.indices.map { place in places.count { $0 == place } }
    let count = doses.count
    let sizes = axes.map { $0.locations.count + (2 * count + 1) * $0.count }
    numbers = .allocate(capacity: 2 * count + sizes.reduce(0, +))
    indices = .allocate(capacity: points.count)
    let (positions, counts) = (numbers, numbers + count)
    for k in 0..<count {
      positions[k] = extent.position(doses[k])
      counts[k] = Double(replicates[k])
    }
    let byDose = points.indices.sorted { (places[$0], $0) < (places[$1], $1) }
    for (index, point) in byDose.enumerated() { indices[index] = Int32(point) }
    let memory = counts + count
    singles = .allocate(capacity: sizes.reduce(0, +))
    (grid, weightedGrid) = axes[0].grids(model, positions, count, memory, singles)
    (wideGrid, weightedWideGrid) = axes[1].grids(
      model, positions, count, memory + sizes[0], singles + sizes[0])
    design = .allocate(capacity: 1)
    design.initialize(
      to: curve_design(
        shape: Int32(model.kernelShape.rawValue), free_plateaus: Int32(model.freePlateaus),
        doses: Int32(count), positions: positions, step: extent.step ?? 0,
        starts_at_zero: extent.startsAtZero ? 1 : 0, is_mirrored: model.isMirrored ? 1 : 0,
        middle: (extent.first + extent.last) / 2, least_slope: 1e-2 / extent.width,
        greatest_slope: 1e5 / extent.width, least_location: extent.first - extent.margin,
        greatest_location: extent.last + extent.margin, tolerance: tolerance))
    reduction = .allocate(capacity: 1)
    reduction.initialize(
      to: curve_reduction(
        points: Int32(points.count), doses: Int32(count), points_by_dose: indices,
        replicates: counts, free_plateaus: Int32(model.freePlateaus), base: model.base,
        span: model.unit, tolerance: tolerance))
  }

  deinit {
    for pointer in [grid, weightedGrid, wideGrid, weightedWideGrid] { pointer.deallocate() }
    design.deallocate()
    reduction.deallocate()
    numbers.deallocate()
    singles.deallocate()
    indices.deallocate()
  }
}

/// Where the doses lie as a curve sees them: on the logarithmic scale or not.
struct DoseExtent {
  let isLogDose: Bool
  let startsAtZero: Bool
  let first: Double
  let last: Double
  /// The doses that have a position.
  let positions: [Double]
  /// The distance of neighbours where it is the same for all, but for a dose of 0.
  let step: Double?

  var count: Int { positions.count }
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
    self.positions = positions
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
