import CFitKernels
import Glibc

/// What the kernels of asymmetric curves read besides ``KernelDesign``: the bound of the asymmetry and the
/// starts of searches.
final class AsymmetricDesign: @unchecked Sendable {
  let design: UnsafeMutablePointer<asymmetric_design>
  /// Starts for data of equal weight, and for others.
  let grid: UnsafeMutablePointer<asymmetric_grid>
  let weightedGrid: UnsafeMutablePointer<asymmetric_grid>

  /// The square of the unit of the kernels' data in responses.
  let squareUnit: Double

  private let numbers: UnsafeMutablePointer<Double>

  /// The asymmetries of starts.
  static let asymmetries = [0.03, 0.25, 1, 4, 40]

  var stateRows: Int { Int(asymmetric_row_count.rawValue) }

  /// `nil` for curves without asymmetry.
  init?(_ kernel: KernelDesign) {
    let model = kernel.model
    guard model.isAsymmetric,
      let extent = DoseExtent(kernel.doses, isLogDose: model.isLogDose)
    else { return nil }
    let levels = Self.asymmetries.map { AsymmetricStart.all(asymmetry: $0, extent) }
    let all = levels.flatMap(\.self)
    let count = kernel.doses.count
    let numbers = UnsafeMutablePointer<Double>.allocate(
      capacity: levels.count + (3 + 2 * count) * all.count)
    let (slopes, locations) = (numbers + levels.count, numbers + levels.count + all.count)
    let squares = locations + all.count
    let (raw, shares) = (squares + all.count, squares + (1 + count) * all.count)
    for (level, asymmetry) in Self.asymmetries.enumerated() { numbers[level] = log(asymmetry) }
    for (index, start) in all.enumerated() {
      (slopes[index], locations[index]) = (start.slope, start.location)
      let q = (0..<count).map { start.share(at: kernel.design.pointee.positions[$0]) }
      let mean = model.freePlateaus == 2 ? q.reduce(0, +) / Double(count) : 0
      let square = q.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      // A start that is flat on these doses explains nothing.
      let norm = model.freePlateaus == 0 ? 1 : square > 1e-9 ? 1 / square.squareRoot() : 0
      squares[index] = square
      for k in 0..<count {
        raw[index * count + k] = q[k]
        shares[index * count + k] = (q[k] - mean) * norm
      }
    }
    self.numbers = numbers
    squareUnit = model.unit * model.unit
    design = .allocate(capacity: 1)
    design.initialize(
      to: asymmetric_design(
        curve: kernel.design.pointee, rises: model.isOrdered ? 1 : 0,
        greatest_log_asymmetry: log(1e4)))
    func starts(_ shares: UnsafePointer<Double>, _ squares: UnsafePointer<Double>?)
      -> asymmetric_grid
    {
      var scores = curve_grid()
      scores.rises = model.isOrdered ? 1 : 0
      scores.shares = shares
      scores.squares = squares
      return asymmetric_grid(
        asymmetries: Int32(levels.count), signs: 2, slopes: Int32(AsymmetricStart.slopes),
        locations: Int32(all.count / levels.count / 2 / AsymmetricStart.slopes),
        slopes_of: slopes, locations_of: locations, log_asymmetries: numbers, scores: scores)
    }
    self.grid = .allocate(capacity: 1)
    self.grid.initialize(to: starts(shares, squares))
    weightedGrid = .allocate(capacity: 1)
    weightedGrid.initialize(to: starts(raw, nil))
  }

  deinit {
    for pointer in [grid, weightedGrid] { pointer.deallocate() }
    design.deallocate()
    numbers.deallocate()
  }
}

/// A curve where a search may start.
private struct AsymmetricStart {
  let slope: Double
  let location: Double
  let asymmetry: Double

  /// The number of steepnesses.
  static let slopes = 4

  /// Curves of some steepness half-way, at some places half-way.
  static func all(asymmetry f: Double, _ extent: DoseExtent) -> [Self] {
    // As with symmetric curves from one that all doses just span to one that two neighbours nearly do.
    let (least, greatest) = (log(3.7 / extent.width), log(5.3 / extent.gap))
    let count = min(extent.count + 1, 24)
    let beyond = 0.23 * extent.gap
    let step = (extent.width + 2 * beyond) / Double(count)
    let half = log(2) / f
    let (middle, steepness) = (half + log(-expm1(-half)), -2 * f * expm1(-half))
    return [1.0, -1].flatMap { sign in
      (0..<slopes).flatMap { k in
        let slope =
          sign * exp(least + (greatest - least) * Double(k) / Double(slopes - 1)) / steepness
        return (0..<count).map {
          let place = extent.first - beyond + (Double($0) + 0.5) * step
          return Self(slope: slope, location: place - middle / slope, asymmetry: f)
        }
      }
    }
  }

  func share(at position: Double) -> Double {
    CurveShape.logistic.share(at: slope * (position - location), asymmetry: asymmetry).q
  }
}
