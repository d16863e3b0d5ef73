import Results
import StudyDefinition
import StudyRunner
import Testing

/// A plate whose sample wells fall from 1.1 at dose 1 to 0.2 at dose 32, with two of each control.
private func plate(
  _ name: String, positive: [Double] = [0.11, 0.13], blank: [Double] = [0.05, 0.06],
  drop: (Int) -> Double = { _ in 0 }
) -> [String] {
  func well(_ row: Int, _ column: Int, _ role: String, _ response: Double, _ more: String = "")
    -> String
  {
    #"{"plate": "\#(name)", "row": \#(row), "column": \#(column), "role": "\#(role)", "response": \#(response)\#(more)}"#
  }
  let samples = (0..<6).flatMap { index -> [String] in
    let dose = Double(1 << index)
    let mean = 0.06 + 1 / (1 + dose * dose / 64)
    return [2, 3].map { row in
      let noise = (index + row).isMultiple(of: 2) ? 0.01 : -0.012
      return well(
        row, index + 3, "sample", mean + noise - drop(row),
        #", "compound": "c", "dose": \#(dose)"#)
    }
  }
  return samples
    + [1.05, 1.07, 1.04, 1.08].enumerated().map {
      well($0.offset + 1, 2, "vehicle", $0.element - drop($0.offset + 1))
    }
    + blank.enumerated().map { well($0.offset + 1, 1, "blank", $0.element) }
    + positive.enumerated().map { well($0.offset + 1, 12, "positive", $0.element) }
}

private func study(
  _ wells: [String], keys: String = "", assay: String = "", more: String = ""
) -> String {
  """
  {"theriac": 1, "id": "s", "title": "T",
   "assays": [{"id": "a", "response": {"name": "Absorbance", "unit": ""},
     "dose": {"name": "Concentration", "unit": "µM"}\(assay), "wells": [\(wells.joined(separator: ", "))]}],
   "analyses": [{"id": "i", "kind": "plate-quality", "assay": "a"\(keys)}]\(more)}
  """
}

extension AnalysisResult {
  /// A number of a plate.
  fileprivate func quality(_ plate: String, _ name: String) throws -> Statistic {
    let group = try #require(groups.first { $0.place.level(of: "plate") == plate })
    return try #require(group.statistics.first { $0.key.name == name }, "\(name)")
  }

  fileprivate func column(_ name: String) throws -> Series.Column.Values {
    let series = try #require(series.first { $0.name == "wells" })
    return try #require(series.columns.first { $0.name == name }).values
  }
}

@Suite struct PlateQualityRunTests {
  @Test func aPlateHasItsNumbersAndItsVerdict() async throws {
    let found = try await result(study(plate("p")))
    #expect(found.outcome == .completed)
    #expect(
      found.groups.map(\.place)
        == [RowPlace(groups: [Grouping("plate", "p")], variable: "plate", level: "p")])
    #expect(
      found.groups[0].statistics.map(\.key.name) == [
        "vehicle_wells", "vehicle_mean", "vehicle_sd", "cv", "blank_wells", "blank_mean",
        "blank_sd", "positive_wells", "positive_mean", "positive_sd", "positive_percent", "z_prime",
        "robust_z_prime", "ssmd", "signal_window", "signal_to_background", "edge_effect",
        "edge_p_value", "row_effect_p_value", "column_effect_p_value", "nrfe", "status",
      ])
    #expect(try found.quality("p", "vehicle_wells").value == .number(4))
    #expect(try found.quality("p", "status").value == .verdict("passed"))
    #expect(try found.quality("p", "status").warning == nil)
    // (1.06 − 0.055) of the vehicle, (0.12 − 0.055) of the positive control.
    let percent = try #require(try found.quality("p", "positive_percent").value.stored)
    #expect(abs(percent - 100 * 0.065 / 1.005) < 1e-10)
    #expect(try found.quality("p", "positive_percent").unit == "%")
    #expect(found.notes.contains { $0.contains("Nothing was repaired") })
    #expect(found.warnings.isEmpty)
  }

  @Test func aPlateThatFailsIsFlaggedWithEveryReason() async throws {
    let wells = plate("good") + plate("bad", positive: [0.4, 0.8])
    let found = try await result(
      study(
        wells, assay: #", "quality": {"positive": {"minimum": 0, "maximum": 30, "percent": true}}"#)
    )
    #expect(try found.quality("good", "status").value == .verdict("passed"))
    let status = try found.quality("bad", "status")
    #expect(status.value == .verdict("failed"))
    #expect(status.warning?.contains("Z′") == true)
    #expect(status.warning?.contains("in percent of the vehicle") == true)
    #expect(found.warnings.contains { $0.hasPrefix("Plate bad fails: Z′ is ") })
    #expect(!found.warnings.contains { $0.hasPrefix("Plate good") })
  }

  @Test func aPlateWithoutControlsHasReasonsInsteadOfNumbers() async throws {
    let found = try await result(study(plate("p", positive: [], blank: [])))
    #expect(try found.quality("p", "positive_wells").value == .number(0))
    for name in ["positive_mean", "z_prime", "ssmd", "positive_percent"] {
      #expect(
        try found.quality("p", name).value == .notEstimable("there is no positive well"))
    }
    #expect(try found.quality("p", "status").value == .verdict("not-assessed"))
    #expect(found.warnings.contains { $0.hasPrefix("Plate p could not be assessed: ") })
    #expect(try found.quality("p", "nrfe").status == "ok")
  }

  @Test func residualsStandBesideTheWellsOfCurvesAlone() async throws {
    let found = try await result(
      study(plate("p"), assay: #", "normalization": "percent-of-control""#))
    guard case .texts(let roles) = try found.column("role"),
      case .numbers(let residuals) = try found.column("residual"),
      case .numbers(let percents) = try found.column("percent"),
      case .numbers(let responses) = try found.column("response")
    else { throw WrongKind() }
    #expect(roles.count == 20)
    for (role, residual) in zip(roles, residuals) {
      #expect((residual != nil) == ["sample", "vehicle"].contains(role))
      #expect(residual?.isFinite ?? true)
    }
    for (response, percent) in zip(responses, percents) {
      let expected = 100 * ((response ?? 0) - 0.055) / 1.005
      #expect(abs((percent ?? .infinity) - expected) < 1e-10)
    }
    #expect(found.labels[Grouping("axis", "percent")] == "Absorbance, % of vehicle")
    let raw = try await result(study(plate("p")))
    #expect(try raw.column("percent") == .numbers(Array(repeating: nil, count: 20)))
  }

  @Test func whatIsAddedToAllSignalsLeavesResidualsAsTheyAre() async throws {
    func residuals(_ added: Double) async throws -> [Double] {
      let found = try await result(
        study(
          plate("p", positive: [0.11 + added, 0.13 + added], blank: [0.05 + added, 0.06 + added]) {
            _ in -added
          }, keys: #", "model": "log-logistic-3""#))
      guard case .numbers(let numbers) = try found.column("residual") else { throw WrongKind() }
      return numbers.compactMap { $0 }
    }
    let (plain, shifted) = (try await residuals(0), try await residuals(2))
    #expect(plain.count == 16)
    #expect(zip(plain, shifted).allSatisfy { abs($0 - $1) < 1e-6 })
  }

  @Test func aCurveThatCannotBeFittedSaysSo() async throws {
    let wells =
      plate("p") + [
        #"{"plate": "p", "row": 7, "column": 3, "compound": "d", "dose": 1, "response": 0.5}"#
      ]
    let found = try await result(study(wells, keys: #", "model": "log-logistic-5""#))
    #expect(found.outcome == .completed)
    let few = try await result(
      study(
        [
          #"{"plate": "q", "compound": "d", "dose": 1, "response": 0.5}"#,
          #"{"plate": "q", "compound": "d", "dose": 2, "response": 0.4}"#,
        ]))
    #expect(few.warnings.contains { $0.hasPrefix("Plate q: the curve of d could not be fitted") })
    #expect(try few.quality("q", "nrfe").value == .notEstimable("there is no vehicle well"))
    #expect(try few.column("residual") == .numbers([nil, nil]))
  }

  @Test func simulatedDataAreCalledSo() async throws {
    let found = try await result(study(plate("p"), assay: #", "simulated": true"#))
    #expect(found.notes.contains { $0.hasPrefix("Simulated data: ") })
    #expect(try await result(study(plate("p"))).notes.allSatisfy { !$0.contains("Simulated") })
  }

  @Test func publishedValuesFindTheirPlate() async throws {
    let results = try await run(
      study(
        plate("p") + plate("q"),
        more: #"""
          , "published": [
            {"analysis": "i", "where": {"plate": "q"}, "statistic": "vehicle_mean", "value": "1.06"},
            {"analysis": "i", "where": {"plate": "p"}, "statistic": "blank_wells", "value": "2"}]
          """#))
    #expect(results.published.map(\.verdict.rawValue) == ["reproduced", "reproduced"])
    #expect(!results.csv.lowercased().contains("nan"))
  }
}
