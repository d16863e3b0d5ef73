import Glibc
import Optimization
import TestSupport
import Testing

/// A function, an interval and the root in it, written to more digits than a double has.
struct RootProblem: Sendable, CustomTestStringConvertible {
  let testDescription: String
  let lower: Double
  let upper: Double
  let root: Double
  let function: @Sendable (Double) -> Double

  init(
    _ name: String, _ lower: Double, _ upper: Double, root: Double,
    _ function: @escaping @Sendable (Double) -> Double
  ) {
    testDescription = name
    self.lower = lower
    self.upper = upper
    self.root = root
    self.function = function
  }
}

/// Simple roots of well-conditioned functions, as intervals of rates and proportions pose them.
let smoothProblems = [
  RootProblem("x² − 2", 0, 2, root: 1.414_213_562_373_095_049) { $0 * $0 - 2 },
  RootProblem("x³ − 2x − 5", 2, 3, root: 2.094_551_481_542_326_591) { $0 * ($0 * $0 - 2) - 5 },
  RootProblem("cos x − x", 0, 1, root: 0.739_085_133_215_160_641_7) { cos($0) - $0 },
  RootProblem("exp x − 2", -10, 10, root: 0.693_147_180_559_945_309_4) { exp($0) - 2 },
  RootProblem("log x", 1e-3, 1e3, root: 1) { log($0) },
  RootProblem("x²⁰ − 0.1", 0, 5, root: 0.891_250_938_133_745_529_9) { pow($0, 20) - 0.1 },
  RootProblem("exp(−x) − 0.025", 0, 100, root: 3.688_879_454_113_936_302) { exp(-$0) - 0.025 },
  RootProblem("1/3 − 1/x", 0.1, 1e6, root: 3) { 1.0 / 3 - 1 / $0 },
  RootProblem("√x − √2", 0, 1e10, root: 2) { $0.squareRoot() - 2.0.squareRoot() },
]

/// Roots at extreme scales, in brackets that span many powers of ten.
let extremeProblems = [
  RootProblem("x − 1e-300", 0, 1, root: 1e-300) { $0 - 1e-300 },
  RootProblem("x² − 1e-300", 0, 1, root: 1e-150) { $0 * $0 - 1e-300 },
  RootProblem("x − 2⁻¹⁰⁶⁰", -1, 1, root: 0x1p-1060) { $0 - 0x1p-1060 },
  RootProblem("x/1e300 − 1", 1, 1e308, root: 1e300) { $0 / 1e300 - 1 },
  RootProblem("widest", -1.7e308, 1.7e308, root: 1e300) { $0 / 1e300 - 1 },
  RootProblem("log x, widest", 1e-308, 1e308, root: 1) { log($0) },
  RootProblem("log x from 0, where it is −∞", 0, 1e308, root: 1) { log($0) },
]

/// Functions that interpolation cannot follow.
let hardProblems = [
  RootProblem("(x − 1)³", 0, 3, root: 1) { pow($0 - 1, 3) },
  RootProblem("(x − 1)⁵", 0, 2.7, root: 1) { pow($0 - 1, 5) },
  RootProblem("step", 0, 1, root: 0.3) { $0 < 0.3 ? -1 : 1 },
  RootProblem("step at 1e-200", -1, 1, root: 1e-200) { $0 < 1e-200 ? -1 : 1 },
  RootProblem("step in a wide bracket", -1e300, 1e300, root: 12345) { $0 < 12345 ? -1 : 1 },
  RootProblem("uneven step", 0, 1, root: 0.3) { $0 < 0.3 ? -1e-9 : 1e9 },
  RootProblem("pole", 0, 1, root: 0.3) { 1 / ($0 - 0.3) },
  RootProblem("steep tanh", -1, 1, root: 0.1) { tanh(1e4 * ($0 - 0.1)) },
  RootProblem("steep exp", 0, 1000, root: 490) { exp($0 - 490) - 1 },
  RootProblem("flat at both ends", -1e6, 1e7, root: 0.5) { atan($0 - 0.5) },
]

