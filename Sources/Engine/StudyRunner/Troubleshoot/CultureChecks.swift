import Incidence
import Inference
import Results
import StudyDefinition

// Whether cultures are alive and free of mycoplasma.
//
// Viability: supported where the upper limit of the share alive, by Clopper and Pearson, is below the
// minimum in a culture or in all together; not supported where every lower limit is at least the
// minimum; else open. Mycoplasma: supported where a test is positive.

extension PlateletResponseEvidence {
  func viabilityParts(level: ConfidenceLevel) -> [EvidencePart] {
    guard viability.count > 1 else {
      return viability.map { part("", $0.alive, of: $0.total, level: level) }
    }
    let (alive, total) = viability.reduce((0, 0)) { ($0.0 + $1.alive, $0.1 + $1.total) }
    return viability.map { part($0.label, $0.alive, of: $0.total, level: level) }
      + [part("All cultures", alive, of: total, level: level)]
  }

  private func part(
    _ label: String, _ alive: Int, of total: Int, level: ConfidenceLevel
  ) -> EvidencePart {
    EvidencePart(
      label,
      evidenceKeys(
        ProportionIntervalMethod.clopperPearson.rawValue, ["estimate", "lower", "upper"])
    ) { _ in
      guard let count = try? BinomialCount(events: alive, total: total),
        let interval = count.confidenceInterval(
          method: .clopperPearson, level: level, sides: .two), let lower = interval.lower,
        let upper = interval.upper
      else { preconditionFailure("a count that is none passed the study definition") }
      let verdict: Verdict =
        upper < minimumViability
        ? .supported : lower >= minimumViability ? .notSupported : .inconclusive
      return Judgement(
        verdict,
        "\(alive) of \(total) alive, \(shown(100 * count.proportion, 100 * lower, 100 * upper)) % "
          + "(minimum \(shown(100 * minimumViability)) %)",
        [RowValue(count.proportion), RowValue(lower), RowValue(upper)])
    }
  }

  var mycoplasmaParts: [EvidencePart] {
    guard !mycoplasma.isEmpty else { return [] }
    return [
      EvidencePart("", evidenceKeys("", ["positive_tests", "tests"])) { _ in
        let positive = mycoplasma.filter(\.isPositive).map(\.label)
        let text =
          positive.isEmpty
          ? "none of \(mycoplasma.count) tests is positive: "
            + mycoplasma.map(\.label).joined(separator: "; ")
          : "\(positive.count) of \(mycoplasma.count) tests positive: "
            + positive.joined(separator: "; ")
        return Judgement(
          positive.isEmpty ? .notSupported : .supported, text,
          [RowValue(positive.count), RowValue(mycoplasma.count)])
      }
    ]
  }
}
