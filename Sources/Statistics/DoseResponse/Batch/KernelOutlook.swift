import CFitKernels
import Glibc

/// What the kernels look at to tell how far out values of an effective dose are accepted.
///
/// At each dose, between them and beyond, the slopes that the search of one curve starts from.
/// Memory that the kernels read; nothing changes it once it is made.
final class KernelOutlook: @unchecked Sendable {
  let outlook: UnsafeMutablePointer<curve_outlook>
  private let numbers: UnsafeMutablePointer<Double>
  private let indices: UnsafeMutablePointer<Int32>

  /// `nil` for more doses than are looked at.
  init?(
    _ axes: OutlookAxes, _ design: KernelDesign, arguments: (rising: Double, falling: Double),
    isWeighted: Bool, pureScale: Double, columns: Int, lowerColumn: Int
  ) {
    let model = design.model
    let (count, slopes) = (axes.places.count, axes.slopes[0].count)
    guard count <= Int(MOST_OUTLOOK_PLACES), slopes <= Int(MOST_OUTLOOK_SLOPES) else { return nil }
    let doses = design.doses.count
    let positions = (0..<doses).map { design.design.pointee.positions[$0] }
    let signs = model.isMirrored ? 1 : 2
    var starts: [[Double]] = []
    func share(_ z: Double) -> Double { model.shape.share(at: z, asymmetry: 1).q }
    // With both plateaus free q counts from anywhere in any unit: from the plateau that all doses are at.
    func shares(_ z: [Double]) -> [Double] {
      let shares = z.map { model.shape.share(at: $0, asymmetry: 1) }
      guard model.freePlateaus == 2 else { return shares.map(\.q) }
      let (q, p) = (shares.map(\.q), shares.map { -$0.p })
      let (high, deep) = (q.max() ?? 0, -(p.min() ?? 0))
      let unit = min(high, deep)
      guard unit > 0 else { return q.map { _ in 0 } }
      return (high <= deep ? q : p).map { $0 / unit }
    }
    for sign in [1.0, -1].prefix(signs) {
      let argument = sign > 0 ? arguments.rising : arguments.falling
      for (place, slopes) in zip(axes.places, axes.slopes) {
        starts += slopes.map { slope in
          shares(positions.map { argument + sign * slope * ($0 - place) })
        }
      }
    }
    numbers = .allocate(capacity: count * (1 + slopes) + starts.count * (doses + 1))
    indices = .allocate(capacity: count)
    var next = numbers
    func store(_ values: [Double]) -> UnsafeMutablePointer<Double> {
      let first = next
      first.initialize(from: values, count: values.count)
      next += values.count
      return first
    }
    func grid(_ rows: [[Double]]) -> curve_grid {
      var grid = curve_grid()
      grid.signs = Int32(signs)
      grid.rises = model.freePlateaus == 2 ? 1 : 0
      let scaled = rows.map { isWeighted ? ($0, 1) : design.scaled($0) }
      grid.shares = UnsafePointer(store(scaled.flatMap(\.0)))
      grid.squares = UnsafePointer(store(scaled.map(\.1)))
      return grid
    }
    for (index, dose) in axes.doses.enumerated() { indices[index] = Int32(dose) }
    outlook = .allocate(capacity: 1)
    outlook.initialize(to: curve_outlook())
    outlook.pointee.rising = arguments.rising
    outlook.pointee.falling = arguments.falling
    outlook.pointee.is_log_dose = model.isLogDose ? 1 : 0
    outlook.pointee.is_mirrored = model.isMirrored ? 1 : 0
    outlook.pointee.pure_scale = pureScale
    outlook.pointee.first_step = axes.width / 2
    outlook.pointee.places = Int32(count)
    outlook.pointee.slopes = Int32(slopes)
    outlook.pointee.place = UnsafePointer(store(axes.places))
    outlook.pointee.slope = UnsafePointer(store(axes.slopes.flatMap { $0 }))
    outlook.pointee.dose = UnsafePointer(indices)
    outlook.pointee.grid = grid(starts)
    outlook.pointee.step_doses = Int32(axes.positionCount)
    outlook.pointee.share_rising = share(arguments.rising)
    outlook.pointee.share_falling = share(arguments.falling)
    outlook.pointee.share_before = share(-.infinity)
    outlook.pointee.share_after = share(.infinity)
    outlook.pointee.columns = Int32(columns)
    outlook.pointee.lower_column = Int32(lowerColumn)
  }

  deinit {
    outlook.deallocate()
    numbers.deallocate()
    indices.deallocate()
  }
}

/// The places and slopes of an outlook.
struct OutlookAxes {
  /// In increasing order, from the one end of the search to the other.
  private(set) var places: [Double] = []
  /// For each place as many slopes.
  private(set) var slopes: [[Double]] = []
  /// For each place its index among the doses that have a position, or −1.
  private(set) var doses: [Int] = []
  let positionCount: Int
  let width: Double

  /// `isLocation`: whether the effective dose is the model's location.
  init?(_ curve: ResponseCurve, doses tested: [Double], isLogDose: Bool, isLocation: Bool) {
    guard let box = SearchBox.boxes(curve, doses: tested, bounds: [:]).first,
      let slope = box.parameters.firstIndex(of: .slope), box.positions.count > 1
    else { return nil }
    let positions = box.positions
    let (first, last) = (positions[0], positions[positions.count - 1])
    let gaps = zip(positions, positions.dropFirst())
    width = last - first
    positionCount = positions.count
    // As far as the profile of one curve goes.
    let margin = isLogDose ? 50 : 10 * (isLocation ? width : max(width, abs(last)))
    let beyond = [margin] + [2.5, 1, 0.5, 0.1].map { $0 * width }
    let own = positions.enumerated().map { (place: $1, dose: $0) }
    let others =
      beyond.flatMap { [first - $0, last + $0] } + gaps.map { ($0.0 + $0.1) / 2 }
    let all = (own + others.map { (place: $0, dose: -1) }).sorted { $0.place < $1.place }
    let common = [0.03, 0.1].map { log($0 / width) } + box.starts[slope]
    let count = (common.count + 2 + 3) / 4 * 4
    for (place, dose) in all {
      places.append(place)
      doses.append(dose)
      // Slopes that bend the curve between the place and the nearest dose.
      let distance = box.distance(to: place)
      let steeper = distance > 0 ? [1, 3].map { log($0 / distance) } : []
      let own = (common + steeper.filter { $0 > common[common.count - 1] }).map { exp($0) }
      slopes.append(own + [Double](repeating: own[own.count - 1], count: count - own.count))
    }
  }
}
