/// Why a number that was asked for does not exist.
public struct NotEstimable: Error, Hashable, Sendable {
  /// In words, to follow "not estimable: ".
  public let reason: String

  public init(_ reason: String) {
    self.reason = reason
  }
}
