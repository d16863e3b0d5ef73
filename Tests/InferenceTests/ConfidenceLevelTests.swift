import Inference
import Testing

@Suite struct ConfidenceLevelTests {
  @Test(arguments: [0, 1, -0.5, 1.5, 1e-17, .nan, .infinity])
  func refusesWhatIsNoLevel(value: Double) {
    #expect(ConfidenceLevel(value) == nil)
  }

  @Test func splitsAlphaBetweenTheTails() throws {
    let level = try #require(ConfidenceLevel(0.9))
    #expect(level.tailProbability(.two) == level.alpha / 2)
    #expect(level.tailProbability(.lower) == level.alpha)
    #expect(level.tailProbability(.upper) == level.alpha)
  }

  @Test func criticalValuesArePublishedOnes() throws {
    // Abramowitz & Stegun (1964), table 26.5, to the digits of a double.
    #expect(
      abs(ConfidenceLevel.percent95.normalCriticalValue(.two) - 1.959_963_984_540_054) < 1e-15)
    #expect(
      abs(ConfidenceLevel.percent95.normalCriticalValue(.upper) - 1.644_853_626_951_472) < 1e-15)
  }
}
