import StudyDefinition
import Testing

@Suite struct MethodGuideTests {
  @Test(arguments: Study.catalogue)
  func everyMethodIsExplainedWithFormulaAndUse(entry: CatalogueEntry) throws {
    let found = Study.guide(to: entry.method).filter {
      $0.place == "\(entry.kind): \(entry.measure)"
    }
    #expect(found.count == 1)
    let guide = try #require(found.first)
    #expect(!guide.formula.isEmpty && !guide.signs.isEmpty)
    #expect(guide.summary == entry.summary && guide.reference == entry.reference)
    // A sentence: it begins with a capital and ends with a full stop.
    #expect(
      guide.use.first?.isUppercase == true
        || guide.use.first?.isLetter == true)
    #expect(guide.use.hasSuffix("."))
  }

  @Test(arguments: Study.guideNames)
  func everyNameLeadsToAnExplanation(name: String) {
    let entries = Study.guide(to: name)
    #expect(!entries.isEmpty)
    for entry in entries {
      #expect(!entry.title.isEmpty && !entry.formula.isEmpty)
      #expect(entry.use.hasSuffix("."))
    }
  }

  @Test func kindsListTheirMethods() throws {
    let kind = try #require(Study.guide(to: "incidence").first)
    #expect(kind.methods.contains("risk: wilson") && kind.methods.contains("rate: byar"))
    #expect(Study.guide(to: "plate-quality").count == 1)
  }

  @Test func anUnknownNameHasNone() {
    #expect(Study.guide(to: "wilsen").isEmpty)
  }
}
