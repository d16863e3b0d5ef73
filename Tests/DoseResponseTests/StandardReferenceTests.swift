import DoseResponse
import Foundation
import TestSupport
import Testing

/// NIST's certified values, from both of NIST's starts.
@Suite struct StandardReferenceTests {
  @Test func everyProblemIsSolvedFromBothStarts() throws {
    print("digits of parameters and standard deviations, NIST StRD:")
    for reference in try referenceRegressions() {
      for (index, start) in reference.starts.enumerated() {
        let fit = try reference.regression.fit(start: start)
        let digits = agreeingDigits(fit.parameters, reference.values)
        let deviationDigits = agreeingDigits(
          fit.standardErrors ?? [], reference.standardDeviations)
        print(
          reference.name, "start \(index + 1):", digits, deviationDigits, fit.termination.rawValue,
          fit.iterations, "iterations, gradient", fit.gradientNorm, "minima", fit.minima.count)
        #expect(digits >= 8, "\(reference.name) from start \(index + 1)")
        // Its residuals, 1e-13, are below the rounding of its data.
        guard reference.name != "Lanczos1" else { continue }
        #expect(deviationDigits >= 7, "\(reference.name) from start \(index + 1)")
        #expect(fit.converged)
      }
    }
  }

  /// −log₁₀ of the largest relative error, at most 11, to one decimal.
  private func agreeingDigits(_ values: [Double], _ expected: [Double]) -> Double {
    guard values.count == expected.count else { return 0 }
    let worst = zip(values, expected).map { relativeError($0, $1) }.max() ?? 1
    return (10 * min(11, -log10(max(worst, 1e-300)))).rounded() / 10
  }
}
