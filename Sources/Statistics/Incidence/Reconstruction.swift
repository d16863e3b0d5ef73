public import Inference

/// The percentage of subjects with an event, as a publication prints it.
///
/// It determines the count behind it as far as its decimals allow: of 37 subjects only 12 give
/// 32.4. Everything here is exact integer arithmetic on the fraction 100·k/n.
public struct PrintedPercentage: Hashable, Sendable {
  public let printed: PrintedNumber
  public let rule: RoundingRule

  /// `nil` unless `printed` lies between 0 and 100.
  public init?(_ printed: PrintedNumber, rule: RoundingRule) {
    guard printed.unscaled >= 0, printed.decimals <= 12,
      Int128(printed.unscaled) <= 100 * powerOfTen(printed.decimals)
    else { return nil }
    self.printed = printed
    self.rule = rule
  }

  /// The numbers of subjects k, of `total`, whose percentage prints as this one; it may be empty.
  ///
  /// With u the printed digits, d their decimals and A = 100·10^d, k is possible when
  /// (2u − 1)·n ≤ 2·A·k < (2u + 1)·n; rounding to even moves the ends to the even neighbour.
  public func possibleCounts(of total: Int) -> Range<Int> {
    precondition(total >= 0, "\(total) subjects")
    let n = Int128(total)
    let u = Int128(printed.unscaled)
    let scale = 200 * powerOfTen(printed.decimals)
    let (lowerNumerator, upperNumerator) = ((2 * u - 1) * n, (2 * u + 1) * n)
    let (lowerIncluded, upperIncluded) =
      switch rule {
      case .halfAway: (true, false)
      case .halfEven: (u % 2 == 0, u % 2 == 0)
      }
    let first =
      lowerIncluded
      ? ceilingOfQuotient(lowerNumerator, scale) : floorOfQuotient(lowerNumerator, scale) + 1
    let end =
      upperIncluded
      ? floorOfQuotient(upperNumerator, scale) + 1 : ceilingOfQuotient(upperNumerator, scale)
    let lower = max(0, first)
    let upper = min(n + 1, end)
    return lower < upper ? Int(lower)..<Int(upper) : Int(lower)..<Int(lower)
  }

  /// The number of subjects, of `total`, that this percentage stands for.
  ///
  /// - Throws: ``ReconstructionError`` where no count prints so, or more than one.
  public func count(of total: Int) throws(ReconstructionError) -> Int {
    let possible = possibleCounts(of: total)
    guard let count = possible.first else {
      throw .noCount(percentage: self, total: total, nearest: nearestCounts(of: total))
    }
    guard possible.count == 1 else {
      throw .severalCounts(percentage: self, total: total, counts: possible)
    }
    return count
  }

  /// The counts below and above the printed percentage, which fit none.
  private func nearestCounts(of total: Int) -> [Int] {
    let exact = Int128(printed.unscaled) * Int128(total)
    let below = Int(floorOfQuotient(exact, 100 * powerOfTen(printed.decimals)))
    return [below, below + 1].filter { (0...total).contains($0) }
  }
}

/// Why a printed percentage does not give a number of subjects.
public enum ReconstructionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// No count prints so; `nearest` are the counts on either side.
  case noCount(percentage: PrintedPercentage, total: Int, nearest: [Int])
  case severalCounts(percentage: PrintedPercentage, total: Int, counts: Range<Int>)

  public var description: String {
    switch self {
    case .noCount(let percentage, let total, let nearest):
      let neighbours = nearest.map { count in
        let percent = 100 * Double(count) / Double(total)
        let shown = PrintedNumber(
          rounding: percent, decimals: percentage.printed.decimals, rule: percentage.rule)
        return "\(count)/\(total) prints as \(shown?.description ?? "\(percent)")"
      }
      return "no number of \(total) subjects prints as \(percentage.printed) %"
        + (neighbours.isEmpty ? "" : ": " + neighbours.joined(separator: ", "))
    case .severalCounts(let percentage, let total, let counts):
      return "\(counts.count) numbers of \(total) subjects print as \(percentage.printed) %: "
        + (counts.count <= 10
          ? counts.map(String.init).joined(separator: ", ")
          : "\(counts.lowerBound) to \(counts.upperBound - 1)")
    }
  }
}

/// The numbers of subjects up to `maximum` for which every one of `percentages` is possible.
///
/// A number that fits is evidence, not proof: each of its multiples fits as well.
public func possibleTotals(
  for percentages: [PrintedPercentage], upTo maximum: Int
) -> [Int] {
  guard maximum >= 1 else { return [] }
  return (1...maximum).filter { total in
    percentages.allSatisfy { !$0.possibleCounts(of: total).isEmpty }
  }
}

private func floorOfQuotient(_ numerator: Int128, _ denominator: Int128) -> Int128 {
  let (quotient, remainder) = numerator.quotientAndRemainder(dividingBy: denominator)
  return remainder < 0 ? quotient - 1 : quotient
}

private func ceilingOfQuotient(_ numerator: Int128, _ denominator: Int128) -> Int128 {
  -floorOfQuotient(-numerator, denominator)
}

private func powerOfTen(_ exponent: Int) -> Int128 {
  (0..<exponent).reduce(1) { power, _ in power * 10 }
}
