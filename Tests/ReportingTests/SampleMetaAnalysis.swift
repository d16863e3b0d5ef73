import Glibc
import Results

/// Results of meta-analyses as the tests need them: trials of BCG, pooled roughly.
extension Sample {
  /// A trial: its subgroup, and its events of its subjects.
  struct Trial {
    let label: String
    var subgroup = ""
    let treatment: (events: Double, subjects: Double)
    let reference: (events: Double, subjects: Double)

    /// The log odds ratio, with ½ added to a table with a zero, and its standard error.
    var effect: (estimate: Double, error: Double) {
      let cells = [
        treatment.events, treatment.subjects - treatment.events, reference.events,
        reference.subjects - reference.events,
      ].map { $0 + added }
      return (
        log(cells[0] * cells[3] / (cells[1] * cells[2])),
        cells.reduce(0) { $0 + 1 / $1 }.squareRoot()
      )
    }

    var added: Double { treatment.events == 0 || reference.events == 0 ? 0.5 : 0 }
  }

  static let trials = [
    ("Aronson 1948", "random", 4.0, 123.0, 11.0, 139.0),
    ("Ferguson & Simes 1949", "random", 6, 306, 29, 303),
    ("Hart & Sutherland 1977", "random", 62, 13598, 248, 12867),
    ("Vandiviere 1973", "random", 8, 2545, 10, 629),
    ("TPT Madras 1980", "random", 505, 88391, 499, 88391),
    ("Frimodt-Møller 1973", "alternate", 33, 5069, 47, 5808),
    ("Stein & Aronson 1953", "alternate", 180, 1541, 372, 1451),
    ("Comstock & Webster 1969", "systematic", 5, 2498, 3, 2341),
    ("Comstock 1974", "systematic", 186, 50634, 141, 27338),
  ].map { label, subgroup, events, subjects, control, controls in
    Trial(
      label: label, subgroup: subgroup, treatment: (events, subjects),
      reference: (control, controls))
  }

  static let variants = [
    "mantel-haenszel/common", "peto/common", "inverse-variance/common",
    "inverse-variance/random/reml/z", "inverse-variance/random/reml/hartung-knapp",
  ]

  static func metaAnalysis(_ groups: [ResultGroup], id: String = "bcg") -> AnalysisResult {
    var analysis = AnalysisResult(id: id, kind: "meta-analysis", title: "BCG", level: 0.95)
    analysis.groups = groups
    analysis.methods = [
      ("mantel-haenszel", "Mantel–Haenszel"), ("reml", "Restricted maximum likelihood"),
    ].map { MethodNote(name: $0.0, title: $0.1, summary: "S.", reference: "R.") }
    return analysis
  }

  static func pooledPlace(_ groups: Grouping?..., parameter: String? = nil) -> RowPlace {
    RowPlace(
      groups: groups, variable: parameter == nil ? "outcome" : "parameter",
      level: parameter ?? "Tuberculosis")
  }

  /// A trial with its counts, its effect and its weights.
  static func study(_ trial: Trial, weights: [(model: String, percent: Double)] = []) -> ResultGroup
  {
    let effect = trial.effect
    return group(
      pooledPlace(Grouping("study", trial.label)),
      pooled("", effect.estimate, effect.error).filter { !$0.key.hasSuffix("p_value") } + [
        ("odds-ratio//treatment_events", .number(trial.treatment.events)),
        ("odds-ratio//treatment_subjects", .number(trial.treatment.subjects)),
        ("odds-ratio//reference_events", .number(trial.reference.events)),
        ("odds-ratio//reference_subjects", .number(trial.reference.subjects)),
        ("odds-ratio//added_treatment", .number(trial.added)),
        ("odds-ratio//added_reference", .number(trial.added)),
      ] + weights.map { ("odds-ratio/\($0.model)/weight_percent", .number($0.percent)) })
  }

  /// An odds ratio from its logarithm, with all that stands beside it.
  static func pooled(_ variant: String, _ logarithm: Double, _ error: Double) -> [Entry] {
    let prefix = "odds-ratio/\(variant)/"
    let z = logarithm / error
    return [
      (prefix + "estimate", .number(exp(logarithm))),
      (prefix + "lower", .number(exp(logarithm - 1.959963984540054 * error))),
      (prefix + "upper", .number(exp(logarithm + 1.959963984540054 * error))),
      (prefix + "log_estimate", .number(logarithm)),
      (prefix + "standard_error", .number(error)), (prefix + "z", .number(z)),
      (prefix + "p_value", .number(erfc(abs(z) / 2.0.squareRoot()))),
    ]
  }

