import DoseResponse
import Testing

@Suite struct ParameterDomainTests {
  @Test(arguments: [
    (DoseResponseModel.logLogistic4, CurveParameter.ed50, ParameterDomain.positive),
    (.logLogistic4, .slope, .nonzero), (.logLogistic3, .lower, .real),
    (.logistic4, .location, .real), (.weibull1With4, .location, .positive),
    (.logLogistic5, .asymmetry, .positive), (.brainCousens5, .slope, .positive),
    (.cedergreen5, .hormesis, .real), (.sigmoidEmax, .hill, .positive), (.emax, .emax, .real),
    (.exponentialDecay3, .scale, .positive), (.exponential, .scale, .positive),
    (.linear, .slope, .real), (.constant, .mean, .real),
  ])
  func everyParameterHasItsValues(
    model: DoseResponseModel, parameter: CurveParameter, domain: ParameterDomain
  ) {
    #expect(model.domain(of: parameter) == domain)
  }

  @Test(arguments: DoseResponseModel.allCases)
  func exactlyTheParametersOfTheCurveHaveValues(model: DoseResponseModel) {
    let curve = ResponseCurve(model)
    let parameters = Set(curve.parameters).union(curve.fixedValues.keys)
    #expect(Set(CurveParameter.allCases.filter { model.domain(of: $0) != nil }) == parameters)
  }

  @Test func modelsOfLogDosesTakeNegativeOnes() {
    let models = DoseResponseModel.allCases.filter(\.takesNegativeDoses)
    #expect(
      models == [
        .logistic3, .logistic4, .logistic5, .gompertz2, .gompertz3, .gompertz4, .linear, .quadratic,
        .exponential, .constant,
      ])
  }
}
