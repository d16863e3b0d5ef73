import DoseResponse
import Foundation
import Inference
import Synchronization

private func monotonicSeconds() -> Double {
  Double(DispatchTime.now().uptimeNanoseconds) / 1e9
}

/// Prints `head,processor seconds,seconds` of `body`, and what it returns.
private func measure(_ head: String, _ body: () throws -> String) rethrows {
  let (processor, wall) = (clock(), monotonicSeconds())
  let tail = try body()
  let used = Double(clock() - processor) / Double(CLOCKS_PER_SEC)
  print("\(head),\(used),\(monotonicSeconds() - wall),\(tail)")
}

/// Calls `body` with 0, 1, … in a thread each, and waits for them.
private func inThreads(_ count: Int, _ body: @escaping @Sendable (Int) -> Void) {
  guard count > 1 else { return body(0) }
  let finished = DispatchSemaphore(value: 0)
  for index in 0..<count {
    Thread.detachNewThread {
      body(index)
      finished.signal()
    }
  }
  for _ in 0..<count { finished.wait() }
}

/// Fits of chunks of curves, which threads take one after another, each into a buffer of its own.
private final class Chunks {
  /// As many as stay in a core's cache with their results.
  static let chunk = 8192

  let regression: BatchRegression
  let responses: UnsafeBufferPointer<Double>
  let sums: UnsafeMutableBufferPointer<Double>
  /// How many times over all of them are fitted.
  let times: Int
  private let next = Atomic<Int>(0)

  init(
    _ regression: BatchRegression, _ responses: UnsafeBufferPointer<Double>,
    _ sums: UnsafeMutableBufferPointer<Double>, times: Int
  ) {
    self.regression = regression
    self.responses = responses
    self.sums = sums
    self.times = times
  }

  /// Fits chunks until there are none; returns the sum of the iterations.
  func fit() -> Double {
    let points = regression.doses.count
    let columns = regression.layout.columns
    guard let sum = columns.firstIndex(of: "rss"),
      let iterations = columns.firstIndex(of: "iterations")
    else { return .nan }
    let results = UnsafeMutableBufferPointer<Double>.allocate(capacity: Self.chunk * columns.count)
    defer { results.deallocate() }
    let chunks = (sums.count + Self.chunk - 1) / Self.chunk
    var total = 0.0
    while true {
      let turn = next.add(1, ordering: .relaxed).oldValue
      guard turn < chunks * times else { return total }
      let start = turn % chunks * Self.chunk
      let count = min(Self.chunk, sums.count - start)
      regression.fit(
        UnsafeBufferPointer(rebasing: responses[start * points..<(start + count) * points]),
        into: UnsafeMutableBufferPointer(rebasing: results[..<(count * columns.count)]))
      for curve in 0..<count {
        sums[start + curve] = results[curve * columns.count + sum]
        total += results[curve * columns.count + iterations]
      }
    }
  }
}

/// The fits of `request`, with the instructions that the option names.
private func regression(
  _ request: BatchRequest, doses: [Double], _ options: Options
) throws -> BatchRegression {
  guard let name = options.text("instructions") else {
    return try BatchRegression(request, doses: doses)
  }
  guard let instructions = FitInstructions.available.first(where: { "\($0)" == name }) else {
    throw UsageError(message: "instructions=\(name): not those of this processor")
  }
  return try BatchRegression(request, doses: doses, instructions: instructions)
}

func fitBatch(_ options: inout Options) throws {
  let folder = try options.path()
  let doses = try Array2D(contentsOf: folder + "/doses.npy")
  let responses = try Array2D(
    contentsOf: folder + "/responses.npy", rows: try options.int("curves", .max))
  let interval = try options.text("interval").flatMap { text -> CurveIntervalMethod? in
    if text == "none" { return nil }
    return try options.choice("interval", CurveIntervalMethod.wald)
  }
  let request = BatchRequest(
    ResponseCurve(try options.choice("model", DoseResponseModel.logLogistic4)),
    effects: interval == nil ? [] : [50], interval: interval,
    search: try options.choice("search", BatchSearch.fast))
  let (curves, threads) = (responses.rows, try options.int("threads", 1))
  let times = try options.int("times", 1)
  let totals = UnsafeMutableBufferPointer<Double>.allocate(capacity: threads)
  defer { totals.deallocate() }
  var sums = [Double](repeating: .nan, count: curves)
  try responses.values.withUnsafeBufferPointer { responses in
    try sums.withUnsafeMutableBufferPointer { sums in
      for _ in 0..<(try options.int("passes", 1)) {
        try measure("\(curves * times),\(doses.columns)") {
          let regression = try regression(request, doses: doses.values, options)
          nonisolated(unsafe) let chunks = Chunks(regression, responses, sums, times: times)
          nonisolated(unsafe) let totals = totals
          inThreads(threads) { thread in
            totals[thread] = chunks.fit()
          }
          return "\(totals.reduce(0, +) / Double(curves * times))"
        }
      }
    }
  }
  if let file = options.text("sums") {
    try Array2D(rows: 1, columns: curves, values: sums).write(to: file)
  }
}

func fitRows(_ options: inout Options) throws {
  let folder = try options.path()
  let doses = try Array2D(contentsOf: folder + "/doses.npy").row
  let responses = try Array2D(contentsOf: folder + "/responses.npy").row
  let points = min(doses.count, try options.int("points", .max))
  let (x, y) = (Array(doses.prefix(points)), Array(responses.prefix(points)))
  try measure("1,\(points)") {
    let request = BatchRequest(ResponseCurve(.logLogistic4))
    let regression = try BatchRegression(request, doses: x)
    var row = [Double](repeating: .nan, count: request.layout.columns.count)
    y.withUnsafeBufferPointer { y in
      row.withUnsafeMutableBufferPointer { regression.fit(y, into: $0) }
    }
    let named = Dictionary(uniqueKeysWithValues: zip(request.layout.columns, row))
    return "\(named["iterations"] ?? .nan),\(named["rss"] ?? .nan)"
  }
}
