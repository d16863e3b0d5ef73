import DoseResponse
import Foundation

extension Simulation {
  /// Simulates `count` curves into `path`, an array where it ends in `.npy`, else a long table, and their
  /// true parameters into the table `truth`.
  ///
  /// In the long table the names of curves begin with `simulated-`; in an array, which has no names, a
  /// curve is known by its row. The truth has a column `origin` that says `simulated` in every row.
  ///
  /// - Throws: ``UnwritableFile``. Older files are as they were then.
  public func write(
    _ count: Int, to path: String, truth: String?, jobs: Int, progress: (Int) -> Void
  ) throws {
    let names = path.hasSuffix(".npy") ? "" : "simulated-"
    let output: any RowOutput =
      if path.hasSuffix(".npy") {
        try ArrayOutput(path, curveCount: count, width: pointCount)
      } else {
        try SimulatedTable(path, self, names: names)
      }
    do {
      let header = ["curve", "origin"] + curve.parameters.map(\.rawValue)
      let table = try truth.map { try TextOutput($0, header: header.joined(separator: ",") + "\n") }
      do {
        let queue = ChunkQueue(
          curveCount: count, chunkSize: chunkSize(curves: count, points: pointCount))
        _ = try queue.run(jobs: jobs, progress: progress) {
          simulateChunks(of: queue, into: output, truth: table, names: names)
        }
        try output.complete()
        try table?.complete()
      } catch {
        table?.discard()
        throw error
      }
    } catch {
      output.discard()
      throw error
    }
  }

  /// What one thread does.
  private func simulateChunks(
    of queue: ChunkQueue, into output: any RowOutput, truth: TextOutput?, names: String
  ) {
    let (means, responses) = (Scratch(), Scratch())
    let atDoses = means.buffer(doses.count)
    while let chunk = queue.next() {
      let all = responses.buffer(chunk.curves.count * pointCount)
      var lines = truth?.buffer() ?? []
      for (row, index) in chunk.curves.enumerated() {
        let own = UnsafeMutableBufferPointer(
          rebasing: all[row * pointCount..<(row + 1) * pointCount])
        let parameters = draw(index, means: atDoses, responses: own)
        guard truth != nil else { continue }
        lines.append(contentsOf: names.utf8)
        lines.append(decimal: index)
        lines.append(contentsOf: ",simulated".utf8)
        for value in parameters {
          lines.append(UInt8(ascii: ","))
          lines.append(decimal: value)
        }
        lines.append(UInt8(ascii: "\n"))
      }
      do {
        try output.write(all, of: chunk)
        try truth?.write(lines, of: chunk.index)
        queue.finish(chunk)
      } catch {
        queue.fail(chunk, error)
        output.stop()
        truth?.stop()
      }
    }
  }
}
