import DoseResponse
import StudyDefinition
import Testing

extension StudyReading {
  /// The first analysis, which must be of curves and without faults.
  fileprivate func curves(_ id: String) throws -> DoseResponseAnalysis {
    try #require(faults == [], "\(faults.map(\.description))")
    let analysis = try #require(study?.analyses.first { $0.id == id })
    guard case .doseResponse(let curves) = analysis.kind else { throw WrongKind() }
    return curves
  }
}

private func curves(_ keys: String) throws -> DoseResponseAnalysis {
  try curveStudy(keys).reading.curves("i")
}

private func points(_ points: String, _ keys: String = #""models": ["logistic-4"]"#) throws
  -> DoseResponseAnalysis
{
  try curves("\"points\": [\(points)], \(keys)")
}

@Suite struct CurveReadingTests {
  @Test func everyKeyOfADoseResponseAnalysisIsRead() throws {
    let reading = WholeStudy(text: doseResponseExample, files: ["data/plates.txt": plates]).reading
    let curves = try reading.curves("curves")
    #expect(curves.assay?.id == "mtt")
    #expect(curves.dose.unit == "µM")
    #expect(curves.response.name == "Absorbance")
    #expect(curves.curves.map(\.name) == ["A", "B"])
    #expect(curves.models == [.logLogistic4, .weibull1With4])
    #expect(curves.effects == [10, 50])
    #expect(
      curves.absolute == [.response(0.4), .percentOfControl(50), .percentOfReference(50)])
    #expect(curves.intervals == [.profile, .bootstrap])
    #expect(curves.responseKind == .continuous)
    #expect(
      curves.constraints == [
        .lower: .range(minimum: 0, maximum: nil), .slope: .range(minimum: -10, maximum: 10),
      ])
    #expect(curves.shared == [.upper])
    #expect(curves.comparisons == [.parallelism, .relativePotency])
    #expect(curves.reference == "A")
    #expect(curves.equivalence == [.slope: 0.8...1.25])
    #expect(curves.robust == .none)
    #expect(curves.weights == .powerOfMean)
    #expect(curves.theta == 0.5)
    #expect(curves.selection == .average)
    #expect(curves.information == [.expected, .sandwich])
    #expect(curves.extrapolates)
    #expect(curves.bootstrapSamples == 500)
    #expect(curves.flatnessSamples == 999)
    let lots = try reading.curves("lots")
    #expect(lots.lotKey == .plate)
    #expect(lots.curves.map { $0.lots.map(\.name) } == [["1", "2"], ["1", "2"]])
    #expect(reading.study?.analyses.map(\.isSound) == [true, true, true])
  }

  @Test func withoutKeysTheContractHolds() throws {
    let curves = try points(#"{"dose": 1, "response": 2}, {"dose": -1, "response": 3}"#)
    #expect(curves.assay == nil)
    #expect(curves.dose.title == "Dose")
    #expect(curves.response.title == "Response")
    #expect(curves.curves.map(\.name) == [""])
    #expect(curves.curves[0].lots.isEmpty)
    #expect(curves.curves[0].points.map(\.dose) == [1, -1])
    #expect(curves.curves[0].points.map(\.weight) == [1, 1])
    #expect(curves.curves[0].points.allSatisfy { $0.role == nil && $0.plate == nil })
    #expect(curves.effects == [50])
    #expect(curves.absolute == [])
    #expect(curves.intervals == [.profile])
    #expect(curves.responseKind == .continuous)
    #expect(curves.information == [.expected])
    #expect(curves.alpha == .one)
    #expect(curves.robust == .none && curves.weights == .none)
    #expect(curves.theta == nil && curves.selection == nil && curves.reference == nil)
    #expect(curves.constraints.isEmpty && curves.shared.isEmpty && curves.comparisons.isEmpty)
    #expect(!curves.extrapolates && curves.lotKey == nil)
    #expect(curves.bootstrapSamples == 2000)
    #expect(curves.flatnessSamples == 9999)
  }

  @Test func weightsReachPointsOnlyWhereTheyAreAskedFor() throws {
    let wells =
      #"{"dose": 1, "response": 2, "weight": 0.5}, {"dose": 2, "response": 3, "weight": 0}"#
    let models = #""models": ["emax"], "#
    for keys in [#""weights": "column""#, #""response": "poisson""#] {
      #expect(try points(wells, models + keys).curves[0].points.map(\.weight) == [0.5, 0])
    }
    let assay = smallAssay.replacing(#""dose": 2,"#, with: #""dose": 2, "weight": 3,"#)
    let study = StudyText(
      kind: "dose-response", analysis: #""assay": "m", "models": ["emax"]"#,
      more: ", \"assays\": [\(assay)]")
    let weights = try study.reading.curves("i").curves.flatMap { $0.points.map(\.weight) }
    #expect(Set(weights) == [1])
  }

  @Test func totalsReachPoints() throws {
    let counts = try points(
      #"{"dose": 1, "response": 2, "total": 8}"#,
      #""models": ["log-logistic-2"], "response": "binomial""#)
    #expect(counts.curves[0].points.map(\.total) == [8])
  }

  @Test func aNumberFixesAndFixedParametersMayTakeAnotherValue() throws {
    let curves = try points(
      #"{"dose": 1, "response": 2}"#,
      #""models": ["log-logistic-3", "weibull-1-4"], "constraints": {"lower": 0.1, "ed50": {"maximum": 9}}"#
    )
    #expect(
      curves.constraints == [.lower: .value(0.1), .ed50: .range(minimum: nil, maximum: 9)])
  }

  @Test func anEmptyReferenceIsNoCurve() {
    let study = curveStudy(
      #""assay": "m", "models": ["emax"], "compare": ["equal-ed50"], "reference": """#)
    #expect(study.reading.faults.map(\.pointer) == ["/analyses/0/reference"])
  }

  @Test func everyFaultOfAnAnalysisIsToldAtOnce() {
    let study = curveStudy(
      #""assay": "m", "models": ["log-logistic-4", "lin"], "effects": [0, 101], "theta": 1, "constraints": {"hil": 1, "lower": "x"}, "lots": {"by": "day"}, "interval": "walt", "bootstrp": 3"#
    )
    #expect(
      study.reading.faults.map(\.pointer) == [
        "/analyses/0/models/1", "/analyses/0/effects/0", "/analyses/0/effects/1",
        "/analyses/0/theta", "/analyses/0/constraints/hil", "/analyses/0/constraints/lower",
        "/analyses/0/lots/by", "/analyses/0/interval", "/analyses/0/bootstrp",
      ])
  }

  @Test func platesHaveTheCurvesOfTheirOwnWells() throws {
    let study = try curveStudy(#""assay": "m", "model": "emax""#, kind: "plate-quality").study()
    guard case .plateQuality(let quality) = study.analyses[0].kind else { throw WrongKind() }
    #expect(quality.assay.id == "m")
    #expect(quality.model == .emax)
    #expect(quality.plates.map(\.name) == ["1", "2"])
    #expect(quality.plates.map(\.wells.count) == [6, 3])
    #expect(quality.plates.map { $0.curves.map(\.name) } == [["A", "B"], ["A", "B"]])
    let plate = quality.plates[0]
    #expect(plate.curves[0].wells.map { plate.wells[$0].response } == [10, 8, 5])
    let standard = try curveStudy(#""assay": "m""#, kind: "plate-quality").study()
    guard case .plateQuality(let quality) = standard.analyses[0].kind else { throw WrongKind() }
    #expect(quality.model == .logLogistic4)
  }
}
