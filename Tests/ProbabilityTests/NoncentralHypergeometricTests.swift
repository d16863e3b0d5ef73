import Probability
import TestSupport
import Testing

@Suite struct NoncentralHypergeometricTests {
  @Test func oddsRatioOneIsTheCentralOne() {
    let central = Hypergeometric(marked: 300, unmarked: 450, drawn: 120)
    let noncentral = NoncentralHypergeometric(
      marked: 300, unmarked: 450, drawn: 120, oddsRatio: 1)
    for k in 0...120 {
      #expect(relativeError(noncentral.density(k), central.density(k)) < 1e-14)
      #expect(relativeError(noncentral.lowerTail(k), central.lowerTail(k)) < 1e-14)
    }
    #expect(relativeError(noncentral.mean, central.mean) < 1e-15)
  }

  @Test func exchangingTheGroupsInvertsTheOddsRatio() {
    var stream = RandomStream(seed: 3)
    for _ in 0..<200 {
      let marked = Int.random(in: 1...400, using: &stream)
      let unmarked = Int.random(in: 1...400, using: &stream)
      let drawn = Int.random(in: 1...marked + unmarked, using: &stream)
      // A power of two has an exact inverse.
      let oddsRatio = Double(
        sign: .plus, exponent: .random(in: -20...20, using: &stream), significand: 1)
      let one = NoncentralHypergeometric(
        marked: marked, unmarked: unmarked, drawn: drawn, oddsRatio: oddsRatio)
      let other = NoncentralHypergeometric(
        marked: unmarked, unmarked: marked, drawn: drawn, oddsRatio: 1 / oddsRatio)
      let k = Int.random(in: one.support, using: &stream)
      #expect(relativeError(one.lowerTail(k), other.upperTail(drawn - k)) < 1e-13)
      #expect(abs(one.mean + other.mean - Double(drawn)) < 1e-12 * Double(drawn))
    }
  }

  @Test func theModeIsTheMostProbableValue() {
    var stream = RandomStream(seed: 4)
    for _ in 0..<300 {
      let marked = Int.random(in: 0...60, using: &stream)
      let unmarked = Int.random(in: 0...60, using: &stream)
      let drawn = Int.random(in: 0...marked + unmarked, using: &stream)
      let law = NoncentralHypergeometric(
        marked: marked, unmarked: unmarked, drawn: drawn,
        oddsRatio: stream.uniform() / stream.uniform())
      let greatest = law.support.map(law.density).max() ?? 0
      #expect(relativeError(law.density(law.mode), greatest) < 1e-13)
    }
  }

  @Test(arguments: [0, 1e-300, 1e300, .infinity])
  func extremeOddsRatiosEmptyACell(oddsRatio: Double) {
    let law = NoncentralHypergeometric(marked: 9, unmarked: 12, drawn: 11, oddsRatio: oddsRatio)
    let end = oddsRatio < 1 ? law.support.lowerBound : law.support.upperBound
    #expect(law.mode == end)
    #expect(law.density(end) == 1)
    #expect(law.mean == Double(end) || abs(law.mean - Double(end)) < 1e-290)
    #expect(law.lowerTail(end - 1) < 1e-290)
    #expect(law.upperTail(end + 1) < 1e-290)
  }
}
