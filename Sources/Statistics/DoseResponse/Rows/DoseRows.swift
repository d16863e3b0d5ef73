/// Doses and responses, a row each, in memory that stays in place and is only read while they are
/// fitted.
public struct DoseRows: @unchecked Sendable {
  public let doses: UnsafeBufferPointer<Double>
  public let responses: UnsafeBufferPointer<Double>
  /// Each multiplies the squared residual of its row; `nil` where all are 1.
  public let weights: UnsafeBufferPointer<Double>?

  /// A row whose response is not finite or whose weight is 0 is missing.
  public init(
    doses: UnsafeBufferPointer<Double>, responses: UnsafeBufferPointer<Double>,
    weights: UnsafeBufferPointer<Double>? = nil
  ) {
    precondition(
      doses.count == responses.count, "\(doses.count) doses of \(responses.count) responses")
    precondition(
      weights.map { $0.count == responses.count } ?? true,
      "\(weights?.count ?? 0) weights of \(responses.count) responses")
    self.doses = doses
    self.responses = responses
    self.weights = weights
  }

  public var count: Int { responses.count }

  func isMissing(_ row: Int) -> Bool {
    !responses[row].isFinite || weights.map { !($0[row] > 0) } ?? false
  }
}

/// How the parts of a sum over rows are computed: calls its second argument once for each number below
/// the first, in any order or at once.
///
/// The parts, and how they are added, do not depend on it.
public typealias RowsSpread = (_ parts: Int, _ compute: @Sendable (Int) -> Void) -> Void

/// One part after the other.
public func oneByOne(parts: Int, compute: @Sendable (Int) -> Void) {
  for part in 0..<parts { compute(part) }
}
