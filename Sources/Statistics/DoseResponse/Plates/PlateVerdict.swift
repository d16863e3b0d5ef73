import Inference

/// What is asked of the controls of a plate.
public struct PlateCriteria: Hashable, Sendable {
  /// What the mean of the positive control must lie in.
  public enum PositiveRange: Hashable, Sendable {
    /// In units of the response.
    case response(ClosedRange<Double>)
    /// In percent of the mean vehicle, above the blank.
    case percentOfVehicle(ClosedRange<Double>)
  }

  public let minimumZPrime: Double?
  /// The greatest coefficient of variation of the vehicle.
  public let maximumControlCV: Double?
  public let positive: PositiveRange?

  public init(
    minimumZPrime: Double? = nil, maximumControlCV: Double? = nil, positive: PositiveRange? = nil
  ) {
    self.minimumZPrime = minimumZPrime
    self.maximumControlCV = maximumControlCV
    self.positive = positive
  }
}

/// A criterion that a plate does not meet, with its number.
public enum PlateShortfall: Hashable, Sendable {
  case zPrime(Double, minimum: Double)
  case controlCV(Double, maximum: Double)
  case positiveResponse(Double, range: ClosedRange<Double>)
  case positivePercent(Double, range: ClosedRange<Double>)
}

/// Whether a plate meets all criteria; its numbers stay as they are.
public enum PlateVerdict: Hashable, Sendable {
  case passed
  /// With every criterion that is not met, and why others could not be looked at.
  case failed([PlateShortfall], unknown: [String])
  /// All criteria that could be looked at are met; why others could not, or that there are none.
  case notAssessed([String])

  /// The spelling in results.
  public var status: String {
    switch self {
    case .passed: "passed"
    case .failed: "failed"
    case .notAssessed: "not-assessed"
    }
  }

  /// Every reason in words, with its numbers.
  public var reasons: [String] {
    switch self {
    case .passed: []
    case .failed(let shortfalls, let unknown): shortfalls.map(\.description) + unknown
    case .notAssessed(let unknown): unknown
    }
  }
}

extension ControlStatistics {
  /// Holds the controls to `criteria`, of which equality meets each.
  public func verdict(_ criteria: PlateCriteria) -> PlateVerdict {
    var shortfalls: [PlateShortfall] = []
    var unknown: [String] = []
    func check(
      _ name: String, _ shortfall: () throws(NotEstimable) -> PlateShortfall?
    ) {
      do throws(NotEstimable) {
        if let found = try shortfall() { shortfalls.append(found) }
      } catch {
        unknown.append("\(name) is not estimable: \(error.reason)")
      }
    }
    if let minimum = criteria.minimumZPrime {
      check("Z′") { () throws(NotEstimable) in
        let value = try zPrime
        return value < minimum ? .zPrime(value, minimum: minimum) : nil
      }
    }
    if let maximum = criteria.maximumControlCV {
      check("the vehicle's coefficient of variation") { () throws(NotEstimable) in
        let value = try coefficientOfVariation
        return value > maximum ? .controlCV(value, maximum: maximum) : nil
      }
    }
    switch criteria.positive {
    case .response(let range):
      check("the positive control") { () throws(NotEstimable) in
        let value = try present(positive, "positive").mean
        return range.contains(value) ? nil : .positiveResponse(value, range: range)
      }
    case .percentOfVehicle(let range):
      check("the positive control's percentage") { () throws(NotEstimable) in
        let value = try positivePercent
        return range.contains(value) ? nil : .positivePercent(value, range: range)
      }
    case nil: break
    }
    if !shortfalls.isEmpty { return .failed(shortfalls, unknown: unknown) }
    if criteria == PlateCriteria() { return .notAssessed(["no criterion is given"]) }
    return unknown.isEmpty ? .passed : .notAssessed(unknown)
  }
}

extension PlateShortfall: CustomStringConvertible {
  public var description: String {
    switch self {
    case .zPrime(let value, let minimum):
      "Z′ is \(text(value, beside: [minimum])), below \(minimum)"
    case .controlCV(let value, let maximum):
      "the vehicle's coefficient of variation is \(text(value, beside: [maximum])), above \(maximum)"
    case .positiveResponse(let value, let range):
      "the positive control's mean is \(described(value, range))"
    case .positivePercent(let value, let range):
      "the positive control's mean in percent of the vehicle is \(described(value, range))"
    }
  }

  private func described(_ value: Double, _ range: ClosedRange<Double>) -> String {
    let limits = [range.lowerBound, range.upperBound]
    return "\(text(value, beside: limits)), not within \(limits[0]) to \(limits[1])"
  }

  /// `value` to three decimals, or as many more as tell it from the limits.
  private func text(_ value: Double, beside limits: [Double]) -> String {
    for decimals in 3...15 {
      guard let printed = PrintedNumber(rounding: value, decimals: decimals, rule: .halfAway) else {
        break
      }
      if !limits.contains(printed.value) { return printed.description }
    }
    return value.description
  }
}
