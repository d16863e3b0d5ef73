/// The distance between two doubles in units in the last place of `expected`.
///
/// Equal values, infinities included, are at distance 0; a NaN is infinitely far from anything.
public func ulps(_ value: Double, from expected: Double) -> Double {
  if value == expected { return 0 }
  guard value.isFinite, expected.isFinite else { return .infinity }
  return abs(value - expected) / expected.ulp
}

/// |value − expected| / |expected|; 0 where both are equal, also when both are 0 or infinite.
public func relativeError(_ value: Double, _ expected: Double) -> Double {
  if value == expected { return 0 }
  guard value.isFinite, expected.isFinite else { return .infinity }
  return abs(value - expected) / abs(expected)
}
