import Glibc
public import Inference
import LinearAlgebra

/// What may be said of a fit; the worst of what was found is its status.
public enum FitVerdict: String, CaseIterable, Sendable {
  case zeroProbability = "zero-probability"
  case tooFewDoses = "too-few-doses"
  case flat
  case perfectFit = "perfect-fit"
  case atBound = "at-bound"
  case notIdentified = "not-identified"
  case notConverged = "not-converged"
  case severalMinima = "several-minima"
  case extrapolated
  case noLowerPlateau = "no-lower-plateau"
  case noUpperPlateau = "no-upper-plateau"
  case converged

  /// A number for tables of numbers: 0 for ``converged``, then from the least grave on.
  public var code: Double {
    Double(Self.allCases.count - 1 - Self.allCases.firstIndex(of: self)!)
  }
}

/// A verdict with its reason.
public struct FitFinding: Hashable, Sendable {
  public let verdict: FitVerdict
  /// In words; empty for ``FitVerdict/converged``.
  public let reason: String

  public init(_ verdict: FitVerdict, _ reason: String) {
    self.verdict = verdict
    self.reason = reason
  }
}

extension CurveSetFit {
  /// Everything that is to be said of the fit but whether it is flat, the gravest first.
  public func findings(level: ConfidenceLevel) -> [FitFinding] {
    var found: [FitFinding] = []
    func add(_ verdict: FitVerdict, _ reason: String) {
      found.append(FitFinding(verdict, reason))
    }
    if fit.termination == .perfectFit {
      add(.perfectFit, "the curve passes through all responses, which leaves no variance")
    }
    let bounded = fit.parametersAtBounds.filter { set.isOwnBound(estimates[$0], of: $0) }
    if !bounded.isEmpty { add(.atBound, "\(names(bounded)) at a bound") }
    let loose = unidentifiedParameters
    if !loose.isEmpty {
      add(.notIdentified, "the data do not determine \(names(loose))")
    } else if !fit.converged {
      add(.notConverged, "the search ended without a minimum (\(fit.termination.rawValue))")
    }
    if let other = nearMinimum(level) {
      add(
        .severalMinima,
        "a second minimum lies only \(percentAbove(other)) % higher, which "
          + "the data do not tell from the best")
    }
    for index in set.samples.indices { found += extent(of: index) }
    return found.isEmpty ? [FitFinding(.converged, "")] : found
  }

  /// The parameters that others make up for: their dependency 1 − 1/(Cⱼⱼ (JᵀWJ)ⱼⱼ) is above 0.9999,
  /// or nothing depends on them, or the search ran off with them to the end of its range.
  public var unidentifiedParameters: [Int] {
    let atEnds = fit.parametersAtBounds.filter { !set.isOwnBound(estimates[$0], of: $0) }
      .filter {
        !(set.response != .continuous && [.lower, .upper].contains(set.parameters[$0].parameter))
      }
    guard let point = problem.linearization(coordinates) else { return atEnds }
    let inside = inside
    let jacobian = point.jacobian.selectingColumns(inside)
    let norms = inside.map { norm(point.jacobian.column($0)) }
    let largest = norms.max() ?? 0
    let idle = zip(inside, norms).filter { $0.1 <= 1e-12 * largest }.map { $0.0 }
    let live = zip(inside, norms).filter { $0.1 > 1e-12 * largest }
    guard !live.isEmpty else { return (atEnds + idle).sorted() }
    let columns = live.map { inside.firstIndex(of: $0.0)! }
    let scaled = jacobian.selectingColumns(columns).scalingColumns(by: live.map { 1 / $0.1 })
    guard let svd = try? SVD(scaled) else { return (atEnds + idle).sorted() }
    // The diagonal of (JᵀJ)⁻¹ for columns of length 1; with fewer rows than columns what no singular
    // vector reaches is free.
    let dependent = live.indices.filter { j in
      let parts = svd.singularValues.indices.map { svd.rightTransposed[$0, j] }
      let inflation = zip(parts, svd.singularValues).reduce(0.0) { sum, term in
        let part = term.0 / max(term.1, 1e-300)
        return sum + part * part
      }
      return 1 - 1 / inflation > 0.9999 || product(parts, parts) < 1 - 1e-10
    }.map { live[$0].0 }
    return (atEnds + idle + dependent).sorted()
  }

  private func names(_ indices: [Int]) -> String {
    indices.map { set.parameters[$0].parameter.rawValue }.reduce(into: [String]()) {
      if !$0.contains($1) { $0.append($1) }
    }.joined(separator: ", ")
  }

  /// The objective of the second minimum where limits would not exclude it.
  private func nearMinimum(_ level: ConfidenceLevel) -> Double? {
    guard fit.minima.count > 1, let t = try? criticalValue(level), let variance = try? dispersion()
    else { return nil }
    let other = fit.minima[1]
    return other - fit.residualSumOfSquares <= variance * t * t ? other : nil
  }

  /// How far an objective is above the least, in percent with one decimal.
  private func percentAbove(_ other: Double) -> Double {
    (1000 * (other / fit.residualSumOfSquares - 1)).rounded() / 10
  }

  /// Whether a curve goes on beyond the doses tested.
  private func extent(of index: Int) -> [FitFinding] {
    guard case .sigmoid(let sigmoid) = set.curve.form, !sigmoid.isHormesis else { return [] }
    let doses = set.samples[index].means.map(\.dose).filter { $0 > 0 || !sigmoid.isLogDose }
    guard let first = doses.first, let last = doses.last else { return [] }
    let values = values(of: index)
    if let half = try? set.curve.effectiveDose(percent: 50, parameters: values).dose,
      half < first || half > last
    {
      return [
        FitFinding(
          .extrapolated,
          "half of the way lies \(half > last ? "above" : "below") the doses tested")
      ]
    }
    guard let most = try? set.curve.effectiveDose(percent: 90, parameters: values).dose,
      most > last
    else { return [] }
    let falls =
      set.curve.response(dose: last, parameters: values)
      < set.curve.response(dose: first, parameters: values)
    return [
      FitFinding(
        falls ? .noLowerPlateau : .noUpperPlateau,
        "less than 90 % of the way lies within the doses tested")
    ]
  }
}
