import Inference
import StudyDefinition
import Testing

private func study(_ value: String) -> StudyText {
  var text = StudyText()
  text.more = #", "published": [\#(value)]"#
  return text
}

private func study(value: String) -> StudyText {
  study(#"{"analysis": "i", "where": {}, "statistic": "percent", "value": \#(value)}"#)
}

@Suite struct PublishedValueTests {
  @Test func everyKeyIsRead() throws {
    var text = study(
      """
      {"analysis": "i", "where": {"trial": "t", "arm": "a", "term": "Nausea", "outcome": "o"},
       "measure": "risk", "method": "wilson", "statistic": "lower", "value": "1.70", "scale": 100,
       "differs": "why", "source": "p"}
      """)
    text.more += #", "sources": [{"id": "p", "citation": "C"}]"#
    let value = try #require(try text.study().published.first)
    #expect(value.analysis == "i")
    #expect(value.selector.place.groups == ["trial": "t", "arm": "a"])
    #expect(value.selector.place.variables == ["outcome": "o"])
    #expect(value.selector.place.event?.description == "Nausea")
    #expect(value.selector.measure == "risk")
    #expect(value.selector.method == "wilson")
    #expect(value.selector.statistic == "lower")
    #expect(value.printed == .number(try #require(PrintedNumber("1.70"))))
    #expect(value.text == "1.70")
    #expect(value.scale == 100)
    #expect(value.differs == "why")
    #expect(value.source == "p")
    #expect(value.pointer == "/published/0")
  }

  @Test(arguments: [
    "1.76", "-0.5", "0", "007", "<0.001", "< 0.001", ">100", "infinite", "not estimable",
  ])
  func printedValuesAreRead(value: String) throws {
    let published = try study(value: "\"\(value)\"").study().published
    #expect(published.map(\.text) == [value])
    switch (value, try #require(published.first).printed) {
    case ("infinite", .infinite), ("not estimable", .notEstimable): break
    case (_, .below(let bound)): #expect(value.hasPrefix("<") && bound.description == "0.001")
    case (_, .above(let bound)): #expect(value.hasPrefix(">") && bound.description == "100")
    case (_, .number(let number)): #expect(number.value == Double(value))
    default: Issue.record("\(value) was read as something else")
    }
  }

  @Test(arguments: [
    "1.76", "\"\"", "\"1,76\"", "\"1e3\"", "\".5\"", "\"5.\"", "\"<\"", "\"<=1\"", "\"<-\"",
    "\"Infinite\"", "\"NE\"", "\" 1\"", "\"1 \"", "\"+1\"", "\"−1\"", "\"1.2.3\"", "null", "true",
  ])
  func otherValuesAreNot(value: String) {
    #expect(study(value: value).reading.faults.map(\.pointer) == ["/published/0/value"])
  }

  /// Of the statistic `status` the value is a word, of others it is not.
  @Test(arguments: ["converged", "not-supported", "no-lower-plateau"])
  func verdictsAreRead(verdict: String) throws {
    let text = study(
      #"{"analysis": "i", "where": {}, "statistic": "status", "value": "\#(verdict)"}"#)
    let published = try text.study().published
    #expect(published.map(\.text) == [verdict])
    #expect(published.map(\.printed) == [.verdict(verdict)])
    #expect(try SchemaChecker(Study.schema).accepts(text.text))
    #expect(
      study(value: "\"\(verdict)\"").reading.faults.map(\.pointer) == ["/published/0/value"])
  }

  @Test(arguments: ["Converged", "not supported", "", "-", "a-", "a--b", "ä", "a1"])
  func otherVerdictsAreNot(verdict: String) {
    let text = study(
      #"{"analysis": "i", "where": {}, "statistic": "status", "value": "\#(verdict)"}"#)
    #expect(text.reading.faults.map(\.pointer) == ["/published/0/value"])
  }

  @Test(arguments: [
    (#"{"where": {}, "statistic": "x", "value": "1"}"#, "/published/0"),
    (#"{"analysis": "j", "where": {}, "statistic": "x", "value": "1"}"#, "/published/0/analysis"),
    (#"{"analysis": "i", "statistic": "x", "value": "1"}"#, "/published/0"),
    (#"{"analysis": "i", "where": "a", "statistic": "x", "value": "1"}"#, "/published/0/where"),
    (
      #"{"analysis": "i", "where": {"arn": "a"}, "statistic": "x", "value": "1"}"#,
      "/published/0/where/arn"
    ),
    (
      #"{"analysis": "i", "where": {"arm": 1}, "statistic": "x", "value": "1"}"#,
      "/published/0/where/arm"
    ),
    (#"{"analysis": "i", "where": {}, "value": "1"}"#, "/published/0"),
    (#"{"analysis": "i", "where": {}, "statistic": "x"}"#, "/published/0"),
    (
      #"{"analysis": "i", "where": {}, "statistic": "x", "value": "1", "scale": 0}"#,
      "/published/0/scale"
    ),
    (
      #"{"analysis": "i", "where": {}, "statistic": "x", "value": "1", "differs": true}"#,
      "/published/0/differs"
    ),
    (
      #"{"analysis": "i", "where": {}, "statistic": "x", "value": "1", "source": "q"}"#,
      "/published/0/source"
    ),
    (
      #"{"analysis": "i", "where": {}, "statistic": "x", "value": "1", "reason": "q"}"#,
      "/published/0/reason"
    ),
  ])
  func mistakesAreFaults(value: String, pointer: String) {
    #expect(study(value).reading.faults.map(\.pointer) == [pointer])
  }

  @Test(arguments: [
    "lot", "plate", "cause", "step", "axis", "curve", "reference", "treatment",
  ])
  func groupsAreNamedByTheirKeys(key: String) throws {
    let text = study(
      #"{"analysis": "i", "where": {"\#(key)": "x"}, "statistic": "s", "value": "1"}"#)
    #expect(try text.study().published.first?.selector.place.groups == [key: "x"])
    #expect(try SchemaChecker(Study.schema).accepts(text.text))
  }

  @Test(arguments: [
    "effective_dose", "fit", "selection", "comparison", "ratio", "coefficient", "stationary_point",
    "optimum", "canonical", "direction", "response", "surface", "evidence",
  ])
  func variablesAreNamedByTheirKeysAndMayHaveTheEmptyLevel(key: String) throws {
    for level in ["x", ""] {
      let text = study(
        #"{"analysis": "i", "where": {"\#(key)": "\#(level)"}, "statistic": "s", "value": "1"}"#)
      #expect(try text.study().published.first?.selector.place.variables == [key: level])
      #expect(try SchemaChecker(Study.schema).accepts(text.text))
    }
  }
}
