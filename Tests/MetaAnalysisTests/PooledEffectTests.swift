import Inference
import MetaAnalysis
import Testing

@Suite struct PooledEffectTests {
  @Test func theTestRejectsWhatTheIntervalExcludes() throws {
    let level = try #require(ConfidenceLevel(0.95))
    for degrees in [nil, 1, 3.5, 12] as [Double?] {
      let unit = PooledEffect(estimate: 0, standardError: 1, degreesOfFreedom: degrees)
      let half = try #require(unit.interval(level: level).upper)
      let atTheLimit = PooledEffect(estimate: half, standardError: 1, degreesOfFreedom: degrees)
      #expect(abs(atTheLimit.pValue - 0.05) < 1e-14)
    }
  }

  @Test func anEffectOfZeroHasPOne() {
    #expect(PooledEffect(estimate: 0, standardError: 0.3).pValue == 1)
  }
}
