import DoseResponse
import Inference
import Results
import StudyDefinition

extension DoseResponseAnalysis {
  /// The verdict on a fit and what it rests on.
  func fitParts(_ model: DoseResponseModel, _ unit: Int) -> [CurvePart] {
    let status = CurvePart(model.rawValue, ["status"]) { fits in
      let finding = fits.findings(model, unit)
      return [
        RowValue(
          .verdict(finding[0].verdict.rawValue),
          warning: finding[0].reason.isEmpty
            ? nil : finding.map(\.reason).joined(separator: "; "))
      ]
    }
    func part(
      _ name: String, _ value: @escaping (UnitFit, CurveFits) throws(NotEstimable) -> Double
    ) -> CurvePart {
      CurvePart(model.rawValue, [name]) { fits throws(NotEstimable) in
        [RowValue(try value(try fits.fit(model, unit), fits))]
      }
    }
    let termination = CurvePart(model.rawValue, ["termination"]) { fits throws(NotEstimable) in
      [RowValue(.verdict(try fits.fit(model, unit).fit.fit.termination.rawValue))]
    }
    let isContinuous = responseKind == .continuous
    return [
      status, termination,
      part(isContinuous ? "rss" : "deviance") { fit, _ in fit.fit.fit.residualSumOfSquares },
    ]
      + (isContinuous
        ? [
          part("sigma") { fit, _ throws(NotEstimable) in
            (try fit.fit.dispersion()).squareRoot()
          }
        ] : [])
      + [
        part("df") { fit, _ in Double(fit.fit.degreesOfFreedom) },
        part("n") { fit, _ in Double(fit.fit.set.count) },
        part("log_likelihood") { fit, _ throws(NotEstimable) in try fit.fit.logLikelihood() },
        part("aicc") { fit, _ throws(NotEstimable) in try fit.fit.aicc() },
        part("lack_of_fit_p_value") { fit, _ throws(NotEstimable) in
          try fit.fit.lackOfFit().pValue
        },
        part("flatness_p_value") { _, fits throws(NotEstimable) in
          try fits.flatness(model, unit)
        },
        part("gradient_norm") { fit, _ in fit.fit.fit.gradientNorm },
        part("condition") { fit, _ in fit.fit.fit.conditionNumber },
        part("minima") { fit, _ in Double(fit.fit.fit.minima.count) },
        part("iterations") { fit, _ in Double(fit.fit.fit.iterations) },
      ]
      + (weights == .powerOfMean ? [part("theta") { fit, _ in fit.theta ?? 0 }] : [])
      + (robust == .rout ? [part("outliers") { fit, _ in Double(fit.removed.count) }] : [])
  }
}

extension CurveFits {
  /// What is to be said of a fit, the gravest first.
  func findings(_ model: DoseResponseModel, _ unit: Int) -> [FitFinding] {
    do throws(NotEstimable) {
      let fit = try fit(model, unit)
      let found = fit.fit.findings(level: level)
      guard isFlat(model, unit) else { return found }
      let flat = FitFinding(
        .flat, "a flat curve fits as well as chance allows")
      return [flat] + found.filter { $0.verdict != .converged }
    } catch {
      return [FitFinding(error.verdict, error.reason)]
    }
  }
}

extension NotEstimable {
  /// What a fit that gave nothing is called.
  fileprivate var verdict: FitVerdict {
    if reason.hasPrefix("too few doses") || reason.contains("observations for")
      || reason == "all doses are equal"
    {
      return .tooFewDoses
    }
    return reason.contains("gives probability 0") ? .zeroProbability : .notConverged
  }
}
