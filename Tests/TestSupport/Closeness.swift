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

/// Whether `value` rounds to `printed`; more than twelve digits are held to 1e-12.
public func agrees(_ value: Double, printed: String) -> Bool {
  guard let number = Double(printed) else { return false }
  let decimals = printed.split(separator: ".").dropFirst().first?.count ?? 0
  let digits = printed.drop { $0 == "0" || $0 == "." }.count { $0 != "." }
  if digits > 12 { return relativeError(value, number) <= 1e-12 }
  return abs(value - number) <= 0.5 * (Double("1e-\(decimals)") ?? 1)
}
