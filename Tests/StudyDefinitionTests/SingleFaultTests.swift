import StudyDefinition
import Testing

@Suite struct SingleFaultTests {
  @Test(arguments: ofStudies) func aMistakeOfTheStudyIsOneFault(mistake: Mistake) {
    expectOneFault(mistake)
  }

  @Test(arguments: ofTrials) func aMistakeOfATrialIsOneFault(mistake: Mistake) {
    expectOneFault(mistake)
  }

  @Test(arguments: ofAnalyses + ofComparisons + ofIndirectComparisons)
  func aMistakeOfAnAnalysisIsOneFault(mistake: Mistake) {
    expectOneFault(mistake)
  }

  @Test(arguments: ofGradedAnalyses) func aMistakeOfGradesIsOneFault(mistake: Mistake) {
    expectOneFault(mistake)
  }

  @Test(arguments: ofMetaAnalyses) func aMistakeOfAMetaAnalysisIsOneFault(mistake: Mistake) {
    expectOneFault(mistake)
  }

  @Test(arguments: ofAssays + ofDataFiles) func aMistakeOfDataIsOneFault(mistake: Mistake) {
    expectOneFault(mistake)
  }

  @Test(arguments: ofCurves) func aMistakeOfCurvesIsOneFault(mistake: Mistake) {
    expectOneFault(mistake)
  }

  @Test(arguments: ofSurfaces + ofTroubleshooting)
  func aMistakeOfSurfacesAndGuidesIsOneFault(mistake: Mistake) {
    expectOneFault(mistake)
  }

  private func expectOneFault(_ mistake: Mistake) {
    let faults = mistake.study.reading.faults
    #expect(faults.count == 1, "\(faults.map(\.description))")
    #expect(faults.first?.pointer == mistake.pointer)
    #expect(
      faults.first?.description.contains(mistake.fragment) ?? false,
      "\(faults.map(\.description))")
  }
}
