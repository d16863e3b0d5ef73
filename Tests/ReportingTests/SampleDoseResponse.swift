import Glibc
import Results

/// Results of dose-response analyses as the tests need them: curves drawn from a formula.
extension Sample {
  /// A curve of four parameters.
  struct Curve {
    let name: String
    var lower = 0.1
    var upper = 1.2
    var ed50 = 5.0
    var slope = 1.5

    func response(at dose: Double) -> Double {
      dose > 0 ? lower + (upper - lower) / (1 + pow(dose / ed50, slope)) : upper
    }
  }

  static let doses = [0.0, 0.1, 0.3, 1, 3, 10, 30, 100]
  static let model = "log-logistic-4"

  static func doseResponse(
    _ curves: [Curve], models: [String] = [model], id: String = "mtt"
  ) -> AnalysisResult {
    var analysis = AnalysisResult(
      id: id, kind: "dose-response", title: "Viability of HepG2", level: 0.95)
    analysis.labels = [
      Grouping("axis", "dose"): "Concentration (µM)", Grouping("axis", "response"): "Absorbance",
    ]
    analysis.methods = [
      MethodNote(
        name: model, title: "Log-logistic, 4 parameters", summary: "S.", reference: "R."),
      MethodNote(
        name: "profile", title: "Profile likelihood", summary: "S.", reference: "R."),
    ]
    analysis.groups = curves.flatMap { curve in models.flatMap { fit(of: curve, model: $0) } }
    analysis.series = [
      points(of: curves), fits(of: curves, models), residuals(of: curves, models),
    ]
    return analysis
  }

  static func fitPlace(_ curve: String, lot: String = "", _ variable: String, _ level: String = "")
    -> RowPlace
  {
    RowPlace(
      groups: (curve.isEmpty ? [] : [Grouping("curve", curve)])
        + (lot.isEmpty ? [] : [Grouping("lot", lot)]), variable: variable, level: level)
  }

  /// Parameters, effective doses and the fit of a curve.
  static func fit(
    of curve: Curve, lot: String = "", model: String = model, status: String = "converged",
    warning: String? = nil
  ) -> [ResultGroup] {
    let parameters = [
      ("slope", curve.slope), ("lower", curve.lower), ("upper", curve.upper), ("ed50", curve.ed50),
    ].map { name, value in
      group(
        fitPlace(curve.name, lot: lot, "parameter", name),
        [
          ("\(model)//estimate", .number(value)), ("\(model)//standard_error", .number(value / 17)),
          ("\(model)/profile/lower", .number(value * 0.87)),
          ("\(model)/profile/upper", .number(value * 1.17)),
        ])
    }
    let doses = [10.0, 50, 90].map { percent in
      let dose = curve.ed50 * pow(percent / (100 - percent), 1 / curve.slope)
      let isBeyond = dose > 100
      return group(
        fitPlace(curve.name, lot: lot, "effective_dose", "ED\(Int(percent))"),
        [
          ("\(model)//estimate", isBeyond ? .censored(.above, bound: 100) : .number(dose)),
          ("\(model)//standard_error", .number(dose / 11)),
          ("\(model)/profile/lower", .number(dose * 0.8)),
          ("\(model)/profile/upper", isBeyond ? .unbounded(.above) : .number(dose * 1.3)),
        ])
    }
    let quality: [Entry] =
      zip(
        [
          "n", "df", "rss", "sigma", "aicc", "log_likelihood", "lack_of_fit_p_value",
          "flatness_p_value", "gradient_norm", "condition", "minima", "iterations",
        ], [32, 28, 0.0734, 0.0512, -91.234, 51.2, 0.4321, 0.0001, 3.2e-11, 412.7, 1, 9]
      ).map { ("\(model)//\($0)", .number($1)) }
    let verdict = Statistic(
      StatisticKey(measure: model, name: "status"), .verdict(status), warning: warning)
    let place = fitPlace(curve.name, lot: lot, "fit")
    return parameters + doses + [
      ResultGroup(place, [verdict] + group(place, quality).statistics)
    ]
  }

  /// Three wells a dose; noise that looks like it but is the same every time.
  private static func wells(of curve: Curve) -> [(dose: Double, response: Double, noise: Double)] {
    doses.flatMap { dose in
      (0..<3).map { well in
        let noise = sin(12.9898 * dose + 78.233 * Double(well) + curve.ed50) * 0.06
        return (dose, curve.response(at: dose) + noise, noise / 0.05)
      }
    }
  }

  private static func points(of curves: [Curve]) -> Series {
    let rows = curves.flatMap { curve in wells(of: curve).map { (curve.name, $0) } }
    return Series(
      "points",
      [
        Series.Column("curve", .texts(rows.map(\.0))),
        Series.Column("dose", .numbers(rows.map(\.1.dose))),
        Series.Column("response", .numbers(rows.map(\.1.response))),
        Series.Column("removed", .numbers(rows.indices.map { $0 == 10 ? 1 : 0 })),
      ])
  }

