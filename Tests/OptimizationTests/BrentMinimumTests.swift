import Glibc
import Optimization
import TestSupport
import Testing

@Suite struct BrentMinimumTests {
  /// Rounding of f hides a relative change of x below √ε ≈ 1.5e-8.
  static let resolution = 4e-8

  @Test(arguments: [1e-6, 0.3, 1, 12_345, 1e12])
  func theVertexOfAParabolaIsFoundAtEveryScale(vertex: Double) {
    let minimum = brentMinimum(
      of: { ($0 - vertex) * ($0 - vertex) + 1 }, lower: -vertex, upper: 7 * vertex)

    // Near the vertex f is 1 + d², which is 1 until d reaches 1e-8: absolute, whatever the scale.
    #expect(abs(minimum.argument - vertex) <= Self.resolution * max(1, vertex))
    #expect(minimum.value == 1)
    #expect(minimum.termination == .tolerance)
  }

  @Test func aParabolaWithoutAnOffsetIsFoundToItsLastDigits() {
    let minimum = brentMinimum(of: { ($0 - 3) * ($0 - 3) }, lower: 0, upper: 10)

    #expect(relativeError(minimum.argument, 3) <= 1e-12)
    #expect(minimum.iterations <= 12)
  }

  @Test func aMinimumAtZeroIsFoundRelativeToTheInterval() {
    let minimum = brentMinimum(of: { pow($0 * 1e100, 4) }, lower: -1e-100, upper: 2e-100)

    #expect(abs(minimum.argument) <= 1e-110)
    #expect(minimum.termination == .tolerance)
  }

  /// The minima of Brent (1973), table 5.1, computed to 30 digits as zeros of the derivative.
  @Test(arguments: [
    (1, 3.022_915_347_273_056_978), (2, 6.683_753_560_808_078_081),
    (3, 11.238_701_655_002_211_88), (10, 110.026_532_748_330_193_7),
    (18, 342.136_945_443_931_636_5), (19, 380.268_709_696_604_861_4),
  ])
  func aMinimumBetweenTwoPolesIsFound(index: Int, expected: Double) {
    let sum = { (x: Double) -> Double in
      (1...20).reduce(0) { total, i in
        let term = Double(2 * i - 5) / (x - Double(i * i))
        return total + term * term
      }
    }
    let minimum = brentMinimum(
      of: sum, lower: Double(index * index), upper: Double((index + 1) * (index + 1)))

    #expect(relativeError(minimum.argument, expected) <= Self.resolution)
    #expect(minimum.termination == .tolerance)
    #expect(minimum.iterations <= 30)
  }

  @Test(arguments: [0.25, 1e-5, 3])
  func theCornerOfAnAbsoluteValueIsFound(corner: Double) {
    let minimum = brentMinimum(of: { abs($0 - corner) }, lower: -1, upper: 4)

    #expect(abs(minimum.argument - corner) <= 1e-7 * corner + 1e-14)
    #expect(minimum.termination == .tolerance)
  }

  @Test func aMonotoneFunctionHasItsMinimumAtAnEnd() {
    let falling = brentMinimum(of: { exp(-$0) }, lower: -1, upper: 2)
    #expect((falling.argument, falling.termination) == (2, .endOfInterval))
    #expect(falling.value == exp(-2))

    let rising = brentMinimum(of: { $0 }, lower: 0, upper: 1e-30)
    #expect((rising.argument, rising.value, rising.termination) == (0, 0, .endOfInterval))
  }

  @Test func anIntervalOfOnePointIsItsOwnMinimum() {
    let minimum = brentMinimum(of: { $0 * 2 }, lower: 3, upper: 3)

    #expect((minimum.argument, minimum.value, minimum.iterations) == (3, 6, 0))
  }

  @Test func undefinedValuesAreAvoided() {
    let minimum = brentMinimum(of: { $0 - log($0) }, lower: -1, upper: 5)

    #expect(abs(minimum.argument - 1) <= Self.resolution)
  }

  @Test func anExhaustedSearchSaysSoAndGivesTheBestPoint() {
    let minimum = brentMinimum(
      of: { abs($0 - 1) }, lower: 0, upper: 10, maximumIterations: 3)

    #expect(minimum.termination == .iterationLimit)
    #expect(minimum.iterations == 3)
    #expect(minimum.value == abs(minimum.argument - 1))
  }

  @Test func aFunctionWithoutFiniteValuesIsReported() {
    let minimum = brentMinimum(of: { _ in .nan }, lower: 0, upper: 1)

    #expect(minimum.termination == .noFiniteValue)
    #expect(minimum.value == .infinity)
  }
}
