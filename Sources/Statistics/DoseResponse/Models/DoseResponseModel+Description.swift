extension DoseResponseModel {
  public var title: String {
    let count = rawValue.split(separator: "-").last.map(String.init) ?? ""
    return switch family {
    case .logLogistic: "Log-logistic, \(count) parameters"
    case .logistic: "Logistic, \(count) parameters"
    case .logNormal: "Log-normal, \(count) parameters"
    case .weibull1: "Weibull type 1, \(count) parameters"
    case .weibull2: "Weibull type 2, \(count) parameters"
    case .gompertz: "Gompertz, \(count) parameters"
    case .exponentialDecay: "Exponential decay, \(count) parameters"
    case .asymptoticRegression: "Asymptotic regression, \(count) parameters"
    case .michaelisMenten: "Michaelis–Menten, \(count) parameters"
    case .brainCousens: "Brain–Cousens hormesis, \(count) parameters"
    case .cedergreen: "Cedergreen–Ritz–Streibig hormesis, \(count) parameters"
    case .emax: "Emax"
    case .sigmoidEmax: "Sigmoid Emax"
    case .linear: "Linear"
    case .quadratic: "Quadratic"
    case .exponential: "Exponential"
    case .constant: "Constant"
    }
  }

  public var summary: String { "\(formula)\(fixation): \(counterpart)." }

  /// The mean response in words of the parameters.
  private var formula: String {
    switch family {
    case .logLogistic where self == .logLogistic5:
      "lower + (upper − lower)/(1 + exp(slope (ln x − ln location)))^asymmetry"
    case .logLogistic: "lower + (upper − lower)/(1 + exp(slope (ln x − ln ed50)))"
    case .logistic where self == .logistic5:
      "lower + (upper − lower)/(1 + exp(slope (x − location)))^asymmetry"
    case .logistic: "lower + (upper − lower)/(1 + exp(slope (x − location)))"
    case .logNormal: "lower + (upper − lower) Φ(slope (ln x − ln ed50))"
    case .weibull1: "lower + (upper − lower) exp(−exp(slope (ln x − ln location)))"
    case .weibull2: "lower + (upper − lower)(1 − exp(−exp(slope (ln x − ln location))))"
    case .gompertz: "lower + (upper − lower) exp(−exp(slope (x − location)))"
    case .exponentialDecay: "lower + (upper − lower) exp(−x/scale)"
    case .asymptoticRegression: "lower + (upper − lower)(1 − exp(−x/scale))"
    case .michaelisMenten: "lower + (upper − lower)/(1 + scale/x)"
    case .brainCousens:
      "lower + (upper − lower + hormesis x)/(1 + exp(slope (ln x − ln location)))"
    case .cedergreen:
      """
      lower + (upper − lower + hormesis exp(−1/x^alpha))/(1 + exp(slope (ln x − ln location))), \
      which depends on the unit of the dose
      """
    case .emax: "e0 + emax x/(ed50 + x)"
    case .sigmoidEmax: "e0 + emax x^hill/(ed50^hill + x^hill)"
    case .linear: "intercept + slope x"
    case .quadratic: "intercept + slope x + curvature x²"
    case .exponential: "e0 + e1 (exp(x/scale) − 1)"
    case .constant: "mean"
    }
  }

  /// What the suffix fixes.
  private var fixation: String {
    guard !fixedValues.isEmpty else { return "" }
    let values = [CurveParameter.lower, .upper].compactMap { parameter in
      fixedValues[parameter].map { "\(parameter.rawValue) = \(Int($0))" }
    }
    return " with " + values.joined(separator: ", ")
  }

  /// The spelling in R.
  private var counterpart: String {
    let count = rawValue.split(separator: "-").last.map(String.init) ?? ""
    return switch family {
    case .logLogistic: "LL.\(count)() in R's drc"
    case .logistic: "L.\(count)() in R's drc"
    case .logNormal: "LN.\(count)() in R's drc"
    case .weibull1: "W1.\(count)() in R's drc"
    case .weibull2: "W2.\(count)() in R's drc"
    case .gompertz: "G.\(count)() in R's drc"
    case .exponentialDecay: "EXD.\(count)() in R's drc"
    case .asymptoticRegression: "AR.\(count)() in R's drc"
    case .michaelisMenten: "MM.\(count)() in R's drc"
    case .brainCousens: "BC.\(count)() in R's drc"
    case .cedergreen: "CRS.\(count)a(), b and c for alpha 1, 0.5 and 0.25 in R's drc"
    case .emax: "emax of fitMod in R's DoseFinding"
    case .sigmoidEmax: "sigEmax of fitMod in R's DoseFinding"
    case .linear: "linear of fitMod in R's DoseFinding"
    case .quadratic: "quadratic of fitMod in R's DoseFinding"
    case .exponential: "exponential of fitMod in R's DoseFinding"
    case .constant: "lm(y ~ 1) in R"
    }
  }

  public var reference: String {
    switch family {
    case .logLogistic where self == .logLogistic5:
      "Finney (1979), Int. Stat. Rev. 47:1"
    case .logLogistic: "Seefeldt, Jensen & Fuerst (1995), Weed Technol. 9:218"
    case .logistic, .logNormal, .weibull1, .weibull2, .gompertz, .exponentialDecay,
      .asymptoticRegression:
      "Ritz, Baty, Streibig & Gerhard (2015), PLoS ONE 10:e0146021"
    case .michaelisMenten: "Michaelis & Menten (1913), Biochem. Z. 49:333"
    case .brainCousens: "Brain & Cousens (1989), Weed Res. 29:93"
    case .cedergreen: "Cedergreen, Ritz & Streibig (2005), Environ. Toxicol. Chem. 24:3166"
    case .emax, .sigmoidEmax, .linear, .quadratic, .exponential, .constant:
      "Bretz, Pinheiro & Branson (2005), Biometrics 61:738"
    }
  }
}
