import StudyDefinition
import Testing

@Suite struct TroubleshootReadingTests {
  private func guides() throws -> (study: Study, guides: [TroubleshootAnalysis]) {
    let reading = WholeStudy(text: troubleshootExample).reading
    try #require(reading.faults == [], "\(reading.faults.map(\.description))")
    let study = try #require(reading.study)
    let guides = study.analyses.compactMap { analysis -> TroubleshootAnalysis? in
      if case .troubleshoot(let guide) = analysis.kind { guide } else { nil }
    }
    return (study, guides)
  }

  @Test func everyEvidenceOfLiverEnzymesIsRead() throws {
    guard case .liverEnzymes(let evidence) = try guides().guides[0] else { throw WrongKind() }
    #expect(evidence.doseDependence == "trend")
    #expect(evidence.inVitro?.analysis == "species")
    #expect(evidence.inVitro?.exposure?.concentration == 1.5)
    #expect(evidence.inVitro?.exposure?.unit == "µM")
    #expect(evidence.inVitro?.margin == 20)
    #expect(evidence.metabolites.map(\.name) == ["M1"])
    #expect(evidence.metabolites.map(\.animal) == [12])
    #expect(evidence.metabolites.map(\.human) == [0])
    #expect(evidence.species == "species")
    #expect(evidence.strain == "strain")
    #expect(evidence.immune == "strain")
  }

  @Test func everyEvidenceOfThePlateletResponseIsRead() throws {
    guard case .plateletResponse(let evidence) = try guides().guides[1] else { throw WrongKind() }
    #expect(evidence.doseResponse?.analysis == "species")
    #expect(evidence.doseResponse?.workingConcentration == 3)
    #expect(evidence.lots == "lots")
    #expect(evidence.cocktail == "cocktail")
    #expect(evidence.viability.map(\.label) == ["A"])
    #expect(evidence.viability.map(\.alive) == [90])
    #expect(evidence.viability.map(\.total) == [100])
    #expect(evidence.minimumViability == 0.85)
    #expect(evidence.mycoplasma.map(\.isPositive) == [false])
  }

  @Test func aGuideMayBeWithoutEvidence() throws {
    guard case .liverEnzymes(let evidence) = try guides().guides[2] else { throw WrongKind() }
    #expect(evidence.inVitro == nil && evidence.doseDependence == nil)
    #expect(evidence.metabolites.isEmpty)
  }

  @Test func analysesStandInTheOrderOfTheFile() throws {
    #expect(
      try guides().study.analyses.map(\.id) == [
        "liver", "platelets", "nothing", "trend", "strain", "species", "lots", "cocktail",
      ])
  }

  @Test func aGuideRestsOnTheAnalysesThatItNames() throws {
    let (study, guides) = try guides()
    #expect(guides[0].analyses == ["trend", "species", "species", "strain", "strain"])
    let parts = study.definition(of: study.analyses[1]).map { String(decoding: $0, as: UTF8.self) }
    #expect(parts.first?.contains("platelet-response") ?? false)
    for id in ["species", "lots", "cocktail", "h"] {
      #expect(parts.contains { $0.hasPrefix("{\"id\": \"\(id)\"") }, "\(id)")
    }
    #expect(study.analyses[0].isSound)
  }

  @Test func aFaultyAnalysisDoesNotDangle() {
    let text = troubleshootExample.replacing("\"log-logistic-2\"", with: "\"log-logistic-9\"")
    #expect(
      WholeStudy(text: text).reading.faults.map(\.pointer) == [
        "/analyses/5/models/0", "/analyses/6/models/0",
      ])
  }
}
