import Reporting
import Results
import Testing

@Suite struct MetaAnalysisTableTests {
  @Test func thePooledEffectsAreTheTableOfTheTerminal() {
    let expected = """
      BCG – pooled effects
                                                                           95% prediction
      Method                                 Odds Ratio [95% CI]  p-value        interval  Studies  Events/subjects
      ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
      Mantel–Haenszel                          0.66 [0.60, 0.72]  <0.0001                        9      2349/303972
      """
    let shown = text(Sample.metaAnalysis([all(Sample.trials)]))
    #expect(shown.contains(expected), "\(shown)")
    #expect(shown.contains("  0.47 [0.30, 0.74]   0.0009    [0.12, 1.92]        9"))
    #expect(!shown.contains("heterogeneity") && !shown.contains("z = "))
  }

  @Test func everythingHasItsTable() {
    let html = htmlReport(Sample.study([Sample.wholeMetaAnalysis]))
    for expected in [
      "studies", "pooled effects", "differences between subgroups", "heterogeneity",
      "meta-regression", "test of the moderators", "tests of small-study effects", "trim and fill",
      "preconditions of the method", "influence of each study, Inverse variance, REML",
      "leaving out one study: Odds Ratio [95% CI]", "cumulative: Odds Ratio [95% CI]",
    ] {
      #expect(html.contains("BCG – " + expected), "\(expected)")
    }
    for expected in [
      "<td>62/13598</td><td>248/12867</td><td>0.23 [0.18, 0.31]</td><td>7.1</td>",
      "<td>4.91</td><td>2</td><td>0.0859</td>",
      "<td>152.23</td><td>8</td><td>&lt;0.0001</td><td>92.1 [88.0, 95.0]</td>"
        + "<td>12.69 [8.30, 19.40]</td>",
      "<td>0.3378</td><td>0.5812</td><td>92.1</td><td>12.61</td>", "Q-profile interval",
      "<td>[0.1301, ∞)</td>", "<td>18.85</td><td>1</td><td>&lt;0.0001</td>", "<td>75.6</td>",
      "<td>−1.40</td><td>11</td><td>0.1878</td>", "<td>1</td><td>0.52 [0.35, 0.76]</td>",
      "<td>4.05</td><td>1.04</td>", "REML: Restricted maximum likelihood",
      "Coefficients on the scale of the log odds ratio.", "z = −3.32",
    ] {
      #expect(html.contains(expected), "\(expected)")
    }
    #expect(malformation(html) == nil)
  }

  @Test func studiesStandUnderTheirSubgroupAndOthersLast() {
    var analysis = Sample.wholeMetaAnalysis
    let stray = Sample.Trial(label: "Stray", treatment: (1, 10), reference: (2, 10))
    analysis.groups.insert(Sample.study(stray), at: 0)
    let html = htmlReport(Sample.study([analysis]))
    let names = ["random", "Aronson 1948", "systematic", "Comstock 1974", "Stray"]
    let places = names.map { name in
      html.range(of: ">\(name)</th>")?.lowerBound
    }
    #expect(!places.contains(nil))
    #expect(places.compactMap { $0 }.sorted() == places.compactMap { $0 })
  }

  @Test func whatWasAddedToCellsIsShown() {
    let zero = Sample.Trial(label: "Zero", treatment: (0, 10), reference: (2, 10))
    let html = html([Sample.study(Sample.trials[0]), Sample.study(zero)])
    #expect(html.contains("Added<br/>to cells"))
    #expect(html.contains("<td>0/10</td><td>2/10</td>"))
    #expect(html.contains("]</td><td>0.5</td>") && html.contains("]</td><td></td>"))
    #expect(!self.html([Sample.study(Sample.trials[0])]).contains("Added"))
  }