@Suite struct BracketedRootTests {
  @Test(arguments: smoothProblems + extremeProblems + hardProblems)
  func findsTheRootWithinTwoUlp(problem: RootProblem) throws {
    let root = try bracketedRoot(of: problem.function, lower: problem.lower, upper: problem.upper)

    #expect(ulps(root.value, from: problem.root) <= 2)
    #expect(root.residual == problem.function(root.value))
  }

  @Test(arguments: smoothProblems + extremeProblems + hardProblems)
  func theDirectionOfTheAxisDoesNotMatter(problem: RootProblem) throws {
    let mirrored = try bracketedRoot(
      of: { problem.function(-$0) }, lower: -problem.upper, upper: -problem.lower)

    #expect(ulps(mirrored.value, from: -problem.root) <= 2)
  }

  @Test(arguments: smoothProblems + extremeProblems + hardProblems)
  func noSearchTakesMoreThanFourArgumentsABit(problem: RootProblem) throws {
    var evaluations = 0
    let root = try bracketedRoot(
      of: { x in
        evaluations += 1
        return problem.function(x)
      }, lower: problem.lower, upper: problem.upper)

    #expect(evaluations == root.iterations + 2)
    #expect(root.iterations <= 4 * 64)
  }

  /// Measured: on average 10.4 arguments after the end points here, and 28.1 over all problems.
  @Test func smoothFunctionsNeedFewArguments() throws {
    let total = try smoothProblems.reduce(0) { sum, problem in
      sum
        + (try bracketedRoot(of: problem.function, lower: problem.lower, upper: problem.upper))
        .iterations
    }
    #expect(Double(total) / Double(smoothProblems.count) <= 12)
  }

  @Test func aMultipleRootAtZeroIsFoundWhereTheFunctionUnderflows() throws {
    let root = try bracketedRoot(of: { pow($0, 9) }, lower: -1, upper: 4)

    #expect(root.residual == 0)
    #expect(abs(root.value) < 1e-35)
  }

  @Test func anEndPointThatIsARootIsReturnedAtOnce() throws {
    var evaluations = 0
    let parabola = { (x: Double) -> Double in
      evaluations += 1
      return x * x - 4
    }
    let atLower = try bracketedRoot(of: parabola, lower: 2, upper: 5)
    #expect((atLower.value, atLower.residual, atLower.iterations) == (2, 0, 0))
    #expect(evaluations == 1)

    let atUpper = try bracketedRoot(of: parabola, lower: -3, upper: -2)
    #expect((atUpper.value, atUpper.residual, atUpper.iterations) == (-2, 0, 0))
  }

  @Test func adjacentDoublesAreABracket() throws {
    let root = try bracketedRoot(of: { $0 > 1 ? 1 : -2 }, lower: 1, upper: 1.0.nextUp)

    #expect((root.value, root.residual, root.iterations) == (1.0.nextUp, 1, 0))
  }

  @Test func equalSignsAreRefusedWithTheirValues() {
    let expected = RootError.notBracketed(
      lower: -1, upper: 2, valueAtLower: 2, valueAtUpper: 5)
    #expect(throws: expected) { try bracketedRoot(of: { $0 * $0 + 1 }, lower: -1, upper: 2) }
  }

  @Test func anUndefinedValueIsRefusedWithItsArgument() {
    #expect(throws: RootError.notFinite(at: -2)) {
      try bracketedRoot(of: { $0.squareRoot() - 1 }, lower: -2, upper: 4)
    }
    #expect(throws: RootError.notFinite(at: 0.5)) {
      try bracketedRoot(of: { $0 == 0.5 ? .nan : $0 - 0.4 }, lower: 0, upper: 1)
    }
  }

  @Test func anInfiniteEndPointIsRefused() {
    #expect(throws: RootError.notFinite(at: .infinity)) {
      try bracketedRoot(of: { $0 - 1 }, lower: 0, upper: .infinity)
    }
  }
}
