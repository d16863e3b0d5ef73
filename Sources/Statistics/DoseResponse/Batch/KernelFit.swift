import CFitKernels
import Inference

/// The fits of a batch by the kernels, which leave some curves to others.
struct KernelFit: Sendable {
  let request: BatchRequest
  let design: KernelDesign
  /// What asymmetric curves need besides.
  let asymmetric: AsymmetricDesign?
  let instructions: Int32
  let loading: TileLoading
  /// For data of equal weight, and for others.
  private let report: KernelReport
  private let weightedReport: KernelReport
  let width: Int
  private let workspaces = WorkspacePool()

  /// The number of curves that are on their way together, as many as a core's cache has room for, and of
  /// those that need a longer one.
  var tileSize: Int { request.search == .fast && !design.model.isOrdered ? 2048 : Self.few }
  static let few = 768
  /// Rows are a little farther apart than that, so that not all of them share a part of the cache.
  var stride: Int { tileSize + 32 }
  static let fewStride = few + 32

  /// `nil` for what the kernels do not know.
  init?(_ request: BatchRequest, doses: [Double], instructions: FitInstructions) {
    guard let model = KernelModel(request.curve),
      let design = KernelDesign(model, doses: doses, tolerance: model.isAsymmetric ? 1e-18 : 1e-15),
      doses.count > request.curve.parameters.count
    else { return nil }
    self.request = request
    self.design = design
    asymmetric = AsymmetricDesign(design)
    self.instructions = instructions.rawValue
    width = request.layout.columns.count
    loading = TileLoading(request, design, instructions: instructions.rawValue)
    report = KernelReport(request, model, scale: Double(design.replicates[0]))
    weightedReport = KernelReport(request, model, scale: 1)
  }

  /// Fits all curves and returns those that are left.
  func fit(
    _ rows: UnsafePointer<Double>, weights: UnsafePointer<Double>?, curves: Int,
    into results: UnsafeMutablePointer<Double>
  ) -> [Int] {
    let workspace = workspaces.take() ?? KernelWorkspace(self, curves: curves)
    defer { workspaces.giveBack(workspace) }
    var left: [Int] = []
    let irregular =
      weights == nil
      ? fitComplete(rows, curves: curves, workspace, into: results, left: &left)
      : Array(0..<curves)
    fitIrregular(irregular, rows, weights: weights, workspace, into: results, left: &left)
    return left
  }

  /// Fits curves of equal weights, and returns those that miss points.
  private func fitComplete(
    _ rows: UnsafePointer<Double>, curves: Int, _ workspace: KernelWorkspace,
    into results: UnsafeMutablePointer<Double>, left: inout [Int]
  ) -> [Int] {
    var irregular: [Int] = []
    let (isWeighted, hasBounds) = (!design.isBalanced, !request.bounds.isEmpty)
    workspace.prepareForCompleteCurves(loading)
    for first in Swift.stride(from: 0, to: curves, by: tileSize) {
      workspace.tile.count = min(tileSize, curves - first)
      loading.load(rows + first * loading.points, into: workspace.tile, workspace.scratch)
      let next = first + 2 * tileSize <= curves ? rows + (first + tileSize) * loading.points : nil
      workspace.settle(isWeighted: isWeighted, scale: isWeighted ? 1 : scale, ahead: next)
      write(workspace.tile, isWeighted: isWeighted, workspace.scratch, results + first * width)
      let isIrregular = workspace.tile.row(curve_is_irregular)
      let done = workspace.tile.row(curve_done)
      for i in 0..<workspace.tile.count {
        if isIrregular[i] != 0 {
          irregular.append(first + i)
        } else if done[i] == 0 || hasBounds && isBeyond(results + (first + i) * width) {
          left.append(first + i)
        }
      }
    }
    return irregular
  }

  /// Fits curves that miss points or have weights, and appends those that are left to `left`.
  private func fitIrregular(
    _ irregular: [Int], _ rows: UnsafePointer<Double>, weights: UnsafePointer<Double>?,
    _ workspace: KernelWorkspace, into results: UnsafeMutablePointer<Double>, left: inout [Int]
  ) {
    guard !irregular.isEmpty else { return }
    workspace.isPrepared = false
    let hasBounds = !request.bounds.isEmpty
    let own = workspace.rows
    for first in Swift.stride(from: 0, to: irregular.count, by: tileSize) {
      var places: [Int] = []
      workspace.tile.count = 0
      for curve in irregular[first..<min(first + tileSize, irregular.count)] {
        let place = curve * loading.points
        if loading.load(
          rows + place, weights.map { $0 + place }, into: workspace.tile, at: places.count)
        {
          places.append(curve)
        } else {
          left.append(curve)
        }
      }
      guard !places.isEmpty else { continue }
      workspace.tile.count = places.count
      workspace.tile.pad()
      workspace.settle(isWeighted: true, scale: 1)
      write(workspace.tile, isWeighted: true, workspace.scratch, own)
      let done = workspace.tile.row(curve_done)
      for (i, curve) in places.enumerated() {
        if done[i] == 0 || hasBounds && isBeyond(own + i * width) { left.append(curve) }
        for column in 0..<width {
          results[curve * width + column] = own[i * width + column]
        }
      }
    }
  }

  private var scale: Double { report.report.pointee.scale }

  private func write(
    _ tile: borrowing CurveTile, isWeighted: Bool, _ scratch: UnsafeMutablePointer<Double>,
    _ results: UnsafeMutablePointer<Double>
  ) {
    let report = (isWeighted ? weightedReport : report).report
    if asymmetric != nil {
      let index = request.curve.parameters.firstIndex(of: .asymmetry)!
      var own = asymmetric_report(curve: report.pointee, asymmetry_column: Int32(1 + 2 * index))
      curves_report_asymmetric(
        instructions, &own, tile.count, tile.stride, tile.state, tile.data, scratch,
        results)
    } else {
      curves_report(
        instructions, report, tile.count, tile.stride, tile.state, tile.data, scratch,
        results)
    }
  }

  /// Whether a row of results is one beyond bounds.
  private func isBeyond(_ row: UnsafeMutablePointer<Double>) -> Bool {
    request.curve.parameters.indices.contains { index in
      guard let range = request.bounds[request.curve.parameters[index]] else { return false }
      return !range.contains(row[1 + 2 * index])
    }
  }
}
