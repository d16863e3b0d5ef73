public import Inference

/// A mean response as a function of the dose; the suffix counts its free parameters.
///
/// Of the models with two plateaus `-3` fixes lower = 0, `-3u` upper = 1, `-2` both; where -3 is all
/// there is, `-2` fixes lower = 0.
public enum DoseResponseModel: String, StatisticalMethod {
  case logLogistic2 = "log-logistic-2"
  case logLogistic3 = "log-logistic-3"
  case logLogistic3u = "log-logistic-3u"
  case logLogistic4 = "log-logistic-4"
  case logLogistic5 = "log-logistic-5"
  case logistic3 = "logistic-3"
  case logistic4 = "logistic-4"
  case logistic5 = "logistic-5"
  case logNormal2 = "log-normal-2"
  case logNormal3 = "log-normal-3"
  case logNormal4 = "log-normal-4"
  case weibull1With2 = "weibull-1-2"
  case weibull1With3 = "weibull-1-3"
  case weibull1With4 = "weibull-1-4"
  case weibull2With2 = "weibull-2-2"
  case weibull2With3 = "weibull-2-3"
  case weibull2With4 = "weibull-2-4"
  case gompertz2 = "gompertz-2"
  case gompertz3 = "gompertz-3"
  case gompertz4 = "gompertz-4"
  case exponentialDecay2 = "exponential-decay-2"
  case exponentialDecay3 = "exponential-decay-3"
  case asymptoticRegression2 = "asymptotic-regression-2"
  case asymptoticRegression3 = "asymptotic-regression-3"
  case michaelisMenten2 = "michaelis-menten-2"
  case michaelisMenten3 = "michaelis-menten-3"
  case brainCousens4 = "brain-cousens-4"
  case brainCousens5 = "brain-cousens-5"
  case cedergreen4 = "cedergreen-4"
  case cedergreen5 = "cedergreen-5"
  case emax
  case sigmoidEmax = "sigmoid-emax"
  case linear
  case quadratic
  case exponential
  case constant
}

/// The exponent α of x in a Cedergreen model.
public enum CedergreenAlpha: Double, CaseIterable, Hashable, Sendable {
  case one = 1
  case half = 0.5
  case quarter = 0.25
}

extension DoseResponseModel {
  /// Models that differ only in what is fixed.
  enum Family {
    case logLogistic, logistic, logNormal, weibull1, weibull2, gompertz
    case exponentialDecay, asymptoticRegression, michaelisMenten, brainCousens, cedergreen
    case emax, sigmoidEmax, linear, quadratic, exponential, constant
  }

  var family: Family {
    switch self {
    case .logLogistic2, .logLogistic3, .logLogistic3u, .logLogistic4, .logLogistic5: .logLogistic
    case .logistic3, .logistic4, .logistic5: .logistic
    case .logNormal2, .logNormal3, .logNormal4: .logNormal
    case .weibull1With2, .weibull1With3, .weibull1With4: .weibull1
    case .weibull2With2, .weibull2With3, .weibull2With4: .weibull2
    case .gompertz2, .gompertz3, .gompertz4: .gompertz
    case .exponentialDecay2, .exponentialDecay3: .exponentialDecay
    case .asymptoticRegression2, .asymptoticRegression3: .asymptoticRegression
    case .michaelisMenten2, .michaelisMenten3: .michaelisMenten
    case .brainCousens4, .brainCousens5: .brainCousens
    case .cedergreen4, .cedergreen5: .cedergreen
    case .emax: .emax
    case .sigmoidEmax: .sigmoidEmax
    case .linear: .linear
    case .quadratic: .quadratic
    case .exponential: .exponential
    case .constant: .constant
    }
  }

  /// The parameters that the model fixes, with their values.
  var fixedValues: [CurveParameter: Double] {
    switch self {
    case .logLogistic2, .logNormal2, .weibull1With2, .weibull2With2, .gompertz2:
      [.lower: 0, .upper: 1]
    case .logLogistic3, .logistic3, .logNormal3, .weibull1With3, .weibull2With3, .gompertz3,
      .exponentialDecay2, .asymptoticRegression2, .michaelisMenten2, .brainCousens4, .cedergreen4:
      [.lower: 0]
    case .logLogistic3u: [.upper: 1]
    default: [:]
    }
  }

  func form(alpha: CedergreenAlpha) -> CurveForm {
    switch family {
    case .logLogistic:
      self == .logLogistic5
        ? .sigmoid(Sigmoid(shape: .logistic, location: .location, isAsymmetric: true))
        : .sigmoid(Sigmoid(shape: .logistic, location: .ed50))
    case .logistic:
      .sigmoid(
        Sigmoid(
          shape: .logistic, isLogDose: false, location: .location,
          isAsymmetric: self == .logistic5))
    case .logNormal: .sigmoid(Sigmoid(shape: .normal, location: .ed50))
    case .weibull1: .sigmoid(Sigmoid(shape: .gumbel, location: .location))
    case .weibull2: .sigmoid(Sigmoid(shape: .complementaryGumbel, location: .location))
    case .gompertz: .sigmoid(Sigmoid(shape: .gumbel, isLogDose: false, location: .location))
    case .exponentialDecay: .sigmoid(Sigmoid(shape: .gumbel, slope: nil, location: .scale))
    case .asymptoticRegression:
      .sigmoid(Sigmoid(shape: .complementaryGumbel, slope: nil, location: .scale))
    case .michaelisMenten:
      .sigmoid(Sigmoid(shape: .logistic, slope: nil, sign: -1, location: .scale))
    case .brainCousens:
      .sigmoid(Sigmoid(shape: .logistic, location: .location, composition: .brainCousens))
    case .cedergreen:
      .sigmoid(
        Sigmoid(
          shape: .logistic, location: .location,
          composition: .cedergreen(alpha: alpha.rawValue)))
    case .emax:
      .sigmoid(
        Sigmoid(shape: .logistic, slope: nil, sign: -1, location: .ed50, composition: .rise))
    case .sigmoidEmax:
      .sigmoid(
        Sigmoid(shape: .logistic, slope: .hill, sign: -1, location: .ed50, composition: .rise))
    case .linear: .polynomial(degree: 1)
    case .quadratic: .polynomial(degree: 2)
    case .exponential: .exponential
    case .constant: .polynomial(degree: 0)
    }
  }
}
