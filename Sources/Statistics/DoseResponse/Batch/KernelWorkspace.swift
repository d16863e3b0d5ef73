import Synchronization

/// The memory of the fits of one call, which the next call takes over.
///
/// One call uses it at a time.
final class KernelWorkspace: @unchecked Sendable {
  var tile: CurveTile
  private var rounds: KernelRounds
  let scratch: AlignedScratch
  /// Whether the tile holds what is the same for all curves without missing points.
  var isPrepared = false

  init(_ fit: KernelFit) {
    tile = CurveTile(
      stride: fit.stride, doses: fit.design.doses.count, stateRows: fit.asymmetric?.stateRows)
    rounds = KernelRounds(fit)
    scratch = AlignedScratch(
      max(16 * (fit.loading.points + fit.design.doses.count), 16 * fit.width))
  }

  func prepareForCompleteCurves(_ loading: TileLoading) {
    guard !isPrepared else { return }
    loading.prepare(tile)
    isPrepared = true
  }

  func settle(isWeighted: Bool, scale: Double, ahead: UnsafePointer<Double>? = nil) {
    rounds.settle(&tile, isWeighted: isWeighted, scale: scale, ahead: ahead)
  }
}

/// The workspaces that no call uses at the moment.
final class WorkspacePool: Sendable {
  private let idle = Mutex<[KernelWorkspace]>([])

  func take() -> KernelWorkspace? {
    idle.withLock { $0.popLast() }
  }

  func giveBack(_ workspace: KernelWorkspace) {
    idle.withLock { $0.append(workspace) }
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
