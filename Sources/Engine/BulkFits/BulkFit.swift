public import DoseResponse
import Foundation

/// Fits all curves of a source and writes a row of results for each.
///
/// Chunks of curves are handed to threads; what is written does not depend on how many there are.
public struct BulkFit: Sendable {
  private let source: any CurveSource
  private let layout: BatchLayout
  private let jobs: Int

  public init(_ source: any CurveSource, request: BatchRequest, jobs: Int) {
    self.source = source
    layout = request.layout
    self.jobs = jobs
  }

  /// Fits, and writes the results to `path`: an array where it ends in `.npy`, else a table, which goes to
  /// standard output where there is no path.
  ///
  /// `progress` is told now and then how many curves are finished.
  ///
  /// - Throws: ``UnwritableFile``, or what the source throws. An older file at `path` is as it was then.
  public func run(to path: String?, progress: (Int) -> Void) throws -> BulkFitSummary {
    let start = ContinuousClock.now
    let output: any RowOutput =
      if let path, path.hasSuffix(".npy") {
        try ArrayOutput(path, curveCount: source.curveCount, width: layout.columns.count)
      } else {
        try FitTable(path, source, columns: layout.columns)
      }
    do {
      let queue = ChunkQueue(curveCount: source.curveCount, chunkSize: source.chunkSize)
      let tallies = try queue.run(jobs: jobs, progress: progress) {
        fitChunks(of: queue, into: output)
      }
      let completion = ContinuousClock.now
      try output.complete()
      return BulkFitSummary(
        tallies, columns: layout.columns, jobs: jobs, completionTime: .now - completion,
        elapsedTime: .now - start)
    } catch {
      output.discard()
      throw error
    }
  }

  /// What one thread does.
  private func fitChunks(of queue: ChunkQueue, into output: any RowOutput) -> FitTally {
    let fitter = source.makeFitter()
    let room = Scratch()
    var tally = FitTally()
    while let chunk = queue.next() {
      let results = room.buffer(chunk.curves.count * layout.columns.count)
      do {
        let start = ContinuousClock.now
        try fitter.fit(chunk.curves, into: results)
        let fitted = ContinuousClock.now
        try output.write(results, of: chunk)
        tally.fitTime += fitted - start
        tally.writingTime += .now - fitted
        tally.count(results, width: layout.columns.count)
        queue.finish(chunk)
      } catch {
        queue.fail(chunk, error)
        output.stop()
      }
    }
    tally.readingTime = fitter.readingTime
    tally.fitTime -= fitter.readingTime
    return tally
  }
}
