import DoseResponse
import TestSupport
import Testing

@Suite struct CurveValueTests {
  /// Digits lost where z is large are those of its exponential: an argument rounded by |z| ulp.
  @Test func responsesAndGradientsMatchReference() throws {
    var worst = 0.0
    for row in try referenceTable("DoseResponse", "curve-values") {
      let curve = try ResponseCurve(#require(DoseResponseModel(rawValue: row["model"])))
      let parameters = numbers(row["parameters"])
      let dose = row.double("dose")
      let response = curve.response(dose: dose, parameters: parameters)
      let expected = row.double("response")
      #expect(relativeError(response, expected) <= 1e-13, "\(response): \(row.testDescription)")
      let gradient = curve.gradient(dose: dose, parameters: parameters)
      for (value, exact) in zip(gradient, numbers(row["gradient"])) {
        // Below this a derivative does not change the response of order 1 to 10.
        let error = abs(exact) < 1e-20 ? abs(value) : relativeError(value, exact)
        worst = max(worst, error)
        #expect(error <= 1e-12, "\(value) for \(exact): \(row.testDescription)")
      }
    }
    print("worst relative error of a gradient: \(worst)")
  }

  @Test func noDoseAndNoSlopeGivesANaN() {
    let doses = [0, 1e-300, 1e-12, 1e-3, 1, 1e3, 1e12, 1e300]
    for model in DoseResponseModel.allCases {
      let curve = ResponseCurve(model)
      for slope in [-50, -1, -1e-8, 0, 1e-8, 1, 50] {
        let parameters = curve.parameters.map { $0 == .slope ? slope : $0 == .scale ? 1e12 : 2.5 }
        for dose in doses where curve.parameters != [.e0, .e1, .scale] || dose < 1e14 {
          let values = curve.gradient(dose: dose, parameters: parameters)
          #expect(!curve.response(dose: dose, parameters: parameters).isNaN, "\(model) \(dose)")
          #expect(values.allSatisfy { !$0.isNaN }, "\(model) \(slope) \(dose) \(values)")
        }
      }
    }
  }

  /// A shorter form is the longest with what it fixes.
  @Test func shorterFormsFixPlateaus() {
    let long = ResponseCurve(.logLogistic4)
    let short = ResponseCurve(.logLogistic2)
    let upper = ResponseCurve(.logLogistic3u)
    #expect(short.parameters == [.slope, .ed50])
    #expect(upper.parameters == [.slope, .lower, .ed50])
    for dose in [0, 0.5, 2, 80] {
      #expect(
        short.response(dose: dose, parameters: [1.5, 2])
          == long.response(dose: dose, parameters: [1.5, 0, 1, 2]))
    }
    #expect(
      ResponseCurve(.logLogistic4, fixing: [.lower: 0, .upper: 1]).parameters == short.parameters)
  }

  @Test func theSuffixCountsTheFreeParameters() {
    for model in DoseResponseModel.allCases {
      guard let count = Int(model.rawValue.filter(\.isNumber).suffix(1)) else { continue }
      #expect(ResponseCurve(model).parameters.count == count, "\(model)")
    }
  }

  @Test func everyModelIsDescribed() {
    for model in DoseResponseModel.allCases {
      #expect(!model.title.isEmpty && !model.summary.isEmpty && !model.reference.isEmpty)
    }
    #expect(
      DoseResponseModel.logLogistic3u.summary
        == "lower + (upper − lower)/(1 + exp(slope (ln x − ln ed50))) with upper = 1: "
        + "LL.3u() in R's drc.")
  }
}

/// The numbers of a field, separated by spaces.
func numbers(_ field: String) -> [Double] { field.split(separator: " ").compactMap { Double($0) } }
