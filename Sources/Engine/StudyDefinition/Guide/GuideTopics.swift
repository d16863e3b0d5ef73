import Explanations

extension KindName {
  var title: String {
    switch self {
    case .incidence: "Incidence: risks and rates of events, arm by arm"
    case .comparison: "Comparison: two groups, event by event, also over strata"
    case .indirectComparison: "Indirect comparison: two treatments by way of their anchors"
    case .metaAnalysis: "Meta-analysis: several studies pooled"
    case .trend: "Trend: does a risk rise with the dose?"
    case .ordinal: "Ordinal: do groups differ in their grades?"
    case .agreement: "Agreement: do two readers agree?"
    case .shift: "Shift: did grades worsen from baseline?"
    case .doseResponse: "Dose-response: curves and effective doses"
    case .plateQuality: "Plate quality: may the plate be used?"
    case .responseSurface: "Response surface: which mixture is best?"
    case .troubleshoot: "Troubleshoot: why is the result not what was expected?"
    }
  }

  var explanation: Explanation {
    switch self {
    case .incidence:
      Explanation(
        "risk p = x/n; rate r = x/T, per person-years as `per` says",
        use: """
          The table of adverse events. A risk for follow-up of one length; a rate where it differs and \
          the hazard is about constant.
          """)
    case .comparison:
      Explanation(
        "treatment against reference: p₁ − p₂, p₁/p₂, p₁q₂/(p₂q₁), r₁ − r₂, r₁/r₂",
        use: """
          Two groups of one trial, or strata that are pooled. Groups of different trials are compared \
          with a warning: that comparison is not randomised.
          """)
    case .indirectComparison:
      Explanation(
        "d = d₁ − d₂, each contrast with the anchor of its own trial",
        use: "Two treatments that no trial compared, in trials alike but for the treatment.")
    case .metaAnalysis:
      Explanation(
        "μ from effects y with variances v, or from the counts themselves",
        use:
          "Several studies of one question. What is pooled and by which method must be chosen before."
      )
    case .trend:
      Explanation(
        "T = Σsx, the scores s against the events x of groups in order",
        use: "Groups with a dose, or another score. Not to find which dose differs.")
    case .ordinal:
      Explanation(
        "ranks of grades, or cumulative odds",
        use: "Outcomes in grades, such as severity or fibrosis, in two groups or several.")
    case .agreement:
      Explanation(
        "κ = (pₒ − pₑ)/(1 − pₑ)",
        use: "Two readings of the same subjects in grades.")
    case .shift:
      Explanation(
        "worsened, unchanged, improved; tests of symmetry and of margins",
        use: "Grades of the same subjects before and after. Without a control it shows no cause.")
    case .doseResponse:
      Explanation(
        "f(x; θ), and EDp, the dose p % of the way from the response at dose 0 to its limit",
        use: "Plates and other doses with responses, to an IC₅₀ with limits.")
    case .plateQuality:
      Explanation(
        "Z′ = 1 − 3(s₊ + s₋)/|m₊ − m₋|; SSMD = (m₊ − m₋)/√(s₊² + s₋²); CV = s/m",
        use: "Before a plate's curves are believed. Not to repair it.")
    case .responseSurface:
      Explanation(
        "β₀ + Σβᵢxᵢ + Σβᵢᵢxᵢ² + Σβᵢⱼxᵢxⱼ by least squares; stationary point −½B⁻¹b",
        use: "Two factors and more, tried together, such as the cytokines of a medium.")
    case .troubleshoot:
      Explanation(
        "for each cause: question, test, evidence, verdict, next step",
        use: "When an assay did not give what was expected, on the analyses of the same study.")
    }
  }

  /// What the signs in the formulas of its methods mean.
  var signs: String {
    switch self {
    case .incidence, .comparison, .indirectComparison:
      """
      x events of n subjects or in person-time T, p = x/n, q = 1 − p, r = x/T; 1 treatment, 2 \
      reference, N = n₁ + n₂; ℓ log-likelihood; z the normal quantile of the level, α = 1 − level
      """
    case .metaAnalysis:
      """
      y effects of k studies with variances v, w = 1/v or 1/(v + τ²), μ their pooled mean, ₍ᵢ₎ without \
      study i, Q Cochran's, p parameters of the mean; x, n, N, m as in the tables of the studies
      """
    case .trend, .ordinal, .agreement, .shift:
      """
      n subjects, x of them with the event, N all; p shares of a square table, ₊ sums over a row or \
      column; z standard normal
      """
    case .doseResponse:
      """
      x dose, y response, w weight, f the curve, p its parameters, n points, S the sum of squares, \
      σ̂² = S/(n − p), J its derivatives, r residuals, s their scale, h leverages
      """
    case .plateQuality:
      "m means and s standard deviations, ₊ of the positive control, ₋ of the vehicle"
    case .responseSurface: "x factors, b and B the linear and the quadratic coefficients"
    case .troubleshoot: ""
    }
  }
}

