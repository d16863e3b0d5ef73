import StudyDefinition
import Testing

/// Choices of a meta-analysis that are one name or a list, to the reader and to the schema alike.
@Suite struct PoolingSpellingTests {
  private func text(_ keys: String, measure: String = "odds-ratio") -> String {
    let rows =
      #"[{"study": "S", "treatment": {"events": 1, "subjects": 9}, "reference": {"events": 2, "subjects": 9}}]"#
    return StudyText(
      kind: "meta-analysis", analysis: #""measure": "\#(measure)", "data": \#(rows), \#(keys)"#
    ).text
  }

  @Test(arguments: [
    #""pooling": "peto""#, #""pooling": ["peto", "firth"]"#,
    #""pooling": "peto", "diagnostics": "harbord""#,
    #""pooling": ["peto"], "diagnostics": ["egger", "peters"]"#,
  ])
  func oneNameIsAListOfOne(keys: String) throws {
    #expect(faults(of: text(keys)) == [])
    #expect(try SchemaChecker(Study.schema).accepts(text(keys)))
  }

  @Test(arguments: [
    #""pooling": "peto""#, #""pooling": ["inverse-variance", "peto"]"#,
    #""pooling": "ssw", "diagnostics": "harbord""#,
    #""pooling": "ssw", "diagnostics": ["egger", "peters"]"#, #""pooling": []"#,
  ])
  func eachIsForItsMeasures(keys: String) throws {
    let text = text(keys, measure: "risk-ratio")
    #expect(faults(of: text).count == 1)
    #expect(try !SchemaChecker(Study.schema).accepts(text))
  }
}