  /// The trials pooled by each of ``variants``: as inverse variances say, with τ² = 0.35.
  static func pooled(_ trials: [Trial], details: Bool = true) -> [Entry] {
    variants.flatMap { variant -> [Entry] in
      let (estimate, error) = mean(trials, tau2: variant.contains("random") ? 0.35 : 0)
      let isWide = variant.hasSuffix("hartung-knapp")
      let prefix = "odds-ratio/\(variant)/"
      var entries =
        pooled(variant, estimate, error * (isWide ? 1.2 : 1)) + [
          (prefix + "studies", .number(Double(trials.count))),
          (
            prefix + "events",
            .number(trials.reduce(0) { $0 + $1.treatment.events + $1.reference.events })
          ),
          (
            prefix + "subjects",
            .number(trials.reduce(0) { $0 + $1.treatment.subjects + $1.reference.subjects })
          ),
        ]
      if details, variant.contains("random") {
        entries.append((prefix + "prediction_lower", .number(exp(estimate - 1.4))))
        entries.append((prefix + "prediction_upper", .number(exp(estimate + 1.4))))
      }
      return entries
    } + (details ? heterogeneity : [])
  }

  private static func mean(_ trials: [Trial], tau2: Double) -> (Double, Double) {
    let weights = trials.map { 1 / ($0.effect.error * $0.effect.error + tau2) }
    let total = weights.reduce(0, +)
    let sum = zip(trials, weights).reduce(0) { $0 + $1.0.effect.estimate * $1.1 }
    return (sum / total, 1 / total.squareRoot())
  }

  static let heterogeneity: [Entry] =
    ["mantel-haenszel/common", "inverse-variance/common"].flatMap { model in
      zip(
        ["q", "q_df", "q_p_value", "i2", "i2_lower", "i2_upper", "h2", "h2_lower", "h2_upper"],
        [152.23, 8, 1e-20, 0.9212, 0.88, 0.95, 12.686, 8.3, 19.4]
      ).map { ("heterogeneity/\(model)/\($0)", .number($1)) }
    } + [
      ("heterogeneity/inverse-variance/random/reml/tau2", .number(0.3378)),
      ("heterogeneity/inverse-variance/random/reml/tau", .number(0.5812)),
      ("heterogeneity/inverse-variance/random/reml/i2_tau2", .number(0.9207)),
      ("heterogeneity/inverse-variance/random/reml/h2_tau2", .number(12.61)),
      ("heterogeneity/inverse-variance/random/reml/q-profile/tau2_lower", .number(0.1301)),
      ("heterogeneity/inverse-variance/random/reml/q-profile/tau2_upper", .unbounded(.above)),
    ]

  /// Everything that a meta-analysis of two risks can hold.
  static var wholeMetaAnalysis: AnalysisResult {
    let names = ["random", "alternate", "systematic"]
    var analysis = metaAnalysis(
      trials.enumerated().map { index, trial in
        let weights = [("mantel-haenszel/common", 21.4 / Double(index + 1)), ("peto/common", 11.1)]
        let (z, e) = (trial.effect.estimate / trial.effect.error, trial.effect.error)
        return ResultGroup(
          pooledPlace(Grouping("study", trial.label)),
          study(trial, weights: weights).statistics
            + group(
              pooledPlace(),
              [
                ("diagnostic/radial/x", .number(1 / e)), ("diagnostic/radial/y", .number(z)),
                ("diagnostic/baujat/x", .number(z * z / 9)),
                ("diagnostic/baujat/y", .number(1 / e)),
              ]
                + ["rstudent", "dffits", "cook_distance", "cov_ratio", "hat", "tau2", "q"].map {
                  ("diagnostic/inverse-variance/random/reml/influence/\($0)", .number(0.1234 * z))
                }
            ).statistics)
      } + [group(pooledPlace(), pooled(trials) + tests)]
        + ["intercept", "latitude"].map { name in
          group(
            pooledPlace(parameter: name), pooled("inverse-variance/random/reml/z", -0.0292, 0.0067))
        }
        + names.map { name in
          group(
            pooledPlace(Grouping("subgroup", name)), pooled(trials.filter { $0.subgroup == name }))
        }
        + trials.indices.map { index in
          var others = trials
          let omitted = others.remove(at: index)
          return group(
            pooledPlace(Grouping("omitted", omitted.label)), pooled(others, details: false))
        }
        + trials.indices.map { index in
          group(
            pooledPlace(Grouping("added", trials[index].label)),
            pooled(Array(trials[...index]), details: false))
        })
    analysis.series = [
      Series(
        "studies",
        [
          Series.Column("study", .texts(trials.map(\.label))),
          Series.Column("subgroup", .texts(trials.map(\.subgroup))),
        ]),
      Series(
        "filled",
        [
          Series.Column("method", .texts(["inverse-variance/random/reml/trim-and-fill"])),
          Series.Column("effect", .numbers([0.7])),
          Series.Column("standard_error", .numbers([0.7])),
        ]),
    ]
    return analysis
  }

