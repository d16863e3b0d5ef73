import DoseResponse
import Foundation
import TestSupport
import Testing

/// Curves of a real screen, which is not part of the project: CTRPv2, as CurveCurator has it.
@Suite struct ScreenFitTests {
  private static let folder = repositoryRoot.appending(path: "../shared/data/dose-response")
  private static let screen = folder.appending(path: "ctrp40-development.csv")
  private static let twoMinima = folder.appending(path: "BT20_BI2536_CTRPv2.csv")

  private static func exists(_ file: URL) -> Bool {
    FileManager.default.fileExists(atPath: file.path)
  }

  private static func rows(_ file: URL) throws -> [[Substring]] {
    try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
      .map { $0.split(separator: ",") }
  }

  /// Every curve within 1 % of the least sum of squares, 99.5 % of them within 0.01 %.
  @Test(.enabled(if: exists(screen), "the curves of the screen are not here"))
  func noCurveOfAScreenIsMissed() throws {
    let curves = Dictionary(grouping: try Self.rows(Self.screen), by: { $0[0] }).mapValues { rows in
      rows.compactMap { row in
        Double(row[1]).flatMap { dose in Double(row[2]).map { (dose, $0) } }
      }.sorted { $0.0 < $1.0 }
    }
    var searches: [[Double]: DenseSearch] = [:]
    var near = 0
    for (name, points) in curves {
      let doses = points.map(\.0)
      let search = searches[doses] ?? DenseSearch(doses)
      searches[doses] = search
      let excess = try excess(points, over: search.least(points.map(\.1)))
      #expect(excess <= 0.01, "\(name): \(excess)")
      if excess <= 1e-4 { near += 1 }
    }
    print("\(near) of \(curves.count) curves within 0.01 % of the least sum of squares")
    #expect(Double(near) >= 0.995 * Double(curves.count))
  }

  /// BT-20 with BI-2536: a plateau at 0.6 over most doses, with a fall on either side of it.
  @Test(.enabled(if: exists(twoMinima), "the curve with two minima is not here"))
  func theLowerOfTwoMinimaIsFound() throws {
    let points = try Self.rows(Self.twoMinima).compactMap { row in
      Double(row[0]).flatMap { dose in Double(row[1]).map { (exp(dose), $0) } }
    }
    let excess = try excess(
      points, over: DenseSearch(points.map(\.0)).least(points.map(\.1)))
    #expect(excess <= 1e-8)
  }

  /// By how much the sum of squares of the fit is above `least`, relative to the lesser of the two.
  private func excess(_ points: [(Double, Double)], over least: Double) throws -> Double {
    let data = try CurveData(points.map { DoseResponsePoint(dose: $0.0, response: $0.1) })
    let sum = try ResponseCurve(.logLogistic4).fit(data).residualSumOfSquares
    return sum / min(sum, least) - 1
  }
}

/// A search of its own: slopes by locations, the plateaus in closed form, then finer about the lowest.
private struct DenseSearch {
  private static let slopes = 60
  private static let locations = 160

  /// ln dose, −∞ for 0.
  private let x: [Double]
  /// Ends and widths of the grid in ln slope and location.
  private let first: (slope: Double, location: Double)
  private let width: (slope: Double, location: Double)
  /// For each place of the grid the shape at each dose, centred and of length 1.
  private var grid: [[Double]] = []

  init(_ doses: [Double]) {
    x = doses.map { log($0) }
    let seen = x.filter(\.isFinite)
    first = (log(0.02), seen[0] - 6)
    width = (
      (log(200) - first.slope) / Double(Self.slopes - 1),
      (seen[seen.count - 1] + 12 - first.location) / Double(Self.locations - 1)
    )
    for i in 0..<Self.slopes {
      for j in 0..<Self.locations { grid.append(shape(place(i, j).0, place(i, j).1)) }
    }
  }

  private func place(_ i: Int, _ j: Int) -> (Double, Double) {
    (first.slope + Double(i) * width.slope, first.location + Double(j) * width.location)
  }

  /// 1/(1 + exp(b (x − a))), centred and of length 1; zeros where it is the same at every dose.
  private func shape(_ logSlope: Double, _ location: Double) -> [Double] {
    // Which plateau is meant does not matter: the one with the smaller shares keeps their digits.
    let isRight = location > x[x.count / 2]
    let slope = isRight ? exp(logSlope) : -exp(logSlope)
    let shares = x.map { 1 / (1 + exp(-slope * ($0 - location))) }
    let largest = shares.max() ?? 0
    guard largest > 0 else { return shares.map { _ in 0 } }
    let mean = shares.reduce(0, +) / Double(shares.count)
    let centred = shares.map { ($0 - mean) / largest }
    let length = centred.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return centred.map { length > 1e-12 ? $0 / length : 0 }
  }

  func least(_ y: [Double]) -> Double {
    let mean = y.reduce(0, +) / Double(y.count)
    let centred = y.map { $0 - mean }
    let total = centred.reduce(0) { $0 + $1 * $1 }
    func left(_ shape: [Double]) -> Double {
      var product = 0.0
      for k in shape.indices { product += shape[k] * centred[k] }
      return total - product * product
    }
    let sums = grid.map(left)
    let lows = (1..<(Self.slopes - 1)).flatMap { i in
      (1..<(Self.locations - 1)).compactMap { j -> (Int, Int, Double)? in
        let sum = sums[i * Self.locations + j]
        for di in -1...1 {
          for dj in -1...1 where sums[(i + di) * Self.locations + j + dj] < sum { return nil }
        }
        return (i, j, sum)
      }
    }.sorted { $0.2 < $1.2 }
    var least = min(sums.min() ?? total, step(y))
    for low in lows.prefix(6) {
      var best = place(low.0, low.1)
      var sum = low.2
      var (a, b) = width
      for _ in 0..<60 {
        let centre = best
        for i in -2...2 {
          for j in -2...2 {
            let other = (centre.0 + Double(i) / 2 * a, centre.1 + Double(j) / 2 * b)
            let found = left(shape(other.0, other.1))
            if found < sum { (sum, best) = (found, other) }
          }
        }
        if best == centre { (a, b) = (a / 2, b / 2) }
      }
      least = min(least, sum)
    }
    return least
  }

  /// The least sum about two means with at most one response between them: infinite slopes.
  private func step(_ y: [Double]) -> Double {
    var least = Double.infinity
    for k in 1..<y.count {
      for next in [k, k + 1] where next < y.count {
        let parts = [y[..<k], y[next...]]
        let means = parts.map { $0.reduce(0, +) / Double($0.count) }
        guard next == k || (y[k] >= means.min()! && y[k] <= means.max()!) else { continue }
        let sum = zip(parts, means).reduce(0) { sum, part in
          part.0.reduce(sum) { $0 + ($1 - part.1) * ($1 - part.1) }
        }
        least = min(least, sum)
      }
    }
    return least
  }
}
