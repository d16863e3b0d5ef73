public import Inference

extension TwoByTwoTable {
  /// The two-sided test that the risks are equal; p = 1 where no table could speak against it.
  public func test(_ test: TwoByTwoTest) throws(NotEstimable) -> TestResult {
    switch test {
    case .chiSquare: return chiSquare()
    case .chiSquareCorrected: return chiSquareCorrected()
    case .reducedChiSquare: return reducedChiSquare()
    case .likelihoodRatio: return likelihoodRatioTest()
    case .fisher: return TestResult(pValue: fisher())
    case .fisherMidP: return TestResult(pValue: fisher(midP: true))
    case .fisherCentral: return TestResult(pValue: fisherCentral())
    case .fisherCentralMidP: return TestResult(pValue: fisherCentral(midP: true))
    case .fisherBlaker: return TestResult(pValue: fisherBlaker())
    case .barnard: return TestResult(pValue: try barnard())
    case .boschloo: return TestResult(pValue: try boschloo())
    }
  }
}

extension PersonTimeTable {
  /// The two-sided test that the rates are equal; p = 1 without events.
  public func test(_ test: PersonTimeTest) throws(NotEstimable) -> TestResult {
    switch test {
    case .score: return scoreTest()
    case .conditional: return TestResult(pValue: poissonConditional())
    case .conditionalCentral: return TestResult(pValue: poissonConditionalCentral())
    case .conditionalMidP: return TestResult(pValue: poissonConditionalCentral(midP: true))
    case .eTest: return TestResult(pValue: poissonETest())
    }
  }
}
