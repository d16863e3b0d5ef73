public import Inference

/// An estimator of τ², the variance of effects between studies.
public enum Tau2Estimator: String, StatisticalMethod {
  case dl, he, hs, hsk, sj, sj2, ml, reml, eb, pm, pmm, dl2, he2, genq

  public var title: String {
    switch self {
    case .dl: "DerSimonian–Laird"
    case .he: "Hedges (Cochran)"
    case .hs: "Hunter–Schmidt"
    case .hsk: "Hunter–Schmidt, corrected for small k"
    case .sj: "Sidik–Jonkman"
    case .sj2: "Sidik–Jonkman from Hedges' estimate"
    case .ml: "Maximum likelihood"
    case .reml: "Restricted maximum likelihood"
    case .eb: "Empirical Bayes"
    case .pm: "Paule–Mandel"
    case .pmm: "Median-unbiased Paule–Mandel"
    case .dl2: "Two-step DerSimonian–Laird"
    case .he2: "Two-step Hedges"
    case .genq: "Generalised Q with weights 1/√v"
    }
  }

  public var summary: String {
    switch self {
    case .dl: "(Q − (k − 1)) / (Σw − Σw²/Σw), w = 1/v; the default of RevMan before 2025."
    case .he: "The variance of the effects less the mean of v: HE of R's metafor."
    case .hs: "(Q − k)/Σw, too small on average: HS of R's metafor."
    case .hsk: "(kQ/(k − 1) − k)/Σw: HSk of R's metafor."
    case .sj: "One step of Sidik and Jonkman from Σ(y − ȳ)²/k, always above 0: SJ of R's metafor."
    case .sj2: "The same step from Hedges' estimate."
    case .ml: "The largest likelihood, at the global maximum over τ² ≥ 0; too small on average."
    case .reml:
      "The largest restricted likelihood, at the global maximum over τ² ≥ 0: the default of metafor and meta."
    case .eb: "The same equation as Paule and Mandel's: EB of R's metafor."
    case .pm: "The τ² at which the generalised Q equals its expectation k − 1."
    case .pmm: "The τ² at which the generalised Q equals the median of its distribution."
    case .dl2: "One more generalised step with weights from DerSimonian and Laird's estimate."
    case .he2: "One more generalised step with weights from Hedges' estimate."
    case .genq: "The moment estimator with weights 1/√v, Jackson's choice for its interval."
    }
  }

  public var reference: String {
    switch self {
    case .dl: "DerSimonian & Laird (1986), Control. Clin. Trials 7:177"
    case .he: "Hedges (1983), Psychol. Bull. 93:388"
    case .hs: "Hunter & Schmidt (2004), Methods of Meta-Analysis, 2nd ed."
    case .hsk: "Brannick, Potter, Benitez & Morris (2019), Organ. Res. Methods 22:490"
    case .sj: "Sidik & Jonkman (2005), J. R. Stat. Soc. C 54:367"
    case .sj2: "Sidik & Jonkman (2007), Stat. Med. 26:1964"
    case .ml: "Hardy & Thompson (1996), Stat. Med. 15:619"
    case .reml: "Viechtbauer (2005), J. Educ. Behav. Stat. 30:261"
    case .eb: "Morris (1983), J. Am. Stat. Assoc. 78:47"
    case .pm: "Paule & Mandel (1982), J. Res. Natl. Bur. Stand. 87:377"
    case .pmm: "Viechtbauer (2021), in Handbook of Meta-Analysis, ch. 8"
    case .dl2, .he2: "DerSimonian & Kacker (2007), Contemp. Clin. Trials 28:105"
    case .genq: "Jackson (2013), Res. Synth. Methods 4:220"
    }
  }
}

/// A method for a confidence interval of τ².
public enum Tau2IntervalMethod: String, StatisticalMethod {
  case qProfile = "q-profile"
  case profileLikelihood = "profile-likelihood"
  case biggerstaffTweedie = "biggerstaff-tweedie"
  case jackson
  case biggerstaffJackson = "biggerstaff-jackson"

  public var title: String {
    switch self {
    case .qProfile: "Q-profile"
    case .profileLikelihood: "Profile likelihood"
    case .biggerstaffTweedie: "Biggerstaff–Tweedie"
    case .jackson: "Jackson"
    case .biggerstaffJackson: "Biggerstaff–Jackson"
    }
  }

