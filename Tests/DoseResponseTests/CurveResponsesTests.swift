import DoseResponse
import TestSupport
import Testing

@Suite struct CurveResponsesTests {
  @Test(arguments: DoseResponseModel.allCases)
  func manyDosesGiveTheSameResponsesAsEachAlone(model: DoseResponseModel) {
    let curve = ResponseCurve(model)
    let doses = [0, 1e-3, 0.5, 1, 2, 40, 1e6]
    for sign in [1.0, -1] {
      let parameters = curve.parameters.enumerated().map { index, parameter in
        parameter == .slope ? sign * 1.7 : 0.3 + 0.4 * Double(index)
      }
      guard sign > 0 || parameters.contains(where: { $0 < 0 }) else { continue }
      let responses = [Double](unsafeUninitializedCapacity: doses.count) { buffer, filled in
        curve.responses(
          doses: doses, parameters: parameters,
          into: UnsafeMutableBufferPointer(rebasing: buffer[..<doses.count]))
        filled = doses.count
      }
      for (dose, response) in zip(doses, responses) {
        let alone = curve.response(dose: dose, parameters: parameters)
        #expect(response == alone || (response.isNaN && alone.isNaN), "\(dose)")
      }
    }
  }
}
