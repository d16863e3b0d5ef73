import StudyDefinition
import Testing

@Suite struct SurfaceReadingTests {
  private func surface(_ reading: StudyReading) throws -> ResponseSurfaceAnalysis {
    try #require(reading.faults == [], "\(reading.faults.map(\.description))")
    guard case .responseSurface(let surface)? = reading.study?.analyses.first?.kind else {
      throw WrongKind()
    }
    return surface
  }

  @Test func everyKeyOfAResponseSurfaceIsRead() throws {
    let surface = try surface(WholeStudy(text: surfaceExample).reading)
    #expect(surface.factors.map(\.title) == ["TPO (ng/mL)", "SCF"])
    #expect(surface.response.title == "CD41⁺ cells (%)")
    #expect(surface.order == .quadratic)
    #expect(surface.goal == .maximum)
    #expect(surface.isSimulated)
    #expect(surface.rows.count == 8)
    #expect(surface.rows[1].values == [50, 10])
    #expect(surface.rows[1].response == 31)
    #expect(surface.rows.map(\.block).last == "day 2")
  }

  @Test func rowsOfAFileAreRuns() throws {
    let study = StudyText(
      kind: "response-surface",
      analysis:
        #""factors": [{"name": "a"}, {"name": "b"}], "order": "linear", "goal": "minimum", "data": {"path": "d.csv", "columns": {"a": "conc", "response": "y"}}"#,
      files: ["d.csv": "b,conc,y\n1,2,3\n2,2,4\n3,4,\n3,5,6\n"])
    let surface = try surface(study.reading)
    #expect(surface.rows.map(\.values) == [[2, 1], [2, 2], [5, 3]])
    #expect(surface.rows.map(\.response) == [3, 4, 6])
    #expect(surface.rows.map(\.block) == [nil, nil, nil])
    #expect(surface.unmeasuredRows == 1)
    #expect(surface.goal == .minimum)
    #expect(!surface.isSimulated)
    #expect(surface.response.title == "Response")
    let whole = try study.study()
    #expect(whole.definition(of: whole.analyses[0]).count == 2)
  }

  @Test func aQuadraticSurfaceIsTheDefault() throws {
    let study = StudyText(
      kind: "response-surface",
      analysis:
        #""factors": [{"name": "x"}], "data": [{"x": 0, "response": 1}, {"x": 1, "response": 2}, {"x": 2, "response": 2}]"#
    )
    let surface = try surface(study.reading)
    #expect(surface.order == .quadratic)
    #expect(surface.goal == .maximum)
  }
}
