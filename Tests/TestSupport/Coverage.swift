/// The ranges between neighbouring limits within `range`, without those that only rounding makes.
///
/// In each of them the outcomes whose intervals hold the value stay the same, so that the coverage of
/// a single parameter is least at an end.
public func rangesBetween(
  _ limits: [Double], within range: ClosedRange<Double>
) -> [ClosedRange<Double>] {
  let inside = limits.filter { $0 > range.lowerBound && $0 < range.upperBound }
  let ends = ([range.lowerBound, range.upperBound] + inside).sorted()
  return zip(ends, ends.dropFirst()).filter { $1 - $0 > 1e-11 }.map { $0...$1 }
}
