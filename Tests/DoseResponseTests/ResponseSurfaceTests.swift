import DoseResponse
import Glibc
import Inference
import LinearAlgebra
import Probability
import TestSupport
import Testing

@Suite struct ResponseSurfaceTests {
  static let quadratic = ["chemical", "cocktail", "dose", "saddle", "ridge", "six"]

  /// Xᵀ(y − ŷ) = 0, of each term in coded factors and of each block.
  @Test(arguments: quadratic)
  func residualsAreOrthogonalToTheTerms(dataset: String) throws {
    let surface = try surface(dataset)
    let residuals = surface.residuals
    let size = residuals.reduce(0) { $0 + abs($1) }
    func coded(_ point: SurfacePoint, _ i: Int) -> Double {
      let range = surface.ranges[i]
      return (2 * point.factors[i] - range.lowerBound - range.upperBound)
        / (range.upperBound - range.lowerBound)
    }
    for term in surface.terms {
      let values = surface.points.map { point -> Double in
        switch term {
        case .intercept: 1
        case .linear(let i): coded(point, i)
        case .product(let i, let j): coded(point, i) * coded(point, j)
        case .block(let name): point.block == name ? 1 : 0
        }
      }
      let sum = zip(values, residuals).reduce(0) { $0 + $1.0 * $1.1 }
      #expect(abs(sum) <= 1e-11 * size, "\(dataset) \(surface.name(of: term))")
    }
    let total = residuals.reduce(0) { $0 + $1 * $1 }
    #expect(relativeError(surface.residualSumOfSquares, total) <= 1e-10)
  }

  /// Small steps from the stationary point change the response as λ says and no more.
  @Test(arguments: quadratic)
  func theStationaryPointIsLevel(dataset: String) throws {
    let surface = try surface(dataset)
    let point = try surface.stationaryPoint()
    let level = try surface.response(at: point)
    let axes = try surface.canonicalAxes()
    for axis in axes {
      for step in [-0.5, 1] {
        let place = zip(point, zip(surface.ranges, axis.direction)).map {
          $0 + step * $1.1 * ($1.0.upperBound - $1.0.lowerBound) / 2
        }
        let change = try surface.response(at: place) - level
        let largest = axes.map { abs($0.eigenvalue) }.max()!
        #expect(abs(change - axis.eigenvalue * step * step) <= 1e-11 * (largest + abs(level)))
      }
    }
    let region = try StationaryRegion(of: surface, level: .percent95)
    #expect(region.contains(point))
  }

  /// No setting within the tested ranges is better.
  @Test(arguments: quadratic + ["plane"], SurfaceGoal.allCases)
  func noSettingIsBetterThanTheOptimum(dataset: String, goal: SurfaceGoal) throws {
    for order in SurfaceOrder.allCases where dataset != "plane" || order == .linear {
      let surface = try surface(dataset, order: order)
      let optimum = try surface.optimum(goal)
      let sign: Double = goal == .maximum ? 1 : -1
      for (value, (range, bound)) in zip(optimum.setting, zip(surface.ranges, optimum.bounds)) {
        switch bound {
        case .lower: #expect(value == range.lowerBound)
        case .upper: #expect(value == range.upperBound)
        case nil: #expect(range.contains(value))
        }
      }
      var stream = RandomStream(seed: 31)
      for trial in 0..<2000 {
        let width = trial % 2 == 0 ? 1 : 1e-3
        let place = zip(surface.ranges, optimum.setting).map { range, best in
          let far = range.lowerBound + stream.uniform() * (range.upperBound - range.lowerBound)
          return min(range.upperBound, max(range.lowerBound, best + width * (far - best)))
        }
        let difference = sign * (try surface.response(at: place) - optimum.response)
        #expect(difference <= 1e-12 * abs(optimum.response), "\(dataset) \(order) \(place)")
      }
    }
  }

