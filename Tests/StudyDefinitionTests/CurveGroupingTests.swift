import StudyDefinition
import Testing

/// The responses of each curve by its name; the responses of `wells` tell them apart.
private func grouped(_ wells: String, _ keys: String = "") throws -> [String: [Double]] {
  try curves(wells, keys).reduce(into: [:]) { $0[$1.name] = $1.points.map(\.response) }
}

private func curves(_ wells: String, _ keys: String) throws -> [DoseResponseAnalysis.Curve] {
  let assay = #"""
    {"id": "m", "response": {"name": "R", "unit": ""}, "dose": {"name": "D", "unit": ""},
     "wells": [\#(wells)]}
    """#
  let study = try StudyText(
    kind: "dose-response", analysis: #""assay": "m", "models": ["logistic-4"]\#(keys)"#,
    more: ", \"assays\": [\(assay)]"
  ).study()
  guard case .doseResponse(let analysis) = study.analyses[0].kind else { throw WrongKind() }
  return analysis.curves
}

private let twoPlates = """
  {"plate": "1", "role": "vehicle", "response": 1},
  {"plate": "1", "compound": "A", "dose": 1, "response": 2},
  {"plate": "2", "compound": "A", "dose": 2, "response": 3},
  {"plate": "2", "compound": "B", "dose": 2, "response": 4},
  {"plate": "2", "role": "vehicle", "response": 5},
  {"plate": "3", "role": "vehicle", "response": 6},
  {"plate": "2", "role": "blank", "response": 7},
  {"plate": "2", "role": "positive", "response": 8}
  """

@Suite struct CurveGroupingTests {
  @Test func theVehicleOfAPlateGoesWithEveryCurveOnIt() throws {
    #expect(try grouped(twoPlates) == ["A": [1, 2, 3, 5], "B": [4, 5]])
  }

  @Test func namesJoinTheLevelsInTheOrderOfBy() throws {
    #expect(
      try grouped(twoPlates, #", "curves": {"by": ["plate", "compound"]}"#)
        == ["1 / A": [1, 2], "2 / A": [3, 5], "2 / B": [4, 5]])
  }

  @Test func curvesComeInTheOrderOfTheirSamples() throws {
    #expect(
      try curves(twoPlates, #", "curves": {"by": ["plate", "compound"]}"#).map(\.name)
        == ["1 / A", "2 / A", "2 / B"])
  }

  @Test func aVehicleWithTheCompoundOfSamplesGoesWithThoseAlone() throws {
    let wells = """
      {"role": "vehicle", "compound": "A", "response": 1},
      {"role": "vehicle", "compound": "DMSO", "response": 2},
      {"role": "vehicle", "compound": "B", "plate": "9", "response": 5},
      {"compound": "A", "dose": 1, "response": 3}, {"compound": "B", "dose": 1, "response": 4}
      """
    #expect(try grouped(wells) == ["A": [1, 2, 3], "B": [2, 5, 4]])
  }

  @Test func positiveControlsWithACompoundAndDosesAreACurve() throws {
    let wells = """
      {"role": "positive", "compound": "P", "dose": 1, "response": 1},
      {"role": "positive", "compound": "P", "response": 2},
      {"role": "positive", "dose": 1, "response": 3}, {"compound": "A", "dose": 1, "response": 4}
      """
    #expect(try grouped(wells) == ["P": [1], "A": [4]])
  }

  @Test func withoutCompoundsCurvesAreTheirs() throws {
    let named =
      #"{"curve": "x", "dose": 1, "response": 1}, {"curve": "y", "dose": 1, "response": 2}"#
    #expect(try grouped(named) == ["x": [1], "y": [2]])
    #expect(
      try grouped(#"{"dose": 1, "response": 1}, {"role": "vehicle", "response": 2}"#) == [
        "": [1, 2]
      ])
  }

  @Test func lotsDivideTheSamplesOfACurveAndShareTheVehicleOfTheirPlate() throws {
    let wells = """
      {"role": "vehicle", "response": 1}, {"role": "vehicle", "lot": "2", "response": 2},
      {"lot": "1", "dose": 1, "response": 3}, {"lot": "2", "dose": 1, "response": 4},
      {"lot": "2", "dose": 2, "plate": "2", "response": 5},
      {"role": "vehicle", "plate": "2", "response": 6}
      """
    let curve = try #require(try curves(wells, #", "lots": {"by": "lot"}"#).first)
    #expect(curve.points.map(\.response) == [1, 2, 3, 4, 5, 6])
    #expect(curve.lots.map(\.name) == ["1", "2"])
    #expect(curve.lots.map { $0.points.map(\.response) } == [[1, 3], [1, 2, 4, 5, 6]])
    let plates = try #require(try curves(wells, #", "lots": {"by": "plate"}"#).first)
    #expect(plates.lots.map { $0.points.map(\.response) } == [[1, 2, 3, 4], [5, 6]])
  }

  @Test func pointsKeepTheirPlaceOnThePlate() throws {
    let wells = #"{"plate": "X", "row": "C", "column": 7, "lot": "L", "dose": 1, "response": 1}"#
    let point = try #require(try curves(wells, "").first?.points.first)
    #expect([point.plate, point.lot] == ["X", "L"])
    #expect([point.row, point.column] == [3, 7])
    #expect(point.role == .sample)
  }
}
