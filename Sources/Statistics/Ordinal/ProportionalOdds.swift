import Glibc
public import Inference
import LinearAlgebra
import Optimization
import Probability

/// A proportional odds model of grades with one log odds ratio for each group.
///
/// logit P(Y ≤ j) = αⱼ − β, β = 0 in the reference group: positive β stands for higher grades. Grades
/// that nobody has are left out, which changes nothing. McCullagh (1980), J. R. Stat. Soc. B 42:109.
public struct ProportionalOdds: Sendable {
  /// A group's log odds ratio against the reference.
  public struct Effect: Hashable, Sendable {
    /// ±∞ where all grades of one group lie at or above those of the other.
    public let estimate: Double
    /// From the observed information; `nil` where the estimate is infinite.
    public let standardError: Double?

    /// Wald's z = β / SE; `nil` where the estimate is infinite.
    public var waldTest: TestResult? {
      standardError.map { error in
        TestResult(statistic: estimate / error, pValue: twoSidedNormal(estimate / error))
      }
    }
  }

  /// Why the iteration stopped.
  public enum Termination: Hashable, Sendable {
    /// √(gᵀ H⁻¹ g) ≤ 1e-12: the next step is that small in units of the standard errors.
    case gradient
    /// √(gᵀ H⁻¹ g) is at most 1e-6 and does not shrink any more.
    case rounding
  }

  /// By group; `nil` for the reference, and where the grades say nothing of the difference.
  public let effects: [Effect?]
  /// α, one less than the grades used; `nil` where some groups are separated from others.
  public let cutpoints: [Double]?
  /// The logarithm of the largest likelihood, without the multinomial coefficients.
  public let logLikelihood: Double
  /// The largest derivative of the logarithm of the likelihood where the iteration stopped.
  public let gradientNorm: Double
  public let iterations: Int
  /// `nil` where the reference overlaps with no group, and nothing had to be iterated.
  public let termination: Termination?
  private let counts: [[Int]]
  private let reference: Int

  /// Fits the model to all groups of `table` at once.
  ///
  /// - Throws: `NotEstimable` where all subjects have one grade.
  public init(_ table: GradedTable, reference: Int) throws(NotEstimable) {
    precondition(table.counts.indices.contains(reference), "no group \(reference)")
    let totals = table.gradeTotals
    let used = totals.indices.filter { totals[$0] > 0 }
    guard used.count > 1 else { throw NotEstimable("all subjects have one grade") }
    let counts = table.counts.map { row in used.map { row[$0] } }
    let order = [reference] + counts.indices.filter { $0 != reference }
    let fit = try SeparatedFit(order.map { Unit(rows: [counts[$0]], offsets: [0]) })
    let inverse = try fit.covariance
    var effects = counts.map { _ -> Effect? in nil }
    for (place, group) in order.enumerated().dropFirst() {
      switch fit.separation.positions[place] - fit.separation.positions[0] {
      case 1...: effects[group] = Effect(estimate: .infinity, standardError: nil)
      case ..<0: effects[group] = Effect(estimate: -.infinity, standardError: nil)
      default:
        guard let slope = fit.slope(of: place) else { continue }
        effects[group] = Effect(
          estimate: fit.reference?.slopes[slope] ?? 0,
          standardError: inverse.map { $0[slope, slope].squareRoot() })
      }
    }
    self.effects = effects
    self.counts = counts
    self.reference = reference
    cutpoints =
      fit.separation.positions.allSatisfy { $0 == 0 } && fit.separation.blocks.count == 1
      ? fit.reference?.cutpoints : nil
    logLikelihood = fit.logLikelihood
    gradientNorm = fit.reference?.gradientNorm ?? 0
    iterations = fit.reference?.iterations ?? 0
    termination = fit.reference?.termination
  }

  /// The limits β with 2 (ℓ̂ − ℓ(β)) = z², ℓ(β) the largest likelihood with that β of the group.
  ///
  /// Where the estimate is infinite so is that limit, and the other one is finite.
  public func limits(of group: Int, level: ConfidenceLevel) throws(NotEstimable)
    -> ConfidenceInterval
  {
    let z = level.normalCriticalValue(.two)
    guard let effect = effects[group] else {
      return ConfidenceInterval(lower: -.infinity, upper: .infinity, level: level, sides: .two)
    }
    // Where the likelihood is flat at its top, Wald's limit would be far beyond the profile's.
    let width = effect.standardError.map { min(4, max(1e-300, z * $0)) } ?? 1
    return ConfidenceInterval(
      lower: effect.estimate == -.infinity
        ? -.infinity : try limit(of: group, effect.estimate, -width, z),
      upper: effect.estimate == .infinity
        ? .infinity : try limit(of: group, effect.estimate, width, z),
      level: level, sides: .two)
  }

