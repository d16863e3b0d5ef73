import Comparison
import Incidence
import Inference
import MetaAnalysis
import StudyDefinition

/// The counts of all studies, and the set of those that can be pooled.
final class PooledData {
  /// Of every study, in order.
  let counts: [StudyCounts]
  /// Those that have subjects in every group.
  let all: SetFits
  private let effects: Result<EffectSizes, NotEstimable>
  /// The place in ``all`` of each of its studies.
  private let indices: [Int: Int]

  /// - Throws: ``AnalysisFailure``, naming every printed percentage that gives no count.
  init(_ analysis: PoolingAnalysis) throws(AnalysisFailure) {
    var counts: [StudyCounts] = []
    var failures: [String] = []
    for study in analysis.studies {
      do throws(ReconstructionError) {
        counts.append(try StudyCounts(study))
      } catch {
        failures.append("\(study.label): \(error)")
      }
    }
    guard failures.isEmpty else {
      throw AnalysisFailure(reason: failures.joined(separator: "; "))
    }
    let evidence = StudySet.Evidence(analysis.measure, counts)
    let set = StudySet(
      evidence.studies, analysis.measure, zeroCells: analysis.zeroCells, preset: analysis.preset)
    self.counts = counts
    indices = Dictionary(uniqueKeysWithValues: evidence.places.enumerated().map { ($1, $0) })
    all = SetFits(set, places: evidence.places, evidence.places.map { counts[$0] })
    do throws(NotEstimable) {
      effects = .success(try set.effectSizes())
    } catch {
      effects = .failure(error)
    }
  }

  /// The place in ``all`` of the study at `place`.
  func index(of place: Int) -> Int? { indices[place] }

  /// The effect of a study with what was added to its cells.
  func study(_ place: Int) throws(NotEstimable) -> EffectSizes.StudyEffect {
    guard let index = indices[place] else { throw .noSubjects }
    return try effects.get().studies[index]
  }
}

extension NotEstimable {
  static let noSubjects = NotEstimable("no subjects, or an unknown number of them, in a group")
}

extension StudySet {
  /// The studies that can be pooled, with their places among all.
  struct Evidence {
    let studies: StudySet.Studies
    let places: [Int]

    init(_ measure: EffectMeasure, _ counts: [StudyCounts]) {
      switch measure.evidence {
      case .twoRisks:
        let found = counts.places { $0.twoByTwo }
        (studies, places) = (.tables(.risks(found.values)), found.places)
      case .twoRates:
        let found = counts.places { $0.personTime }
        (studies, places) = (.tables(.rates(found.values)), found.places)
      case .oneRisk:
        let found = counts.places { $0.proportion }
        (studies, places) = (.tables(.proportions(found.values)), found.places)
      case .oneRate:
        let found = counts.places { $0.rate }
        (studies, places) = (.tables(.eventRates(found.values)), found.places)
      case .effect:
        let found = counts.places { $0.effect }
        (studies, places) = (.effects(found.values), found.places)
      }
    }
  }
}

extension [StudyCounts] {
  /// The values of those that have one, with their places.
  fileprivate func places<Value>(_ value: (StudyCounts) -> Value?) -> (
    values: [Value], places: [Int]
  ) {
    var found: (values: [Value], places: [Int]) = ([], [])
    for (place, counts) in enumerated() {
      guard let value = value(counts) else { continue }
      found.values.append(value)
      found.places.append(place)
    }
    return found
  }
}

extension StudyCounts {
  fileprivate var twoByTwo: TwoByTwoTable? {
    guard case .twoGroups(let treatment, let reference) = self,
      let treatment = try? ComparedCounts.risk(treatment),
      let reference = try? ComparedCounts.risk(reference)
    else { return nil }
    return TwoByTwoTable(treatment: treatment, reference: reference)
  }

  fileprivate var personTime: PersonTimeTable? {
    guard case .twoGroups(let treatment, let reference) = self,
      let treatment = try? ComparedCounts.rate(treatment),
      let reference = try? ComparedCounts.rate(reference)
    else { return nil }
    return PersonTimeTable(treatment: treatment, reference: reference)
  }

  fileprivate var proportion: BinomialCount? {
    guard case .oneGroup(let group) = self else { return nil }
    return try? ComparedCounts.risk(group)
  }

  fileprivate var rate: PoissonCount? {
    guard case .oneGroup(let group) = self else { return nil }
    return try? ComparedCounts.rate(group)
  }

  fileprivate var effect: EffectSize? {
    if case .effect(let effect) = self { effect } else { nil }
  }
}
