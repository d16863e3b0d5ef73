import CFitKernels

/// How responses become the data of a tile.
struct TileLoading: Sendable {
  let points: Int
  private let design: KernelDesign
  private let instructions: Int32
  private let parameters: Int
  /// The critical value of limits by the degrees of freedom.
  private let criticalValues: [Double]

  init(_ request: BatchRequest, _ design: KernelDesign, instructions: Int32) {
    self.design = design
    self.instructions = instructions
    points = design.places.count
    parameters = request.curve.parameters.count
    criticalValues = request.criticalValues(upTo: points)
  }

  /// Fills in what is the same for all curves without missing points.
  func prepare(_ tile: borrowing CurveTile) {
    let df = points - parameters
    let positions = design.design.pointee.positions!
    let first = Int(design.design.pointee.starts_at_zero)
    for i in 0..<tile.stride {
      tile.row(curve_degrees_of_freedom)[i] = Double(df)
      tile.row(curve_critical_value)[i] = criticalValues[df]
      tile.row(curve_has_near_minimum)[i] = 0
      tile.row(curve_first_position)[i] = positions[first]
      tile.row(curve_last_position)[i] = positions[tile.doses - 1]
    }
    // Means of equally many points need no weights.
    guard !design.isBalanced else { return }
    for k in 0..<tile.doses {
      (tile.weights + k * tile.stride).update(
        repeating: Double(design.replicates[k]), count: tile.stride)
    }
  }

  /// Loads rows of responses of weight 1, of which those with missing points become irregular.
  func load(
    _ rows: UnsafePointer<Double>, into tile: borrowing CurveTile,
    _ scratch: UnsafeMutablePointer<Double>
  ) {
    for i in 0..<tile.count { tile.row(curve_has_near_minimum)[i] = 0 }
    curves_reduce(
      instructions, design.reduction, tile.count, tile.stride, rows, tile.means, tile.data,
      tile.state, scratch)
  }

  /// Loads one row of responses, some of which may be missing; whether there are enough for a curve.
  func load(
    _ row: UnsafePointer<Double>, _ weights: UnsafePointer<Double>?, into tile: borrowing CurveTile,
    at place: Int
  ) -> Bool {
    func weight(_ point: Int) -> Double {
      guard row[point].isFinite else { return 0 }
      return weights?[point] ?? 1
    }
    func mean(_ k: Int) -> UnsafeMutablePointer<Double> { tile.means + k * tile.stride + place }
    func total(_ k: Int) -> UnsafeMutablePointer<Double> { tile.weights + k * tile.stride + place }
    for k in 0..<tile.doses { (mean(k).pointee, total(k).pointee) = (0, 0) }
    var count = 0
    // From the first response no digits are lost to a large common part.
    var origin: Double?
    for point in 0..<points {
      let w = weight(point)
      guard w != 0 else { continue }
      guard w > 0, w.isFinite else { return false }
      count += 1
      if origin == nil { origin = row[point] }
      total(design.places[point]).pointee += w
      mean(design.places[point]).pointee += w * (row[point] - origin!)
    }
    guard let origin, count > parameters else { return false }
    var (sum, all) = (0.0, 0.0)
    for k in 0..<tile.doses where total(k).pointee > 0 {
      sum += mean(k).pointee
      all += total(k).pointee
      mean(k).pointee /= total(k).pointee
    }
    var pure = 0.0
    for point in 0..<points where weight(point) > 0 {
      let difference = row[point] - origin - mean(design.places[point]).pointee
      pure += weight(point) * difference * difference
    }
    let model = design.model
    let centre = model.freePlateaus == 2 ? origin + sum / all : model.base
    let unit = model.freePlateaus == 2 ? 1 : 1 / model.unit
    var size = 0.0
    for k in 0..<tile.doses {
      mean(k).pointee = total(k).pointee > 0 ? (mean(k).pointee + (origin - centre)) * unit : 0
      size += total(k).pointee * mean(k).pointee * mean(k).pointee
    }
    let tested = (Int(design.design.pointee.starts_at_zero)..<tile.doses).filter {
      total($0).pointee > 0
    }
    guard tested.count > 1 else { return false }
    let positions = design.design.pointee.positions!
    tile.row(curve_first_position)[place] = positions[tested[0]]
    tile.row(curve_last_position)[place] = positions[tested[tested.count - 1]]
    tile.row(curve_degrees_of_freedom)[place] = Double(count - parameters)
    tile.row(curve_critical_value)[place] = criticalValues[count - parameters]
    tile.row(curve_has_near_minimum)[place] = 0
    tile.row(curve_centre)[place] = centre
    tile.row(curve_pure_error)[place] = pure
    tile.row(curve_is_irregular)[place] = 1
    tile.row(curve_evaluations)[place] = 0
    let rounding = 1e-30 * (size + all * centre * centre * unit * unit)
    tile.row(curve_enough)[place] =
      design.design.pointee.tolerance * pure * unit * unit + rounding
    return true
  }
}