  /// The limit on the side of `step` from `estimate`.
  private func limit(
    of group: Int, _ estimate: Double, _ step: Double, _ z: Double
  ) throws(NotEstimable) -> Double {
    var failure: NotEstimable?
    func excess(_ beta: Double) -> Double {
      do throws(NotEstimable) {
        return 2 * (logLikelihood - (try profile(group, beta))) - z * z
      } catch {
        failure = error
        return .nan
      }
    }
    // At levels close to 0 rounding hides the limits.
    if estimate.isFinite, excess(estimate) >= 0 { return estimate }
    // From an infinite estimate the search comes in from where the likelihood is close to its bound.
    var inner = estimate.isFinite ? estimate : 0
    var width = step
    while !estimate.isFinite, failure == nil, excess(inner) >= 0 {
      guard abs(inner) < 30 else { return estimate }
      inner -= width
      width *= 2
    }
    var outer = inner + step
    width = step
    while failure == nil, excess(outer) < 0 {
      inner = outer
      width *= 2
      outer += width
    }
    do throws(RootError) {
      return try bracketedRoot(
        of: excess, lower: min(inner, outer), upper: max(inner, outer)
      ).value
    } catch {
      throw failure ?? NotEstimable("no profile likelihood limit was found")
    }
  }

  /// ℓ(β): the largest likelihood where `group` has the log odds ratio `beta`.
  public func profile(_ group: Int, _ beta: Double) throws(NotEstimable) -> Double {
    let fixed = Unit(rows: [counts[reference], counts[group]], offsets: [0, beta])
    let others = counts.indices.filter { $0 != reference && $0 != group }
    return try SeparatedFit([fixed] + others.map { Unit(rows: [counts[$0]], offsets: [0]) })
      .logLikelihood
  }

  /// The score test that each group's log odds ratio is the same at every cutpoint.
  ///
  /// Without proportionality the model is saturated, so that the score test with the expected
  /// information is Pearson's χ² of the fit, with (groups − 1)(grades − 2) degrees of freedom.
  ///
  /// - Throws: `NotEstimable` where there are two grades, or groups are separated.
  public var proportionality: TestResult {
    get throws(NotEstimable) {
      guard counts[0].count > 2 else {
        throw NotEstimable("two grades have one cutpoint, and nothing to be proportional")
      }
      guard let cutpoints else { throw NotEstimable("the grades of some groups do not overlap") }
      var statistic = 0.0
      for (row, effect) in zip(counts, effects) {
        let total = Double(row.reduce(0, +))
        for grade in row.indices {
          let expected = total * probability(of: grade, cutpoints, effect?.estimate ?? 0)
          let residual = Double(row[grade]) - expected
          statistic += residual * residual / expected
        }
      }
      return chiSquareTest(
        statistic, degreesOfFreedom: (counts.count - 1) * (counts[0].count - 2))
    }
  }

  private func probability(of grade: Int, _ cutpoints: [Double], _ beta: Double) -> Double {
    Band(
      lower: grade > 0 ? cutpoints[grade - 1] - beta : -.infinity,
      upper: grade < cutpoints.count ? cutpoints[grade] - beta : .infinity
    ).probability
  }
}

/// Rows of subjects with fixed differences between their log odds.
private struct Unit {
  let rows: [[Int]]
  let offsets: [Double]
}

/// The fit of a model whose units may be separated: each set of overlapping units by itself.
///
/// At the bound of the likelihood the units between sets of cutpoints have probability 1.
private struct SeparatedFit {
  let separation: Separation
  /// Of the units that overlap with the first; `nil` where it lies between sets.
  let reference: CumulativeLogit.Maximum?
  let logLikelihood: Double

  init(_ units: [Unit]) throws(NotEstimable) {
    let separation = Separation(units.map(\.rows))
    var reference: CumulativeLogit.Maximum?
    var sum = 0.0
    for (block, grades) in separation.blocks.enumerated() {
      let members = units.indices.filter { separation.positions[$0] == 2 * block }
      guard !members.isEmpty else { continue }
      let rows = members.enumerated().flatMap { place, index in
        zip(units[index].rows, units[index].offsets).map { ($0, place == 0 ? nil : place - 1, $1) }
      }
      let maximum = try CumulativeLogit(
        counts: rows.map { Array($0.0[grades]) }, slopes: rows.map(\.1), offsets: rows.map(\.2)
      ).maximum()
      sum += maximum.logLikelihood
      if members[0] == 0 { reference = maximum }
    }
    self.separation = separation
    self.reference = reference
    logLikelihood = sum
  }

  /// The index of the slope of the unit at `place` among those that overlap with the first.
  func slope(of place: Int) -> Int? {
    let position = separation.positions[0]
    guard reference != nil, separation.positions[place] == position else { return nil }
    return separation.positions[1..<place].count { $0 == position }
  }

  /// The inverse of the observed information around the first unit.
  var covariance: Matrix? {
    get throws(NotEstimable) {
      guard let reference else { return nil }
      do throws(LinearAlgebraError) {
        return try Cholesky(reference.information).inverse
      } catch {
        throw NotEstimable("the observed information is not positive definite")
      }
    }
  }
}
