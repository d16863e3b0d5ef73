import Synchronization

/// The memory of the fits of one call, which the next call takes over.
///
/// One call uses it at a time.
final class KernelWorkspace: @unchecked Sendable {
  var tile: CurveTile
  private var rounds: KernelRounds
  let scratch: UnsafeMutablePointer<Double>
  /// Rows of results that are to be put elsewhere.
  let rows: UnsafeMutablePointer<Double>
  /// Whether the tile holds what is the same for all curves without missing points.
  var isPrepared = false

  private let memory: WorkspaceMemory

  /// `curves`: how many there are to be fitted.
  init(_ fit: KernelFit, curves: Int) {
    memory = WorkspaceMemory(hasLargePages: curves >= KernelFit.few)
    tile = CurveTile(
      memory, stride: fit.stride, doses: fit.design.doses.count,
      stateRows: fit.asymmetric?.stateRows)
    scratch = memory.zeros(
      max(16 * (fit.loading.points + fit.design.doses.count), 16 * fit.width))
    rounds = KernelRounds(fit, memory)
    rows = memory.zeros(fit.tileSize * fit.width)
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