  private static let tests: [Entry] =
    variants.flatMap { variant -> [Entry] in
      zip(["q", "df", "p_value"], [4.91, 2, 0.0859]).map {
        ("subgroup-difference/\(variant)/\($0)", .number($1))
      }
    } + [
      ("moderators/inverse-variance/random/reml/z/statistic", .number(18.8452)),
      ("moderators/inverse-variance/random/reml/z/df", .number(1)),
      ("moderators/inverse-variance/random/reml/z/p_value", .number(0.00001)),
      ("moderators/inverse-variance/random/reml/z/r_squared", .number(0.7562)),
      ("diagnostic/egger/intercept", .number(-0.4268)),
      ("diagnostic/egger/standard_error", .number(0.2)), ("diagnostic/egger/t", .number(-1.4047)),
      ("diagnostic/egger/df", .number(11)), ("diagnostic/egger/p_value", .number(0.1878)),
      ("diagnostic/begg/tau", .number(0.0256)), ("diagnostic/begg/p_value", .number(0.9524)),
      ("diagnostic/inverse-variance/random/reml/trim-and-fill/filled", .number(1)),
      ("diagnostic/inverse-variance/random/reml/trim-and-fill/estimate", .number(0.5183)),
      ("diagnostic/inverse-variance/random/reml/trim-and-fill/lower", .number(0.3547)),
      ("diagnostic/inverse-variance/random/reml/trim-and-fill/upper", .number(0.7574)),
      ("diagnostic/inverse-variance/random/reml/trim-and-fill/p_value", .number(0.0007)),
      ("diagnostic/peto/common/largest_arm_ratio", .number(4.05)),
      ("diagnostic/peto/common/event_percent", .number(1.04)),
    ]

  /// Eight trials without an event in the reference arms: where methods disagree.
  static var disagreement: AnalysisResult {
    let methods: [(String, ReportedValue, ReportedValue, ReportedValue, Double?)] = [
      ("mantel-haenszel/common", .number(2.27), .number(0.70), .number(7.35), 0.1717),
      ("peto/common", .number(4.70), .number(1.38), .number(16.0), 0.0131),
      ("exact-conditional/common", .unbounded(.above), .number(1.41), .unbounded(.above), 0.0147),
      (
        "exact-conditional-mid-p/common", .unbounded(.above), .number(1.80), .unbounded(.above),
        0.00735
      ),
      ("inverse-variance/random/reml/z", .number(2.11), .number(0.64), .number(6.93), 0.2192),
      (
        "inverse-variance/random/reml/hartung-knapp", .number(2.11), .number(1.16), .number(3.84),
        0.0211
      ),
      (
        "inverse-variance/random/reml/hartung-knapp-adhoc", .number(2.11), .number(0.478),
        .number(9.31), 0.27
      ),
      ("firth/common", .number(4.1), .number(1.02), .number(40.2), 0.046),
      (
        "glmm-unconditional-fixed/random/profile-likelihood", .unbounded(.above), .number(1.52),
        .unbounded(.above), 0.004
      ),
      (
        "beta-binomial/random", .notEstimable("all events are in one arm"),
        .notEstimable("all events are in one arm"), .notEstimable("all events are in one arm"), nil
      ),
    ]
    return metaAnalysis(
      [
        group(
          pooledPlace(),
          methods.flatMap { method, estimate, lower, upper, pValue -> [Entry] in
            let prefix = "odds-ratio/\(method)/"
            return [
              (prefix + "estimate", estimate), (prefix + "lower", lower), (prefix + "upper", upper),
              (prefix + "p_value", pValue.map { .number($0) } ?? estimate),
            ]
          })
      ], id: "tpo")
  }
}
