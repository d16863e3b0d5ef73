import Probability
import Testing

@Suite struct RandomStreamTests {
  @Test func isThePublishedGenerator() {
    // The first outputs of java.util.SplittableRandom's algorithm from seed 1234567.
    var stream = RandomStream(seed: 1_234_567)
    #expect(
      (0..<5).map { _ in stream.next() } == [
        6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
        4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
      ])
  }

  @Test func aSplitDependsOnItsNameAlone() {
    let stream = RandomStream(seed: 1)
    var first = stream.split(named: "bootstrap")
    _ = stream.split(named: "other")
    var again = stream.split(named: "bootstrap")
    var other = stream.split(named: "other")
    let value = first.next()
    #expect(value == again.next())
    #expect(value != other.next())
  }

  @Test func uniformNumbersFillTheOpenInterval() {
    var stream = RandomStream(seed: 7).split(named: "uniform")
    let sample = (0..<100_000).map { _ in stream.uniform() }
    #expect(sample.allSatisfy { $0 > 0 && $0 < 1 })
    let mean = sample.reduce(0, +) / 100_000
    // Five standard errors of 1/√12 / √100 000.
    #expect(abs(mean - 0.5) < 5 * 0.000_913)
  }
}