  /// Other units of the factors and the response, and another order of the points.
  @Test(arguments: quadratic)
  func unitsAndOrderCarryOver(dataset: String) throws {
    let surface = try surface(dataset)
    let moved = try DoseResponseTests.surface(dataset) { points in
      points.reversed().map { point in
        SurfacePoint(
          point.factors.map { 40 - 1000 * $0 }, response: 7 - 2 * point.response,
          block: point.block)
      }
    }
    #expect(abs(moved.rSquared - surface.rSquared) <= 1e-12)
    let (point, other) = (try surface.stationaryCoordinates(), try moved.stationaryCoordinates())
    for (a, b) in zip(point, other) {
      let scale = 1000 * (abs(a.estimate) + a.standardError)
      #expect(abs(40 - 1000 * a.estimate - b.estimate) <= 1e-9 * scale)
      #expect(relativeError(b.standardError, 1000 * a.standardError) <= 1e-9)
    }
    let (axes, turned) = (try surface.canonicalAxes(), try moved.canonicalAxes())
    let largest = axes.map { abs($0.eigenvalue) }.max()!
    for (a, b) in zip(axes, turned.reversed()) {
      #expect(abs(-2 * a.eigenvalue - b.eigenvalue) <= 1e-11 * largest)
    }
    let (best, worst) = (try surface.optimum(.maximum), try moved.optimum(.minimum))
    #expect(relativeError(worst.response, 7 - 2 * best.response) <= 1e-12)
    let flipped = worst.bounds.map { $0.map { $0 == .lower ? SurfaceOptimum.Bound.upper : .lower } }
    #expect(flipped == best.bounds)
    #expect(
      try StationaryRegion(of: surface, level: .percent95).isBounded
        == StationaryRegion(of: moved, level: .percent95).isBounded)
    if surface.points.count > surface.terms.count, let test = try? surface.lackOfFit() {
      #expect(relativeError(try moved.lackOfFit().statistic, test.statistic) <= 1e-9)
    }
  }

  /// With blocks that differ by constants only, the surface is the same but for their average.
  @Test func blocksSumToZero() throws {
    let plain = try surface("cocktail")
    let shifted = try surface("cocktail") { points in
      points.map {
        SurfacePoint(
          $0.factors, response: $0.response + ($0.block == "A" ? 6 : $0.block == "B" ? -3 : 0),
          block: $0.block)
      }
    }
    let effects = try ["A", "B", "C"].map { try shifted.value(of: .block($0)) }
    #expect(abs(effects.reduce(0, +)) <= 1e-12)
    for (term, change) in [
      (SurfaceTerm.block("A"), 5.0), (.block("B"), -4), (.block("C"), -1), (.intercept, 1),
      (.linear(0), 0), (.product(0, 1), 0),
    ] {
      let difference = try shifted.value(of: term) - plain.value(of: term)
      #expect(abs(difference - change) <= 1e-10, "\(term)")
    }
    #expect(relativeError(shifted.residualSumOfSquares, plain.residualSumOfSquares) <= 1e-10)
  }

  /// The bounded surfaces' regions hold nothing far out; the unbounded ones' do along some line.
  @Test(arguments: quadratic)
  func boundednessIsWhatFarSettingsShow(dataset: String) throws {
    let surface = try surface(dataset)
    let region = try StationaryRegion(of: surface, level: .percent95)
    let point = try surface.stationaryPoint()
    var stream = RandomStream(seed: 5)
    var isReached = false
    for _ in 0..<3000 {
      let place = zip(point, surface.ranges).map { centre, range in
        let deviate = Normal.standard.quantile(lowerTail: stream.uniform())
        return centre + 1e7 * deviate * (range.upperBound - range.lowerBound)
      }
      isReached = isReached || region.contains(place)
    }
    if isReached { #expect(!region.isBounded, "\(dataset)") }
    // A surer statement is bounded less easily.
    let levels = try [0.5, 0.95, 0.999999].map {
      try StationaryRegion(of: surface, level: #require(ConfidenceLevel($0))).isBounded
    }
    #expect(levels == levels.sorted { $0 && !$1 })
  }

  /// The region has its level: of simulated surfaces those are told whose point is outside.
  @Test func theRegionHoldsItsLevel() throws {
    var stream = RandomStream(seed: 41)
    let design = try surfacePoints("chemical").map(\.factors)
    let truth = [86.0, 176]
    let level = try #require(ConfidenceLevel(0.9))
    var held = 0
    for _ in 0..<2000 {
      let points = design.map { setting in
        let (u, v) = (setting[0] - truth[0], setting[1] - truth[1])
        let noise = Normal.standard.quantile(lowerTail: stream.uniform())
        return SurfacePoint(
          setting, response: 80 - 0.05 * u * u - 0.04 * v * v + 0.01 * u * v + noise)
      }
      let surface = try ResponseSurface(points, factors: ["time", "temperature"])
      if try StationaryRegion(of: surface, level: level).contains(truth) { held += 1 }
    }
    // Four standard errors of 2000 trials.
    #expect(abs(Double(held) / 2000 - 0.9) <= 0.027)
  }

  @Test func theGridHasBothEnds() throws {
    let surface = try surface("cocktail")
    let setting = try surface.optimum(.maximum).setting
    let grid = try surface.grid(x: 0, y: 2, at: setting)
    #expect(grid.count == 41 * 41)
    #expect(grid[0].x == surface.ranges[0].lowerBound && grid[0].y == surface.ranges[2].lowerBound)
    #expect(grid[40].x == surface.ranges[0].upperBound && grid[40].y == grid[0].y)
    #expect(grid.last!.y == surface.ranges[2].upperBound)
    let place = [grid[100].x, setting[1], grid[100].y!]
    #expect(grid[100].response == (try surface.response(at: place)))
    let line = try DoseResponseTests.surface("dose").grid(x: 0, y: nil, at: [0], count: 5)
    #expect(line.map(\.x) == [1, 2, 3, 4, 5])
    #expect(line.allSatisfy { $0.y == nil })
  }

  /// The corner of a central composite design's box is farther out than all of its points.
  @Test func cornersOfTheBoxMayBeExtrapolated() throws {
    let surface = try surface("chemical")
    #expect(try surface.isExtrapolated(surface.ranges.map(\.upperBound)))
    #expect(try !surface.isExtrapolated(surface.stationaryPoint()))
    #expect(try !surface.isExtrapolated(surface.points[0].factors))
  }
}
