import Incidence
import Inference
import MetaAnalysis
import StudyDefinition
import Testing

/// A study with every key that there is.
let everything = """
  {"theriac": 1, "id": "A.b_c-1", "title": "T", "description": "D",
   "sources": [{"id": "p", "citation": "C", "doi": "10/x", "url": "u"}],
   "defaults": {"level": 0.9, "seed": 7, "rounding": "half-even", "preset": "metafor",
                "maximumSubjects": 50},
   "trials": [{"id": "t", "title": "Trial", "registry": "NCT1", "phase": "3", "design": "d",
     "source": "p",
     "arms": [{"id": "a", "label": "A", "treatment": "x", "dose": {"value": 0, "unit": "mg"},
               "subjects": 30, "personYears": 2.5},
              {"id": "b", "label": "B", "maximumSubjects": 9}],
     "events": [
       {"term": "X", "system": "S", "grade": 3, "serious": true,
        "counts": {"a": {"subjects": 2, "events": 5, "atRisk": 20, "personYears": 1}}},
       {"system": "S", "counts": {"a": 0}},
       {"term": "Y", "percent": {"a": "10.0", "b": "33.3"}}]}],
   "analyses": [
     {"id": "i", "kind": "incidence", "title": "I", "level": 0.99, "trial": "t",
      "measure": "rate", "numerator": "subjects", "per": 1000, "methods": ["score", "exact"],
      "sides": "upper", "minimumPercent": 5, "terms": ["X"]},
     {"id": "j", "kind": "incidence", "trials": ["t"], "arms": ["t/b"], "measure": "risk",
      "methods": ["wilson"]},
     {"id": "k", "kind": "incidence", "measure": "risk", "methods": ["wald"],
      "counts": [{"label": "x", "events": 1, "subjects": 2}]}]}
  """

private func wholeStudy() throws -> Study {
  let reading = StudyReading(Array(everything.utf8))
  #expect(reading.faults == [])
  return try #require(reading.study)
}

@Suite struct StudyReadingTests {
  @Test func everyKeyOfTheStudyIsRead() throws {
    let study = try wholeStudy()
    #expect(study.id == "A.b_c-1")
    #expect(study.title == "T")
    #expect(study.description == "D")
    #expect(study.sources.map(\.doi) == ["10/x"])
    #expect(study.sources.map(\.url) == ["u"])
    #expect(study.defaults.level == ConfidenceLevel(0.9))
    #expect(study.defaults.seed == 7)
    #expect(study.defaults.rounding == .halfEven)
    #expect(study.defaults.preset == .metafor)
    #expect(study.bytes == Array(everything.utf8))
  }

  @Test func everyKeyOfATrialIsRead() throws {
    let trial = try #require(try wholeStudy().trials.first)
    #expect(trial.title == "Trial")
    #expect([trial.registry, trial.phase, trial.design, trial.source] == ["NCT1", "3", "d", "p"])
    let arm = try #require(trial.arms.first)
    #expect(arm.treatment == "x")
    #expect(arm.dose?.value == 0)
    #expect(arm.dose?.unit == "mg")
    #expect(arm.subjects == 30)
    #expect(arm.personYears == 2.5)
    #expect(trial.arms.last?.maximumSubjects == 9)
    #expect(trial.arms.last?.subjects == nil)
    #expect(trial.events.map(\.name.label) == ["X [grade 3] [serious]", "S", "Y"])
    guard case .counts(let full)? = trial.events[0].observations["a"],
      case .counts(let bare)? = trial.events[1].observations["a"]
    else {
      Issue.record("counts are missing")
      return
    }
    #expect([full.subjects, full.events, full.atRisk] == [2, 5, 20])
    #expect(full.personYears == 1)
    #expect([bare.subjects, bare.events, bare.atRisk] == [0, nil, nil])
    #expect(bare.personYears == nil)
    let printed = try #require(PrintedNumber("33.3"))
    let percentage = try #require(PrintedPercentage(printed, rule: .halfEven))
    #expect(trial.events[2].observations["b"] == .percentage(percentage))
  }

  @Test func everyKeyOfAnIncidenceAnalysisIsRead() throws {
    let analysis = try wholeStudy().analyses[0]
    #expect(analysis.title == "I")
    #expect(analysis.kindName == "incidence")
    #expect(analysis.level == ConfidenceLevel(0.99))
    let incidence = try analysis.incidence
    #expect(incidence.sides == .upper)
    #expect(incidence.minimumPercent == 5)
    #expect(incidence.cells.count == 1)
    guard case .rate(let methods, .subjects, let per) = incidence.measure else {
      Issue.record("not a rate of subjects")
      return
    }
    #expect(methods == [.score, .exact])
    #expect(per == 1000)
  }

  @Test func defaultsReachAnalysesThatSayNothing() throws {
    let study = try wholeStudy()
    #expect(study.analyses.map(\.level.value) == [0.99, 0.9, 0.9])
    let incidence = try study.analyses[1].incidence
    #expect(incidence.groups.map(\.arm) == ["b"])
    #expect(incidence.groups.map(\.maximumSubjects) == [9])
  }

  @Test func withoutDefaultsTheContractsHold() throws {
    let defaults = try StudyText().study().defaults
    #expect(defaults == StudyText().reading.study?.defaults)
    #expect(defaults.level == .percent95)
    #expect(defaults.seed == 1)
    #expect(defaults.rounding == .halfAway)
    #expect(defaults.preset == .none)
    #expect(defaults.maximumSubjects == 1000)
    let incidence = try StudyText().incidence()
    #expect(incidence.sides == .two)
    #expect(incidence.minimumPercent == nil)
  }

  @Test func anArmThatIsMissingWasNotReported() throws {
    let cells = try StudyText().incidence().cells
    #expect(
      cells.map { "\($0.event?.label ?? "")/\($0.group.arm)" } == [
        "Nausea/a", "Nausea/b", "Pain/a",
      ])
  }

  @Test func anAnalysisRestsOnItselfAndItsTrials() throws {
    let study = try wholeStudy()
    let parts = study.definition(of: study.analyses[1]).map { String(decoding: $0, as: UTF8.self) }
    #expect(parts.count == 2)
    #expect(parts[0].hasPrefix("{\"id\": \"j\""))
    #expect(parts[1].hasPrefix("{\"id\": \"t\""))
    #expect(study.definition(of: study.analyses[2]).count == 1)
  }
}
