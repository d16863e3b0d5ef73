import DoseResponse

/// Curves to be fitted, counted from 0.
public protocol CurveSource: Sendable {
  var curveCount: Int { get }

  /// How many curves are read and fitted together.
  var chunkSize: Int { get }

  /// What fits chunks on one thread.
  func makeFitter() -> any ChunkFitter

  /// Appends the name of `curve` as a field of a table.
  func appendField(of curve: Int, to bytes: inout [UInt8])
}

/// Reads and fits chunks of curves, on one thread at a time.
public protocol ChunkFitter: AnyObject {
  /// Fits `curves`, each into a row of `results`.
  func fit(_ curves: Range<Int>, into results: UnsafeMutableBufferPointer<Double>) throws

  /// How long it took to read, as far as that was not part of the fits.
  var readingTime: Duration { get }
}

/// How many of `curves` curves with `points` points each make a chunk: some thousand, but no more than fit
/// into a cache, and of fewer curves so many that there is work for many threads.
///
/// Profile limits take so long that a chunk of thousands would say nothing for a minute.
func chunkSize(curves: Int, points: Int, interval: CurveIntervalMethod? = nil) -> Int {
  let most = interval == .profile ? 256 : 4096
  return max(1, min(most, max(64, curves / 64), (1 << 17) / max(points, 1)))
}