  @Test func twoAdditionsAreShownApart() {
    let place = Sample.pooledPlace(Grouping("study", "A"))
    let html = html([
      Sample.group(
        place,
        [
          ("odds-ratio//estimate", .number(2)),
          ("odds-ratio//treatment_events", .number(0)),
          ("odds-ratio//treatment_subjects", .number(9)),
          ("odds-ratio//reference_events", .number(1)),
          ("odds-ratio//reference_subjects", .number(3)),
          ("odds-ratio//added_treatment", .number(0.75)),
          ("odds-ratio//added_reference", .number(0.25)),
        ])
    ])
    #expect(html.contains("<td>0.75 / 0.25</td>"))
  }

  @Test func whatHasNoNumberSaysWhyAndWhatHasNoEndIsInfinite() {
    let shown = text(Sample.disagreement)
    #expect(shown.contains("∞ [1.41, ∞)   0.0147"))
    #expect(shown.contains("Beta-binomial") && shown.contains("NEᵃ"))
    #expect(shown.contains("ᵃ all events are in one arm"))
    #expect(shown.contains("NE: not estimable"))
  }

  @Test func anEffectWithoutLimitsSaysSo() {
    let names = ["lower", "upper"].map { "odds-ratio/mantel-haenszel/common/\($0)" }
    let shown = text(
      Sample.metaAnalysis([
        Sample.group(
          Sample.pooledPlace(),
          [("odds-ratio/mantel-haenszel/common/estimate", .unbounded(.above))]
            + names.map { ($0, .notEstimable("no events in the reference arms")) })
      ]))
    #expect(shown.contains("∞ [NE]ᵃ") && shown.contains("ᵃ no events in the reference arms"))
  }

  @Test func aStudyThatCannotBeEstimatedKeepsItsCounts() {
    let reason = "no events in either group"
    let entries: [Sample.Entry] =
      [
        ("odds-ratio//treatment_events", .number(0)),
        ("odds-ratio//treatment_subjects", .number(20)),
        ("odds-ratio//reference_events", .number(0)),
        ("odds-ratio//reference_subjects", .number(10)),
      ] + ["estimate", "lower", "upper"].map { ("odds-ratio//\($0)", .notEstimable(reason)) }
    let html = html([Sample.group(Sample.pooledPlace(Grouping("study", "None")), entries)])
    #expect(html.contains("<td>0/20</td><td>0/10</td><td>NE<sup>a</sup></td>"))
    #expect(html.contains(reason))
  }

  @Test func severalPredictionIntervalsHaveAColumnEach() {
    let variant = "odds-ratio/inverse-variance/random/reml/z/"
    let html = html([
      Sample.group(
        Sample.pooledPlace(),
        Sample.pooled("inverse-variance/random/reml/z", -0.7, 0.2)
          + Sample.pooled("mantel-haenszel/common", -0.4, 0.1) + [
            (variant + "t-k-1/prediction_lower", .number(0.11)),
            (variant + "t-k-1/prediction_upper", .number(2.22)),
            (variant + "t-k-2/prediction_lower", .number(0.09)),
            (variant + "t-k-2/prediction_upper", .number(3.33)),
          ])
    ])
    #expect(html.contains("95% prediction<br/>t(k − 1)"))
    #expect(html.contains("<td>[0.11, 2.22]</td><td>[0.09, 3.33]</td>"))
    #expect(html.contains("<td>&lt;0.0001</td><td></td><td></td>"))
  }

  @Test func aProfileLikelihoodIsNoPredictionOfItsModel() {
    let model = "glmm-conditional-exact/random"
    let shown = text(
      Sample.metaAnalysis([
        Sample.group(
          Sample.pooledPlace(),
          Sample.pooled(model, 0.3, 0.2) + Sample.pooled(model + "/profile-likelihood", 0.3, 0.25)
            + [
              ("odds-ratio/\(model)/prediction_lower", .number(0.5)),
              ("odds-ratio/\(model)/prediction_upper", .number(3.5)),
            ])
      ]))
    #expect(shown.contains("GLMM (exact conditional), random, profile likelihood"))
    #expect(shown.split(separator: "[0.50, 3.50]", omittingEmptySubsequences: false).count == 2)
  }

