import CFitKernels
import Inference
import Probability

/// The fits of a batch by the kernels, which leave some curves to others.
struct KernelFit: Sendable {
  private let request: BatchRequest
  private let model: KernelModel
  private let design: KernelDesign
  private let report: KernelReport
  private let profile: KernelProfile?
  private let instructions: Int32
  private let points: Int
  private let width: Int
  /// The critical value of limits by the degrees of freedom.
  private let criticalValues: [Double]

  /// The number of curves that are on their way together.
  private static let tile = 1024

  /// `nil` for what the kernels do not know.
  init?(_ request: BatchRequest, doses: [Double], instructions: FitInstructions) {
    guard let model = KernelModel(request.curve),
      let design = KernelDesign(model, doses: doses, tolerance: 1e-14),
      let extent = DoseExtent(design.doses, isLogDose: model.isLogDose)
    else { return nil }
    self.request = request
    self.model = model
    self.design = design
    self.instructions = instructions.rawValue
    points = doses.count
    width = request.layout.columns.count
    report = KernelReport(
      request, model, extent, scale: design.isBalanced ? Double(design.replicates[0]) : 1)
    profile = KernelProfile(request, design, scale: report.report.pointee.scale)
    let tail = request.level.tailProbability(.two)
    criticalValues = (0...max(0, doses.count)).map { df in
      df > 0 ? StudentT(degreesOfFreedom: Double(df)).quantile(upperTail: tail) : .nan
    }
  }

  /// Fits all curves and returns those that are left.
  func fit(
    _ rows: UnsafePointer<Double>, weights: UnsafePointer<Double>?, curves: Int,
    into results: UnsafeMutablePointer<Double>
  ) -> [Int] {
    guard weights == nil, design.isBalanced, points > request.curve.parameters.count else {
      return Array(0..<curves)
    }
    var hard: [Int] = []
    var tile = CurveTile(stride: Self.tile, doses: design.doses.count)
    var queue = CurveTile(stride: Self.tile, doses: design.doses.count)
    let scratch = UnsafeMutablePointer<Double>.allocate(
      capacity: 16 * max(points + design.doses.count, width) + 16)
    defer { scratch.deallocate() }
    let df = points - request.curve.parameters.count
    for i in 0..<Self.tile {
      tile.row(curve_degrees_of_freedom)[i] = Double(df)
      tile.row(curve_critical_value)[i] = criticalValues[df]
      tile.row(curve_has_near_minimum)[i] = 0
    }
    // Vectors are as far apart as their size asks for.
    let aligned = UnsafeMutableRawPointer(scratch).alignedUp(toMultipleOf: 128)
      .assumingMemoryBound(to: Double.self)
    for first in stride(from: 0, to: curves, by: Self.tile) {
      tile.count = min(Self.tile, curves - first)
      curves_reduce(
        instructions, design.reduction, tile.count, tile.stride, rows + first * points, tile.means,
        tile.data, tile.state, aligned)
      curves_start(
        instructions, design.design, design.grid, tile.paddedCount, tile.stride, tile.means, nil,
        tile.state)
      curves_descend(
        instructions, design.design, tile.paddedCount, tile.stride, tile.means, nil, 5, 1,
        tile.state)
      finish(&tile, &queue)
      for i in 0..<tile.count
      where tile.row(curve_done)[i] != 1 || tile.row(curve_is_irregular)[i] != 0 {
        hard.append(first + i)
      }
      curves_report(
        instructions, report.report, tile.count, tile.stride, tile.state, tile.data, aligned,
        results + first * width)
      profile?.write(
        tile, isWeighted: false, instructions: instructions, design, into: results + first * width)
    }
    return hard
  }

  /// Goes on with the searches that are not done.
  private func finish(_ tile: inout CurveTile, _ queue: inout CurveTile) {
    withUnsafeTemporaryAllocation(of: Int32.self, capacity: Self.tile) { places in
      for evaluations: Int32 in [3, 5, 8, 16, 40] {
        queue.count = 0
        for i in 0..<tile.count where tile.row(curve_done)[i] == 0 {
          tile.copy(i, to: queue.count, of: queue)
          places[queue.count] = Int32(i)
          queue.count += 1
        }
        guard queue.count > 0 else { break }
        queue.pad()
        curves_descend(
          instructions, design.design, queue.paddedCount, queue.stride, queue.means, nil,
          evaluations, 0, queue.state)
        for j in 0..<queue.count { queue.copyState(j, to: Int(places[j]), of: tile) }
      }
    }
  }
}
