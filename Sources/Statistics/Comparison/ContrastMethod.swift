public import Inference

/// An interval for a contrast of two groups: the contrast and one of its methods.
public protocol ContrastMethod: Hashable, Sendable {
  /// The method, whose spelling tells it apart from others of its contrast.
  var method: any StatisticalMethod { get }

  var nullTest: NullTestKind { get }
}

extension ContrastMethod {
  /// The spelling of the method.
  public var name: String { method.rawValue }
}