  public var summary: String {
    switch self {
    case .qProfile:
      "The τ² whose generalised Q lies between the quantiles of χ²: QP of R's metafor."
    case .profileLikelihood:
      "The τ² whose likelihood, restricted for reml, is within e^(−z²/2) of the maximum: PL of R's metafor."
    case .biggerstaffTweedie: "Q against a gamma distribution with its first two moments."
    case .jackson: "The exact distribution of a generalised Q with weights 1/√v: J of R's meta."
    case .biggerstaffJackson: "The exact distribution of Cochran's Q: BJ of R's meta."
    }
  }

  public var reference: String {
    switch self {
    case .qProfile: "Viechtbauer (2007), Stat. Med. 26:37"
    case .profileLikelihood: "Hardy & Thompson (1996), Stat. Med. 15:619"
    case .biggerstaffTweedie: "Biggerstaff & Tweedie (1997), Stat. Med. 16:753"
    case .jackson: "Jackson (2013), Res. Synth. Methods 4:220"
    case .biggerstaffJackson: "Biggerstaff & Jackson (2008), Stat. Med. 27:6093"
    }
  }
}

/// How an interval and a test of a pooled effect are made, given τ².
public enum EffectInference: String, StatisticalMethod {
  case z
  case t
  case hartungKnapp = "hartung-knapp"
  case hartungKnappAdHoc = "hartung-knapp-adhoc"
  case kenwardRoger = "kenward-roger"

  public var title: String {
    switch self {
    case .z: "Normal"
    case .t: "Student's t"
    case .hartungKnapp: "Hartung–Knapp"
    case .hartungKnappAdHoc: "Hartung–Knapp, never narrower"
    case .kenwardRoger: "Kenward–Roger"
    }
  }

  public var summary: String {
    switch self {
    case .z:
      "1/√Σw and the normal distribution, as if τ² were known: the default of metafor and meta."
    case .t: "1/√Σw and t with k − p degrees of freedom."
    case .hartungKnapp:
      "√(q/Σw), q = Σw(y − μ)²/(k − p), and t with k − p degrees of freedom; too narrow where q < 1."
    case .hartungKnappAdHoc:
      "The same with max(1, q): R's metafor adhoc and meta's adhoc.hakn.ci = \"se\"."
    case .kenwardRoger:
      "REML's standard error corrected for the estimation of τ², with its own degrees of freedom: R's meta."
    }
  }

  public var reference: String {
    switch self {
    case .z: "DerSimonian & Laird (1986), Control. Clin. Trials 7:177"
    case .t: "Follmann & Proschan (1999), Biometrics 55:732"
    case .hartungKnapp: "Hartung & Knapp (2001), Stat. Med. 20:3875"
    case .hartungKnappAdHoc: "Knapp & Hartung (2003), Stat. Med. 22:2693"
    case .kenwardRoger: "Kenward & Roger (1997), Biometrics 53:983"
    }
  }
}

/// Which distribution a prediction interval μ ± c √(τ² + SE²) takes its c from.
public enum PredictionMethod: String, StatisticalMethod {
  case tKMinus1 = "t-k-1"
  case tKMinus2 = "t-k-2"
  case z

  public var title: String {
    switch self {
    case .tKMinus1: "Prediction, t with k − p degrees of freedom"
    case .tKMinus2: "Prediction, t with k − p − 1 degrees of freedom"
    case .z: "Prediction, normal"
    }
  }

  public var summary: String {
    switch self {
    case .tKMinus1: "The default of R's meta since version 8."
    case .tKMinus2:
      "Higgins, Thompson and Spiegelhalter's with inference z: RevMan, Riley of metafor."
    case .z: "The default of R's metafor."
    }
  }

  public var reference: String {
    switch self {
    case .tKMinus1: "Veroniki et al. (2019), Res. Synth. Methods 10:23"
    case .tKMinus2: "Higgins, Thompson & Spiegelhalter (2009), J. R. Stat. Soc. A 172:137"
    case .z: "Higgins, Thompson & Spiegelhalter (2009), J. R. Stat. Soc. A 172:137"
    }
  }
}
