import DoseResponse
import Tables

/// Curves of a chunk that have the same doses.
struct DesignGroup {
  let regression: BatchRegression
  /// Counted from 0 within the chunk.
  var curves: [Int]
}

/// The designs that one thread has met, so that what a design takes is computed once.
struct DesignCache {
  /// More designs than these are not kept.
  private static let capacity = 256

  private let request: BatchRequest
  private var known: [[Double]: BatchRegression] = [:]

  init(_ request: BatchRequest) { self.request = request }

  /// The curves of `rows`, whose doses are in order, by their designs.
  ///
  /// - Throws: `NotEstimable` where the model has no such doses.
  mutating func groups(_ rows: LongRows) throws -> [DesignGroup] {
    var groups: [DesignGroup] = []
    var places: [[Double]: Int] = [:]
    var current = -1
    for curve in 0..<rows.starts.count - 1 {
      let doses = UnsafeMutableBufferPointer(
        rebasing: rows.doses[rows.starts[curve]..<rows.starts[curve + 1]])
      if current < 0 || !Self.same(groups[current].regression.doses, doses) {
        let design = Array(doses)
        if let place = places[design] {
          current = place
        } else {
          current = groups.count
          places[design] = current
          groups.append(DesignGroup(regression: try regression(design), curves: []))
        }
      }
      groups[current].curves.append(curve)
    }
    return groups
  }

  private mutating func regression(_ doses: [Double]) throws -> BatchRegression {
    if let regression = known[doses] { return regression }
    if known.count >= Self.capacity { known.removeAll(keepingCapacity: true) }
    let regression = try BatchRegression(request, doses: doses)
    known[doses] = regression
    return regression
  }

  private static func same(_ one: [Double], _ other: UnsafeMutableBufferPointer<Double>) -> Bool {
    one.count == other.count
      && one.withUnsafeBytes { $0.elementsEqual(UnsafeRawBufferPointer(other)) }
  }
}
