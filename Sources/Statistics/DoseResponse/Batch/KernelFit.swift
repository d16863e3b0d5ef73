import CFitKernels
import Inference

/// The fits of a batch by the kernels, which leave some curves to others.
struct KernelFit: Sendable {
  let request: BatchRequest
  let design: KernelDesign
  /// What asymmetric curves need besides.
  let asymmetric: AsymmetricDesign?
  let instructions: Int32
  private let loading: TileLoading
  /// For data of equal weight, and for others.
  private let report: KernelReport
  private let weightedReport: KernelReport
  private let width: Int

  /// The number of curves that are on their way together, as many as the cache has room for.
  private var tileSize: Int { request.search == .fast && !design.model.isOrdered ? 4096 : 768 }
  /// Rows are a little farther apart than that, so that not all of them share a part of the cache.
  private var stride: Int { tileSize + 32 }

  /// `nil` for what the kernels do not know.
  init?(_ request: BatchRequest, doses: [Double], instructions: FitInstructions) {
    guard let model = KernelModel(request.curve),
      let design = KernelDesign(model, doses: doses, tolerance: model.isAsymmetric ? 1e-18 : 1e-15),
      doses.count > request.curve.parameters.count,
      request.interval != .profile
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
    var left: [Int] = []
    var irregular: [Int] = []
    var tile = CurveTile(
      stride: stride, doses: design.doses.count, stateRows: asymmetric?.stateRows)
    var rounds = KernelRounds(self, stride: stride)
    let hasBounds = !request.bounds.isEmpty
    let scratch = AlignedScratch(max(16 * (loading.points + design.doses.count), 16 * width))
    if weights == nil {
      loading.prepare(tile)
      for first in Swift.stride(from: 0, to: curves, by: tileSize) {
        tile.count = min(tileSize, curves - first)
        loading.load(rows + first * loading.points, into: tile, scratch)
        let isWeighted = !design.isBalanced
        let next = first + 2 * tileSize <= curves ? rows + (first + tileSize) * loading.points : nil
        rounds.settle(
          &tile, isWeighted: isWeighted, scale: isWeighted ? 1 : scale, ahead: next)
        write(tile, isWeighted: isWeighted, scratch, results + first * width)
        let (isIrregular, done) = (tile.row(curve_is_irregular), tile.row(curve_done))
        for i in 0..<tile.count {
          if isIrregular[i] != 0 {
            irregular.append(first + i)
          } else if done[i] == 0 || hasBounds && isBeyond(results + (first + i) * width) {
            left.append(first + i)
          }
        }
      }
    } else {
      irregular = Array(0..<curves)
    }
    guard !irregular.isEmpty else { return left }
    let own = AlignedScratch(tileSize * width)
    for first in Swift.stride(from: 0, to: irregular.count, by: tileSize) {
      var places: [Int] = []
      tile.count = 0
      for curve in irregular[first..<min(first + tileSize, irregular.count)] {
        let place = curve * loading.points
        if loading.load(rows + place, weights.map { $0 + place }, into: tile, at: tile.count) {
          places.append(curve)
          tile.count += 1
        } else {
          left.append(curve)
        }
      }
      guard tile.count > 0 else { continue }
      tile.pad()
      rounds.settle(&tile, isWeighted: true, scale: 1)
      write(tile, isWeighted: true, scratch, own.pointer)
      for (i, curve) in places.enumerated() {
        if tile.row(curve_done)[i] == 0 || hasBounds && isBeyond(own.pointer + i * width) {
          left.append(curve)
        }
        for column in 0..<width {
          results[curve * width + column] = own.pointer[i * width + column]
        }
      }
    }
    return left
  }

  private var scale: Double { report.report.pointee.scale }

  private func write(
    _ tile: borrowing CurveTile, isWeighted: Bool, _ scratch: borrowing AlignedScratch,
    _ results: UnsafeMutablePointer<Double>
  ) {
    let report = (isWeighted ? weightedReport : report).report
    if asymmetric != nil {
      let index = request.curve.parameters.firstIndex(of: .asymmetry)!
      var own = asymmetric_report(curve: report.pointee, asymmetry_column: Int32(1 + 2 * index))
      curves_report_asymmetric(
        instructions, &own, tile.count, tile.stride, tile.state, tile.data, scratch.pointer,
        results)
    } else {
      curves_report(
        instructions, report, tile.count, tile.stride, tile.state, tile.data, scratch.pointer,
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

/// Memory at an address that suits vectors.
struct AlignedScratch: ~Copyable {
  let pointer: UnsafeMutablePointer<Double>
  private let memory: UnsafeMutableRawPointer

  init(_ count: Int) {
    memory = .allocate(byteCount: 8 * count, alignment: 128)
    pointer = memory.bindMemory(to: Double.self, capacity: count)
  }

  deinit { memory.deallocate() }
}
