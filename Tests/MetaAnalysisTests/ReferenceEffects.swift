import Foundation
import MetaAnalysis
import TestSupport

/// Studies of a reference table: events of subjects or years, ½ added to what has a zero, for
/// differences to the variance only; without the studies that say nothing of a ratio.
func referenceEffects(_ dataset: String, _ measure: String) throws -> [EffectSize] {
  if measure == "generic" {
    return try referenceTable("MetaAnalysis", "effects").filter { $0["dataset"] == dataset }
      .map { EffectSize(value: $0.double("y"), variance: $0.double("v")) }
  }
  return try referenceTable("MetaAnalysis", "datasets").filter { $0["dataset"] == dataset }
    .compactMap { effect($0, measure) }
}

private func effect(_ row: ReferenceRow, _ measure: String) -> EffectSize? {
  let (x1, n1) = (row.double("x1"), row.double("n1"))
  let (x2, n2) = (row.double("x2"), row.double("n2"))
  let isRate = row["kind"] == "rate"
  let isRatio = measure.hasSuffix("ratio")
  let events = x1 + x2
  if isRatio, events == 0 || (!isRate && events == n1 + n2) { return nil }
  let hasZero = x1 == 0 || x2 == 0 || (!isRate && (x1 == n1 || x2 == n2))
  let a = hasZero ? 0.5 : 0
  let (b, d) = (n1 - x1 + a, n2 - x2 + a)
  let (c1, c2) = (x1 + a, x2 + a)
  switch measure {
  case "odds-ratio":
    return EffectSize(value: log(c1 / b / (c2 / d)), variance: 1 / c1 + 1 / b + 1 / c2 + 1 / d)
  case "risk-ratio":
    // The subjects grow by ½ in each of the two cells.
    return EffectSize(
      value: log(c1 / (n1 + 2 * a) / (c2 / (n2 + 2 * a))),
      variance: b / (c1 * (n1 + 2 * a)) + d / (c2 * (n2 + 2 * a)))
  case "risk-difference":
    let (m1, m2) = (n1 + 2 * a, n2 + 2 * a)
    return EffectSize(
      value: x1 / n1 - x2 / n2,
      variance: c1 * b / (m1 * m1 * m1) + c2 * d / (m2 * m2 * m2))
  case "arcsine-difference":
    return EffectSize(
      value: asin((x1 / n1).squareRoot()) - asin((x2 / n2).squareRoot()),
      variance: 1 / (4 * n1) + 1 / (4 * n2))
  case "rate-ratio":
    return EffectSize(value: log(c1 / n1 / (c2 / n2)), variance: 1 / c1 + 1 / c2)
  case "rate-difference":
    return EffectSize(value: x1 / n1 - x2 / n2, variance: c1 / n1 / n1 + c2 / n2 / n2)
  default: preconditionFailure("no measure \(measure)")
  }
}
