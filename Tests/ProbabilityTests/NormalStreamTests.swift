import Probability
import Testing

@Suite struct NormalStreamTests {
  /// The shares below points of the whole range, the tail beyond the ziggurat's edge among them, are those
  /// of the distribution to five standard errors.
  @Test func normalNumbersAreNormal() {
    let points = [-4.0, -3.5, -3, -2, -1, -0.3, 0, 0.1, 0.5, 1.5, 2.5, 3.442619855899, 3.7, 4.2]
    let count = 4_000_000
    var stream = RandomStream(seed: 11)
    var below = [Int](repeating: 0, count: points.count)
    var (sum, squares) = (0.0, 0.0)
    for _ in 0..<count {
      let x = stream.standardNormal()
      sum += x
      squares += x * x
      for (index, point) in points.enumerated() where x < point { below[index] += 1 }
    }
    for (index, point) in points.enumerated() {
      let share = Normal.standard.lowerTail(point)
      let error = (share * (1 - share) / Double(count)).squareRoot()
      #expect(abs(Double(below[index]) / Double(count) - share) < 5 * error, "below \(point)")
    }
    #expect(abs(sum / Double(count)) < 0.0025)
    #expect(abs(squares / Double(count) - 1) < 0.0036)
  }

  @Test func streamsByNumberDifferAndDoNotDependOnEachOther() {
    let stream = RandomStream(seed: 3)
    var first = stream.split(at: 0)
    var second = stream.split(at: 1)
    var again = stream.split(at: 1)
    let (a, b, c) = (first.next(), second.next(), again.next())
    #expect(a != b)
    #expect(b == c)
    let starts = Set(
      (0..<10_000 as Range<UInt64>).map { index in
        var stream = stream.split(at: index)
        return stream.next()
      })
    #expect(starts.count == 10_000)
  }
}
