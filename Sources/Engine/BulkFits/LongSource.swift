public import DoseResponse
import Foundation
public import Tables

/// Curves of a long table, each with doses of its own.
///
/// Curves of one chunk that have the same doses are fitted together.
public struct LongSource: CurveSource {
  private let table: LongTable
  private let request: BatchRequest
  public let chunkSize: Int

  public init(_ table: LongTable, request: BatchRequest) {
    self.table = table
    self.request = request
    let rows = (0..<table.curveCount).reduce(0) { $0 + table.rowCount(of: $1) }
    chunkSize = BulkFits.chunkSize(
      curves: table.curveCount, points: rows / max(table.curveCount, 1), interval: request.interval)
  }

  public var curveCount: Int { table.curveCount }

  public func makeFitter() -> any ChunkFitter { LongFitter(table, request) }

  public func appendField(of curve: Int, to bytes: inout [UInt8]) {
    table.appendField(of: curve, to: &bytes)
  }
}

/// Reads chunks of a long table and fits each design by itself.
private final class LongFitter: ChunkFitter {
  private let table: LongTable
  private let request: BatchRequest
  private let rows = LongRows()
  private let order = DoseOrder()
  private var designs: DesignCache
  private let (responses, weights, results) = (Scratch(), Scratch(), Scratch())

  private(set) var readingTime = Duration.zero

  init(_ table: LongTable, _ request: BatchRequest) {
    self.table = table
    self.request = request
    designs = DesignCache(request)
  }

  func fit(_ curves: Range<Int>, into results: UnsafeMutableBufferPointer<Double>) throws {
    let start = ContinuousClock.now
    try table.read(curves, into: rows)
    for curve in curves.indices.map({ $0 - curves.lowerBound }) {
      order.sort(rows, rows.starts[curve]..<rows.starts[curve + 1])
    }
    let groups = try designs.groups(rows)
    readingTime += .now - start
    for group in groups { fit(group, into: results) }
  }

  private func fit(_ group: DesignGroup, into results: UnsafeMutableBufferPointer<Double>) {
    let points = group.regression.doses.count
    let width = group.regression.layout.columns.count
    guard group.curves.count < rows.starts.count - 1 else {
      return fit(group, rows.responses, rows.weights, into: results)
    }
    let count = group.curves.count
    let responses = responses.buffer(count * points)
    let weights = weights.buffer(table.hasWeights ? count * points : 0)
    let own = self.results.buffer(count * width)
    for (place, curve) in group.curves.enumerated() {
      let source = rows.starts[curve]
      for point in 0..<points {
        responses[place * points + point] = rows.responses[source + point]
        if table.hasWeights { weights[place * points + point] = rows.weights[source + point] }
      }
    }
    fit(group, responses, weights, into: own)
    for (place, curve) in group.curves.enumerated() {
      for column in 0..<width { results[curve * width + column] = own[place * width + column] }
    }
  }

  private func fit(
    _ group: DesignGroup, _ responses: UnsafeMutableBufferPointer<Double>,
    _ weights: UnsafeMutableBufferPointer<Double>, into results: UnsafeMutableBufferPointer<Double>
  ) {
    let count = group.curves.count * group.regression.doses.count
    group.regression.fit(
      UnsafeBufferPointer(rebasing: responses[..<count]),
      weights: table.hasWeights ? UnsafeBufferPointer(rebasing: weights[..<count]) : nil,
      into: results)
  }
}
