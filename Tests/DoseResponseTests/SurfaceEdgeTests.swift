import DoseResponse
import Inference
import TestSupport
import Testing

@Suite struct SurfaceEdgeTests {
  static let saturated = NotEstimable(
    "a saturated design leaves no degrees of freedom for the error")
  static let perfect = NotEstimable("the surface meets every response: no error")

  private func surface(
    _ runs: [([Double], Double)], _ order: SurfaceOrder = .quadratic
  ) throws -> ResponseSurface {
    try ResponseSurface(
      runs.map { SurfacePoint($0.0, response: $0.1) }, factors: factorNames(runs[0].0.count),
      order: order)
  }

  @Test func dataWithoutASurfaceAreRefused() {
    #expect(throws: NotEstimable("there are no points")) {
      try ResponseSurface([], factors: ["a"])
    }
    #expect(throws: NotEstimable("all responses are equal")) {
      try surface([([1], 3), ([2], 3), ([3], 3), ([4], 3)])
    }
    #expect(throws: NotEstimable("x2 has one value only")) {
      try surface([([1, 5], 3), ([2, 5], 4), ([3, 5], 3)])
    }
    for value in [Double.nan, .infinity] {
      #expect(throws: NotEstimable("a factor or response is not a finite number")) {
        try surface([([1], 3), ([2], value), ([3], 3), ([4], 3)])
      }
    }
    #expect(throws: NotEstimable("the factors or responses are beyond the range of numbers")) {
      try surface([([1], 1e300), ([2], -1e300), ([3], 3), ([4], 3)])
    }
  }

  @Test func aPerfectFitHasNoError() throws {
    let doses = (0..<6).map(Double.init)
    let surface = try surface(doses.map { dose in ([dose], 3 + dose - dose * dose) })
    #expect(surface.isPerfectFit)
    #expect(abs(try surface.value(of: .product(0, 0)) + 1) <= 1e-13)
    #expect(abs(try surface.stationaryPoint()[0] - 0.5) <= 1e-12)
    #expect(throws: Self.perfect) { try surface.coefficient(.intercept) }
    #expect(throws: Self.perfect) { try surface.stationaryCoordinates() }
    #expect(throws: Self.perfect) { try surface.nature(level: .percent95) }
    #expect(throws: Self.perfect) { try StationaryRegion(of: surface, level: .percent95) }
    let optimum = try surface.optimum(.minimum)
    #expect(optimum.setting == [5] && optimum.bounds == [.upper])
  }

  @Test func aSaturatedDesignHasNoError() throws {
    let surface = try surface([([1], 3), ([2], 5), ([4], 4)])
    #expect(surface.residualDegreesOfFreedom == 0)
    #expect(surface.rSquared >= 1 - 1e-14)
    #expect(relativeError(try surface.response(at: [2]), 5) <= 1e-14)
    #expect(throws: Self.saturated) { try surface.prediction(at: [2]) }
    #expect(throws: Self.saturated) { try surface.adjustedRSquared() }
    #expect(throws: Self.saturated) { try surface.eigenvalue(of: surface.canonicalAxes()[0]) }
    #expect(throws: NotEstimable("no setting was run twice")) { try surface.lackOfFit() }
  }

  /// Two levels of each factor tell its squares from the intercept no more.
  @Test func aliasedTermsAreNamed() throws {
    let runs: [([Double], Double)] = [
      ([-1, -1], 3), ([-1, 1], 4), ([1, -1], 6), ([1, 1], 9), ([-1, -1], 3.5), ([1, 1], 8.5),
    ]
    let surface = try surface(runs)
    #expect(surface.aliasedTerms == [.intercept, .product(0, 0), .product(1, 1)])
    #expect(throws: NotEstimable("the design cannot tell apart: intercept, x1², x2²")) {
      try surface.value(of: .intercept)
    }
    #expect(throws: NotEstimable("the design cannot tell apart: intercept, x1², x2²")) {
      try surface.optimum(.maximum)
    }
    #expect(throws: NotEstimable("the design cannot tell apart: intercept, x1², x2²")) {
      try surface.canonicalAxes()
    }
    // What does not need them is as in the linear surface with the product.
    #expect(relativeError(try surface.value(of: .product(0, 1)), 0.5) <= 1e-13)
    #expect(relativeError(try surface.response(at: [1, -1]), 6) <= 1e-13)
    #expect(
      throws: NotEstimable("aliased terms leave the response open: intercept, x1², x2²")
    ) {
      try surface.response(at: [0, 0])
    }
  }

  /// Off the centre the linear terms in natural units hang on the squares too.
  @Test func naturalUnitsOffTheCentreAreAliasedToo() throws {
    let surface = try surface([([10], 3), ([10], 4), ([20], 6), ([20], 9)])
    #expect(surface.aliasedTerms == [.intercept, .linear(0), .product(0, 0)])
    let line = try self.surface([([10], 3), ([10], 4), ([20], 6), ([20], 9)], .linear)
    #expect(line.aliasedTerms == [])
    #expect(relativeError(try line.coefficient(.linear(0)).estimate, 0.4) <= 1e-13)
  }

  @Test(arguments: [0.1, 3, 1e6])
  func collinearFactorsAreAliased(factor: Double) throws {
    let surface = try surface(
      [1.0, 2, 3, 4, 5, 5].enumerated().map { ([$1, factor * $1], [3, 1, 4, 1, 5, 9.0][$0]) },
      .linear)
    #expect(surface.aliasedTerms == [.linear(0), .linear(1)])
    #expect(relativeError(try surface.coefficient(.intercept).degreesOfFreedom, 4) == 0)
    #expect(throws: NotEstimable("the design cannot tell apart: x1, x2")) {
      try surface.coefficient(.linear(1))
    }
  }

  @Test func blocksThatAreFactorsAreAliased() throws {
    let points = [1.0, 1, 2, 2].enumerated().map {
      SurfacePoint([$1], response: [3, 4, 7, 9][$0], block: $1 == 1 ? "A" : "B")
    }
    let surface = try ResponseSurface(points, factors: ["dose"], order: .linear)
    #expect(surface.aliasedTerms.map(surface.name) == ["intercept", "dose", "block A", "block B"])
  }

  @Test func aPlaneHasNoStationaryPoint() throws {
    let surface = try DoseResponseTests.surface("plane", order: .linear)
    let none = NotEstimable("a plane has no curvature")
    #expect(throws: none) { try surface.stationaryPoint() }
    #expect(throws: none) { try surface.nature(level: .percent95) }
    #expect(throws: none) { try StationaryRegion(of: surface, level: .percent95) }
    #expect(try surface.optimum(.maximum).bounds.allSatisfy { $0 != nil })
  }

  /// y = x₁ + (x₁ + x₂)² has no curvature along x₁ − x₂.
  @Test func aLevelLineHasNoSinglePoint() throws {
    var runs: [([Double], Double)] = []
    for a in [-1.0, 0, 1] {
      for b in [-1.0, 0, 1] { runs.append(([a, b], a + (a + b) * (a + b))) }
    }
    let surface = try surface(runs)
    #expect(throws: NotEstimable("the surface is level along a line: no single point")) {
      try surface.stationaryPoint()
    }
    #expect(try surface.optimum(.maximum).setting == [1, 1])
  }

  @Test func replicatesThatDoNotDifferTestNothing() throws {
    let surface = try surface([([1], 3), ([1], 3), ([2], 5), ([3], 4), ([4], 9)])
    #expect(throws: NotEstimable("replicates do not differ at all")) { try surface.lackOfFit() }
    let full = try self.surface([([1], 3), ([1], 4), ([2], 5), ([3], 4)])
    #expect(throws: NotEstimable("the surface has as many coefficients as there are settings")) {
      try full.lackOfFit()
    }
  }
}
