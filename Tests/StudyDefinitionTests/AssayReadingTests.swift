import StudyDefinition
import Testing

/// The only assay of a study without faults.
private func assay(_ study: WholeStudy) throws -> Assay {
  let reading = study.reading
  #expect(reading.faults == [])
  return try #require(reading.study?.assays.first)
}

private let inFile = WholeStudy(text: doseResponseExample, files: ["data/plates.txt": plates])

@Suite struct AssayReadingTests {
  @Test func everyKeyOfAnAssayIsRead() throws {
    let assay = try assay(inFile)
    #expect(assay.id == "mtt")
    #expect(assay.title == "MTT")
    #expect(assay.isSimulated)
    #expect(assay.source == "lab")
    #expect(assay.response.title == "Absorbance")
    #expect(assay.dose.title == "Concentration (µM)")
    #expect(assay.normalization == .percentOfRange)
    #expect(assay.quality.minimumZPrime == 0.5)
    #expect(assay.quality.maximumControlCV == 0.1)
    let positive = try #require(assay.quality.positive)
    #expect(positive.minimum == 0)
    #expect(positive.maximum == 20)
    #expect(positive.isPercent)
  }

  @Test func rowsOfAFileAreWells() throws {
    let assay = try assay(inFile)
    #expect(assay.wells.count == 13)
    #expect(assay.unmeasuredWells == 1)
    let sample = assay.wells[2]
    #expect(sample.plate == "1")
    #expect(sample.row == 2)
    #expect(sample.column == 2)
    #expect(sample.role == .sample)
    #expect(sample.dose == 10)
    #expect(sample.response == 0.5)
    #expect(sample.compound == "A")
    #expect([sample.lot, sample.curve] == [nil, nil])
    #expect(assay.wells.map(\.dose) == [0, 1, 10, 1, 10, nil, nil, 0, 1, 10, 10, nil, nil])
  }

  @Test func everyKeyOfAWellIsRead() throws {
    let wells = try assay(WholeStudy(text: plateQualityExample)).wells
    #expect(wells.map(\.role) == [.vehicle, .positive, .blank, .sample, .sample])
    #expect(wells.map(\.row) == [1, 32, nil, nil, nil])
    #expect(wells.map(\.column) == [1, 48, nil, nil, nil])
    #expect(wells.map(\.dose) == [0, nil, nil, 0, 3.5])
    #expect(wells.map(\.weight) == [nil, nil, nil, 2, nil])
    #expect(wells.map(\.total) == [nil, nil, nil, nil, 50])
    #expect(wells.map(\.lot) == [nil, "L", nil, nil, nil])
    #expect(wells.map(\.curve) == [nil, nil, nil, "c", "c"])
  }

  @Test func withoutKeysTheContractHolds() throws {
    let assay = try #require(
      try curveStudy(#""assay": "m", "models": ["emax"]"#).study().assays.first)
    #expect(!assay.isSimulated)
    #expect(assay.normalization == .none)
    #expect(assay.quality.minimumZPrime == 0.4)
    #expect(assay.quality.maximumControlCV == 0.2)
    #expect(assay.quality.positive == nil)
    #expect(assay.wells.map(\.plate) == ["1", "1", "1", "1", "1", "1", "2", "2", "2"])
  }

  @Test(arguments: [
    ("A", 1), ("H", 8), ("Z", 26), ("AA", 27), ("AF", 32), ("12", 12), ("1000", 1000),
  ])
  func rowsHaveLettersOrNumbers(text: String, row: Int) throws {
    let file = "dose,response,row,column\n1,2,\(text),1\n"
    let study = StudyText(
      more: #"""
        , "assays": [{"id": "m", "response": {"name": "R", "unit": ""}, "dose": {"name": "D", "unit": ""},
          "data": {"path": "d.csv"}}]
        """#, files: ["d.csv": file])
    #expect(try study.study().assays.first?.wells.map(\.row) == [row])
  }

  @Test func platesComeInTheOrderOfTheirWells() throws {
    let plates = try assay(inFile).plates
    #expect(plates.map(\.name) == ["1", "2"])
    #expect(plates.map(\.wells.count) == [7, 6])
    #expect(plates[1].wells(.vehicle).map(\.response) == [1.02])
    #expect(plates[1].wells(.blank).map(\.response) == [0.04])
  }
}
