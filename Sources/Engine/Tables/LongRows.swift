/// Rows of a long table, column by column, to be read into again and again.
public final class LongRows {
  /// How many rows were read.
  public private(set) var count = 0
  /// Where the rows of each curve begin, and behind the last where they end.
  public private(set) var starts: [Int] = [0]

  public private(set) var doses = UnsafeMutableBufferPointer<Double>.allocate(capacity: 0)
  /// NaN where a response is missing.
  public private(set) var responses = UnsafeMutableBufferPointer<Double>.allocate(capacity: 0)
  /// 1 where the table has no weights.
  public private(set) var weights = UnsafeMutableBufferPointer<Double>.allocate(capacity: 0)

  public init() {}

  deinit {
    for buffer in [doses, responses, weights] { buffer.deallocate() }
  }

  func removeAll(reserving capacity: Int) {
    count = 0
    starts.removeAll(keepingCapacity: true)
    starts.append(0)
    guard capacity > doses.count else { return }
    for buffer in [doses, responses, weights] { buffer.deallocate() }
    doses = .allocate(capacity: capacity)
    responses = .allocate(capacity: capacity)
    weights = .allocate(capacity: capacity)
  }

  func endCurve() { starts.append(count) }

  @inline(__always)
  func append(dose: Double, response: Double, weight: Double) {
    precondition(count < doses.count, "more rows than were counted")
    doses[count] = dose
    responses[count] = response
    weights[count] = weight
    count += 1
  }
}
