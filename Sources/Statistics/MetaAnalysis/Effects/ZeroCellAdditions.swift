import Comparison
import Inference

extension ZeroCells {
  /// What was added to the cells of one study.
  public struct Added: Hashable, Sendable {
    /// To the events of the treatment group, or of the only one, and to its non-events.
    public let treatment: Double
    /// To the events of the reference group and to its non-events; 0 where there is none.
    public let reference: Double
  }

  /// What is added to each study, `nil` for nothing; a failure for a study that is left out.
  ///
  /// Studies left out have no part in the choice of the others.
  ///
  /// - Throws: ``NotEstimable`` where the addition depends on studies without zeros and there are
  ///   none.
  func additions<Cells: StudyCells>(
    to studies: [Cells]
  ) throws(NotEstimable) -> [Result<Added?, NotEstimable>] {
    let kept = doubleZero == .include ? studies : studies.filter { $0.flaw == nil }
    let targetsAll = target == .all || (target == .allIfAny && kept.contains { $0.hasZero })
    func isTarget(_ study: Cells) -> Bool {
      amount > 0 && (targetsAll || (target == .zeroStudies && study.hasZero))
    }
    let ratio = kept.contains(where: isTarget) ? try assumedRatio(kept) : 1
    return studies.map { study in
      if doubleZero == .exclude, let flaw = study.flaw { return .failure(flaw) }
      return .success(isTarget(study) ? added(to: study, ratio) : nil)
    }
  }

  /// 2aΩ/(R + Ω) and 2aR/(R + Ω), where R is the size of the reference over that of the treatment.
  ///
  /// With Ω = R it is a to both groups, with Ω = 1 the reciprocal of the opposite group's size.
  /// Sweeting, Sutton & Lambert (2004), Stat. Med. 23:1351.
  private func added(to study: some StudyCells, _ ratio: Double) -> Added {
    guard let sizeRatio = study.sizeRatio else { return Added(treatment: amount, reference: 0) }
    guard method != .constant else { return Added(treatment: amount, reference: amount) }
    let sum = sizeRatio + ratio
    return Added(
      treatment: 2 * amount * ratio / sum, reference: 2 * amount * sizeRatio / sum)
  }

  /// Ω: that of Mantel and Haenszel over the studies without zeros, or 1.
  private func assumedRatio<Cells: StudyCells>(
    _ studies: [Cells]
  ) throws(NotEstimable) -> Double {
    guard method == .empirical else { return 1 }
    let withoutZeros = studies.filter { !$0.hasZero }
    guard let common = Cells.commonRatio(withoutZeros) else { return 1 }
    guard common.numerator > 0, common.denominator > 0 else {
      throw NotEstimable("no study without zeros tells what to add to those with one")
    }
    return common.numerator / common.denominator
  }
}