  private static func fits(of curves: [Curve], _ models: [String]) -> Series {
    let tested = [0] + (0...100).map { 0.1 * pow(10, 3 * Double($0) / 100) }
    let rows = models.flatMap { model in
      curves.flatMap { curve in tested.map { (model, curve.name, $0, curve.response(at: $0)) } }
    }
    return Series(
      "curves",
      [
        Series.Column("model", .texts(rows.map(\.0))),
        Series.Column("curve", .texts(rows.map(\.1))),
        Series.Column("dose", .numbers(rows.map(\.2))),
        Series.Column("response", .numbers(rows.map(\.3))),
        Series.Column("lower", .numbers(rows.map { $0.3 - 0.05 })),
        Series.Column("upper", .numbers(rows.map { $0.3 + 0.05 })),
      ])
  }

  private static func residuals(of curves: [Curve], _ models: [String]) -> Series {
    let rows = models.flatMap { model in
      curves.flatMap { curve in
        wells(of: curve).map { (model, curve.name, $0, curve.response(at: $0.dose)) }
      }
    }
    return Series(
      "residuals",
      [
        Series.Column("model", .texts(rows.map(\.0))),
        Series.Column("curve", .texts(rows.map(\.1))),
        Series.Column("dose", .numbers(rows.map(\.2.dose))),
        Series.Column("fitted", .numbers(rows.map(\.3))),
        Series.Column("residual", .numbers(rows.map(\.2.noise))),
      ])
  }

  /// Four lots of serum, pooled, one of which gives no limits.
  static var lots: AnalysisResult {
    let lots = [("L1", 4.2), ("L2", 5.5), ("L3", 6.1), ("L4", 4.9)]
    var analysis = doseResponse([Curve(name: "TPO")], id: "lots")
    analysis.groups = lots.flatMap { lot, ed50 in
      fit(of: Curve(name: "TPO", ed50: ed50), lot: lot)
    }
    for (variable, level, value) in [("effective_dose", "ED50", 5.1), ("parameter", "slope", 1.5)] {
      analysis.groups.append(
        group(
          fitPlace("TPO", variable, level),
          zip(
            [
              "estimate", "standard_error", "lower", "upper", "between_lot_sd", "between_lot_cv",
              "prediction_lower", "prediction_upper", "lots", "q", "q_df", "q_p_value",
            ],
            [value, value / 10, value * 0.8, value * 1.25, 0.2, 0.14, value * 0.5, value * 2]
              + [4, 7.61, 3, 0.0548]
          ).map { ("\(model)/lots/reml/\($0)", .number($1)) }))
    }
    analysis.series.append(
      Series(
        "lots",
        [
          Series.Column("model", .texts(lots.map { _ in model })),
          Series.Column("curve", .texts(lots.map { _ in "TPO" })),
          Series.Column("lot", .texts(lots.map(\.0))),
          Series.Column("parameter", .texts(lots.map { _ in "ED50" })),
          Series.Column("estimate", .numbers(lots.map(\.1))),
          Series.Column("lower", .numbers(lots.map { $0.1 * 0.85 })),
          Series.Column("upper", .numbers(lots.map { $0.0 == "L4" ? nil : $0.1 * 1.2 })),
        ]))
    return analysis
  }

  /// Two curves held against each other, and two models.
  static var comparedCurves: AnalysisResult {
    var analysis = doseResponse(
      [Curve(name: "Reference"), Curve(name: "Test", ed50: 9)], models: [model, "weibull-1-4"],
      id: "compared")
    let groups = [Grouping("curve", "Test"), Grouping("reference", "Reference")]
    func place(_ variable: String, _ level: String) -> RowPlace {
      RowPlace(groups: groups, variable: variable, level: level)
    }
    analysis.groups += [
      group(
        place("comparison", "parallelism"),
        zip(["statistic", "df", "df2", "p_value"], [1.7321, 3, 40, 0.1756]).map {
          ("\(model)//\($0)", .number($1))
        }),
      group(
        place("comparison", "relative-potency"),
        zip(["estimate", "lower", "upper"], [0.5556, 0.4456, 0.6823]).map {
          ("\(model)/fieller/\($0)", .number($1))
        }),
      group(
        place("ratio", "slope"),
        zip(["estimate", "lower", "upper", "equivalent"], [1.02, 0.79, 1.31, 0]).map {
          ("\(model)/equivalence/\($0)", .number($1))
        }),
    ]
    analysis.groups += ["Reference", "Test"].flatMap { curve in
      [(model, 0.91, 0.0, 1.0), ("weibull-1-4", 0.09, 4.63, 0)].map { name, weight, delta, chosen in
        group(
          fitPlace(curve, "selection", name),
          [
            ("aicc//aicc", .number(-91.2 + delta)), ("aicc//delta_aicc", .number(delta)),
            ("aicc//weight", .number(weight)), ("aicc//selected", .number(chosen)),
          ])
      }
    }
    return analysis
  }
}