extension IncidenceMeasureName: ExplainedMeasure {
  var explanation: Explanation {
    switch self {
    case .risk:
      Explanation(
        "p = x/n, x subjects with the event of n at risk",
        use: "Follow-up of one length, or until the same end. Rates where it differs much.")
    case .rate:
      Explanation(
        "r = per · x/T, x first events in person-years T, or all events with numerator: events",
        use: """
          Follow-up of unlike length and a hazard that is about constant. All events only where repeats \
          within a subject are rare.
          """)
    }
  }
}

/// A key of an analysis whose value is one of the methods of the catalogue.
enum ChoiceKey: String, CaseIterable {
  case tests, multiplicity, weights, pooling, tau2, inference, tau2Interval, prediction, diagnostics
  case preset, models, interval, information, response, robust, selection, compare

  /// What the catalogue calls it.
  var measure: String { self == .tests ? "test" : rawValue }

  var kinds: [KindName] {
    switch self {
    case .tests, .multiplicity: [.comparison]
    case .weights: [.comparison, .doseResponse]
    case .pooling, .tau2, .inference, .tau2Interval, .prediction, .diagnostics, .preset:
      [.metaAnalysis]
    case .models, .interval, .information, .response, .robust, .selection, .compare:
      [.doseResponse]
    }
  }

  var title: String {
    switch self {
    case .tests: "Tests of equal groups"
    case .multiplicity: "p-values adjusted over all terms"
    case .weights: "Weights of strata, or of responses"
    case .pooling: "How studies are pooled"
    case .tau2: "Estimators of the variance between studies"
    case .inference: "Limits of a random-effects mean"
    case .tau2Interval: "Limits of the variance between studies"
    case .prediction: "Where a new study may lie"
    case .diagnostics: "What is looked at beside the pooled result"
    case .preset: "The conventions of a program, frozen"
    case .models: "Curves"
    case .interval: "Limits of parameters and effective doses"
    case .information: "What standard errors are taken from"
    case .response: "What was measured at a dose"
    case .robust: "Against outlying responses"
    case .selection: "Which of several models"
    case .compare: "Curves against a reference"
    }
  }

  var explanation: Explanation {
    switch self {
    case .tests:
      Explanation(
        "p = P(a table at least as far from equality as the observed one)",
        use:
          "Ask for the test that belongs to the interval; where two contradict, the result warns.")
    case .multiplicity:
      Explanation(
        "a function of all m p-values of the first test",
        use: "Many terms tested at once. Intervals are not adjusted.")
    case .weights:
      Explanation(
        "w of a stratum in Σw…/Σw, or of a response in Σw(y − f)²",
        use: "Where strata, or responses, shall not count as they do by default.")
    case .pooling:
      Explanation(
        "μ, its limits and its p-value, one row a method",
        use: "Several side by side where events are rare: where they disagree, the result says why."
      )
    case .tau2:
      Explanation(
        "τ² ≥ 0, the variance of the true effects",
        use: "With random effects by inverse variance; mixed models have their own.")
    case .inference:
      Explanation(
        "μ ± c SE", use: "With random effects by inverse variance; c and SE depend on the choice.")
    case .tau2Interval:
      Explanation(
        "the τ² that the data do not refute", use: "Always, where τ² is reported: it is uncertain.")
    case .prediction:
      Explanation("μ ± c√(τ² + SE²)", use: "With random effects from three studies on.")
    case .diagnostics:
      Explanation(
        "refits, residuals, regressions", use: "With every pooling method that they make sense for."
      )
    case .preset:
      Explanation("a set of defaults", use: "To reproduce another program; what is written wins.")
    case .models:
      Explanation("f(x; θ); the suffix counts free parameters", use: "Several to be compared.")
    case .interval:
      Explanation(
        "the θ that the data do not refute", use: "profile, unless speed or a match counts.")
    case .information:
      Explanation("SE² from the inverse of an information", use: "With wald and wald-log.")
    case .response:
      Explanation("the likelihood of a response", use: "continuous, unless subjects were counted.")
    case .robust:
      Explanation(
        "Σρ(r/s) instead of Σr²", use: "Where single wells are wrong for unknown reasons.")
    case .selection:
      Explanation("one of the models, or all with weights", use: "Where `models` lists several.")
    case .compare:
      Explanation(
        "curves that share parameters against free ones", use: "Lots, compounds, a reference.")
    }
  }
}
