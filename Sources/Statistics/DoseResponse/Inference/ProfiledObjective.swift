/// The objective of a fit with one number held, all else refitted.
///
/// Values of the number are places on its ``ProfileScale``.
protocol ProfiledObjective {
  /// Where a descent ended.
  typealias Low = (coordinates: [Double], sum: Double)

  /// The lowest of the ends of descents from `near`, the number held at `value`.
  mutating func lowest(at value: Double, near: [[Double]]) -> Low?

  /// The same from all over the search box.
  mutating func lowestOfAll(at value: Double, near: [[Double]]) -> Low?

  /// This with bounds that the search alone has moved far outwards where `coordinates` are at one;
  /// `nil` where they are at none.
  func widened(_ coordinates: [Double]) -> Self?

  /// The size of the slope of the number's own curve where it is as steep as the search allows.
  func stepSlope(_ coordinates: [Double]) -> Double?
}

extension ProfiledObjective {
  /// By how much a bound of the search is moved, in logarithms.
  static var widening: Double { 50 }
}
