import Inference
import Results

/// What the evidence says of a possible cause.
enum Verdict: String, Sendable {
  /// The data speak for the cause.
  case supported
  /// They were looked at and do not, which is no proof against it.
  case notSupported = "not-supported"
  /// There is evidence, but it does not decide.
  case inconclusive
  case noData = "no-data"

  /// That of several parts of the evidence: one that speaks for the cause is enough, and all must
  /// decide for it not to be supported.
  init(_ parts: [Verdict]) {
    if parts.isEmpty {
      self = .noData
    } else if parts.contains(.supported) {
      self = .supported
    } else {
      self = parts.contains(.inconclusive) ? .inconclusive : .notSupported
    }
  }
}

/// What one part of the evidence says.
struct Judgement {
  let verdict: Verdict
  /// The numbers in a sentence, without its full stop.
  let sentence: String
  /// One for each key of the part.
  let values: [RowValue]

  init(_ verdict: Verdict, _ sentence: String, _ values: [RowValue]) {
    (self.verdict, self.sentence, self.values) = (verdict, sentence, values)
  }
}

/// One part of the evidence of a step: a curve, a culture, an event.
struct EvidencePart {
  /// Empty where it stands for the whole step.
  let level: String
  let keys: [StatisticKey]
  let judge: (EvidenceResults) -> Judgement

  init(
    _ level: String, _ keys: [StatisticKey], judge: @escaping (EvidenceResults) -> Judgement
  ) {
    (self.level, self.keys, self.judge) = (level, keys, judge)
  }
}

/// The numbers of a step, as they are called in its rows.
func evidenceKeys(_ method: String, _ names: [String]) -> [StatisticKey] {
  names.map { StatisticKey(measure: "troubleshoot", method: method, name: $0) }
}

/// A step of a guide with its evidence.
struct GuideStep {
  /// What to do next, by what was found.
  struct Next {
    let supported: String
    let notSupported: String
    let inconclusive: String
    let noData: String

    func callAsFunction(_ verdict: Verdict) -> String {
      switch verdict {
      case .supported: supported
      case .notSupported: notSupported
      case .inconclusive: inconclusive
      case .noData: noData
      }
    }
  }

  let cause: String
  let step: String
  let question: String
  /// What is computed, and the rule of the verdict.
  let test: String
  let next: Next
  /// Empty where there is none.
  let parts: [EvidencePart]

  private static let status = StatisticKey(measure: "troubleshoot", name: "status")

  /// The rows, known before anything is computed: those of the whole step with its verdict, then
  /// those of its parts.
  var plannedKeys: [(place: RowPlace, keys: [StatisticKey])] {
    let own = parts.filter { $0.level.isEmpty }.flatMap(\.keys)
    return [(place(""), own + [Self.status])]
      + parts.filter { !$0.level.isEmpty }.map { (place($0.level), $0.keys) }
  }

  private func place(_ level: String) -> RowPlace {
    RowPlace(
      groups: [Grouping("cause", cause), Grouping("step", step)], variable: "evidence",
      level: level)
  }

  /// Looks at the evidence.
  func finding(_ results: EvidenceResults) -> Finding {
    let judged = parts.map { (part: $0, judgement: $0.judge(results)) }
    let verdict = Verdict(judged.map(\.judgement.verdict))
    let sentences = judged.map { part, judgement in
      (part.level.isEmpty
        ? capitalised(judgement.sentence) : "\(part.level): \(judgement.sentence)")
        + "."
    }
    func statistics(_ judged: [(part: EvidencePart, judgement: Judgement)]) -> [Statistic] {
      judged.flatMap { part, judgement in
        zip(part.keys, judgement.values).map { Statistic($0, $1.value, warning: $1.warning) }
      }
    }
    let undecided = judged.filter { $0.judgement.verdict == .inconclusive }
    let reason = undecided.map(\.judgement.sentence).joined(separator: "; ")
    let status = Statistic(
      Self.status, .verdict(verdict.rawValue),
      warning: verdict == .inconclusive ? reason : verdict == .noData ? "no evidence given" : nil)
    let whole = judged.filter { $0.part.level.isEmpty }
    let others = judged.filter { !$0.part.level.isEmpty }
    return Finding(
      step: self, verdict: verdict, evidence: sentences.joined(separator: " "),
      groups: [ResultGroup(place(""), statistics(whole) + [status])]
        + others.map { ResultGroup(place($0.part.level), statistics([$0])) })
  }
}

/// `text` as the beginning of a sentence.
private func capitalised(_ text: String) -> String {
  text.prefix(1).uppercased() + text.dropFirst()
}

/// What was found at a step of a guide.
struct Finding {
  let step: GuideStep
  let verdict: Verdict
  let evidence: String
  let groups: [ResultGroup]

  var next: String { step.next(verdict) }
}
