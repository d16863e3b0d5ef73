import Comparison
import Incidence
import Inference
import MetaAnalysis
import TestSupport
import Testing

@Suite struct MixedModelTests {
  /// Independent values of the exact conditional model, by Gauss–Hermite quadrature with 180 nodes.
  @Test(
    arguments: [
      (
        "nielweise2007", -1.35315812531982, 0.3510403291453532, 0.693457804266133,
        -24.94445663338719
      ),
      (
        "collins1985a_b", 0.17440619275251348, 0.1363854772808371, 0.11920954349000544,
        -52.990086145751974
      ),
      ("nissen2007_cvdeath", 0.5084670604422439, 0.2725472903862999, 0, -14.734809799415409),
      ("nissen2007_mi", 0.3548399831, 0.1662610527, 0, -32.0778180844),
      ("yusuf1985_t6", -0.0691314826, 0.1193339588, 0, -31.6446374235),
      ("hine1989", 0.5783738352, 0.2798420117, 0, -8.3804281155),
      ("lee2004", -0.7225987389, 0.2051199311, 0.3798310737, -40.8421670684),
    ])
  func conditionalExactMatchesIndependentValues(
    dataset: String, estimate: Double, standardError: Double, tau2: Double, logLikelihood: Double
  ) throws {
    let fit = try MixedModel(.conditionalExact, try studies(dataset)).fit(random: true)
    #expect(relativeError(fit.coefficients[0], estimate) < 1e-9)
    #expect(relativeError(try #require(fit.standardError), standardError) < 1e-9)
    #expect(relativeError(try #require(fit.tau2), tau2) < 1e-9)
    #expect(relativeError(fit.logLikelihood, logLikelihood) < 1e-11)
    #expect(fit.gradientNorm <= 1e-10)
  }
}