  @Test func modelsOfCountsShowTheirLikelihoods() {
    let glmm = "heterogeneity/glmm-unconditional-random/random/"
    let entries: [Sample.Entry] =
      Sample.pooled("beta-binomial/random", 0.3, 0.2) + [
        (glmm + "log_likelihood", .number(-74.83)), (glmm + "sigma2", .number(0.5364)),
        (glmm + "likelihood_ratio", .number(6.5)),
        (glmm + "likelihood_ratio_p_value", .number(0.0054)),
        (glmm + "tau2", .number(0.7252)), (glmm + "profile-likelihood/tau2_lower", .number(0.1)),
        (glmm + "profile-likelihood/tau2_upper", .number(3)),
        ("heterogeneity/beta-binomial/random/icc", .number(0.012)),
      ]
    let html = html([Sample.group(Sample.pooledPlace(), entries)])
    #expect(html.contains("<td>6.50</td><td>0.0054</td><td>0.5364</td><td></td><td>−74.83</td>"))
    #expect(html.contains("profile likelihood interval</th><td>[0.1000, 3]</td>"))
    #expect(html.contains(">Beta-binomial</th>") && html.contains("<td>0.01200</td>"))
  }

  @Test func anEggerTestOfAModelHasItsOwnStatistic() {
    let prefix = "diagnostic/inverse-variance/random/reml/egger/"
    let html = html([
      Sample.group(
        Sample.pooledPlace(),
        Sample.pooled("inverse-variance/random/reml/z", 0.3, 0.2) + [
          (prefix + "slope", .number(-1.5)), (prefix + "standard_error", .number(0.5)),
          (prefix + "z", .number(-3)), (prefix + "p_value", .number(0.0027)),
        ])
    ])
    #expect(html.contains("Inverse variance, REML, Egger</th><td>−1.500</td><td>0.5000</td>"))
    #expect(html.contains("<td>−3.00</td><td>0.0027</td>"))
  }

  @Test func proportionsAreInPercent() {
    let entries: [Sample.Entry] = [
      ("proportion-logit//estimate", .number(0.0312)), ("proportion-logit//lower", .number(0.01)),
      ("proportion-logit//upper", .number(0.0823)), ("proportion-logit//events", .number(3)),
      ("proportion-logit//subjects", .number(96)),
    ]
    let html = html([Sample.group(Sample.pooledPlace(Grouping("study", "A")), entries)])
    #expect(html.contains("Proportion % [95% CI]"))
    #expect(html.contains("<td>3/96</td><td>3.1 [1.0, 8.2]</td>"))
  }

  @Test func namesAreEscapedAndCountsThatWereRebuiltMarked() {
    let trial = Sample.Trial(label: "<b> & c", treatment: (1, 10), reference: (2, 10))
    let group = Sample.study(trial)
    let rebuilt = ResultGroup(
      group.place,
      group.statistics.map {
        Statistic($0.key, $0.value, isReconstructed: $0.key.name == "treatment_events")
      })
    let html = html([rebuilt])
    #expect(html.contains("&lt;b&gt; &amp; c") && !html.contains("<b> & c"))
    #expect(html.contains("<td>1/10<sup>†</sup></td><td>2/10</td>"))
    #expect(malformation(html) == nil)
  }

  @Test func anAnalysisWithoutResultsSaysSo() {
    #expect(text(Sample.metaAnalysis([])).contains("No results"))
    var failed = Sample.metaAnalysis([])
    failed.outcome = .failed("no counts")
    #expect(text(failed).contains("FAILED: no counts"))
  }

  private func all(_ trials: [Sample.Trial]) -> ResultGroup {
    Sample.group(Sample.pooledPlace(), Sample.pooled(trials))
  }

  private func html(_ groups: [ResultGroup]) -> String {
    htmlReport(Sample.study([Sample.metaAnalysis(groups)]))
  }
}

extension String {
  /// Where `part` stands for the first time.
  fileprivate func range(of part: String) -> Range<Index>? { ranges(of: part).first }
}
