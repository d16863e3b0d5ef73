import DoseResponse
import Inference
import TestSupport
import Testing

@Suite("Rows: curves of very many points in a batch")
struct RowsBatchTests {
  @Test("two such curves have the rows of results of the single fits")
  func batch() throws {
    let count = 20_500
    let first = SimulatedRows(.logLogistic4, count: count)
    var second = first
    var random = SplitMix(state: 11)
    second.responses = first.responses.map { 0.3 + 0.9 * $0 + 0.05 * random.nextNormal() }
    second.responses[5] = .nan
    let curve = ResponseCurve(.logLogistic4)
    let request = BatchRequest(curve, effects: [50, 10], interval: .profile)
    let responses = first.responses + second.responses
    let width = request.layout.columns.count
    var results = [Double](repeating: 0, count: 2 * width)
    try responses.withUnsafeBufferPointer { responses in
      try results.withUnsafeMutableBufferPointer { results in
        try BatchRegression(request, doses: first.doses).fit(responses, into: results)
      }
    }
    for (row, responses) in [first.responses, second.responses].enumerated() {
      var rows = first
      rows.responses = responses
      let data = try CurveData(rows.points)
      let expected = try CurveSet(curve, [data]).fit()
      let values = Array(results[(row * width)..<((row + 1) * width)])
      func value(_ name: String) -> Double {
        values[request.layout.columns.firstIndex(of: name)!]
      }
      #expect(value("status") == FitVerdict.converged.code)
      #expect(relativeError(value("rss"), expected.fit.residualSumOfSquares) <= 1e-10)
      #expect(value("df") == Double(expected.degreesOfFreedom))
      #expect(relativeError(value("ed50"), expected.estimates[3]) <= 1e-9)
      let target = SetTarget.dose(.relative(percent: 50), curve: 0)
      let error = try expected.standardError(target, .expected)
      let limits = try expected.waldInterval(target, information: .expected, level: .percent95)
      #expect(relativeError(value("ed50_se"), error) <= 1e-6)
      // With so many points the profile is nearly a parabola.
      #expect(abs(value("ed50_lower") - limits.lower!) <= 0.02 * error)
      #expect(abs(value("ed50_upper") - limits.upper!) <= 0.02 * error)
      #expect(value("ed10_lower") < value("ed10") && value("ed10") < value("ed10_upper"))
    }
  }
}
