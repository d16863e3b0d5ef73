import Glibc
public import Inference
public import Probability

extension CurveSetFit {
  /// Percentile limits of each target over refits to resampled data.
  ///
  /// Continuous responses are fitted values plus centred residuals √(n/(n − p)) r drawn with
  /// replacement, each over √w, and a normal error of each plate's blank; counts are drawn from the
  /// fitted curve. A refit without a value is left out. Efron & Tibshirani (1993), An
  /// Introduction to the Bootstrap, 9.4.
  ///
  /// - Throws: `NotEstimable` with fewer than three quarters of refits that gave values.
  public func bootstrapIntervals(
    _ targets: [SetTarget], level: ConfidenceLevel, samples: Int, stream: RandomStream
  ) throws(NotEstimable) -> [Result<ConfidenceInterval, NotEstimable>] {
    var stream = stream
    let residuals = centredResiduals()
    let refit = refit()
    var values = targets.map { _ in [Double]() }
    for _ in 0..<samples {
      guard let estimates = try? refit(resampled(residuals, &stream)) else { continue }
      for (k, target) in targets.enumerated() {
        guard let value = try? set.evaluate(target, estimates).value else { continue }
        values[k].append(withoutSearchEnds(value, of: target))
      }
    }
    return values.map { values in
      guard 4 * values.count >= 3 * samples, values.count > 1 else {
        return .failure(NotEstimable("too many resampled data have no such value"))
      }
      let sorted = values.sorted()
      let tail = level.tailProbability(.two)
      return .success(
        ConfidenceInterval(
          lower: sorted.quantile(tail), upper: sorted.quantile(1 - tail), level: level, sides: .two)
      )
    }
  }

  /// A value that only the end of the search keeps from running off is infinite, or 0 for logarithms.
  private func withoutSearchEnds(_ value: Double, of target: SetTarget) -> Double {
    let target = set.asParameter(target)
    let scale = set.profileScale(target, value)
    let domain = domain(target, scale)
    let place = scale.place(value)
    if !domain.upperIsClosed, place >= domain.upper { return scale.value(.infinity) }
    if !domain.lowerIsClosed, place <= domain.lower { return scale.value(-.infinity) }
    return value
  }

  private func centredResiduals() -> [Double] {
    let residuals = set.samples.enumerated().flatMap { index, sample in
      sample.points.map {
        $0.weight.squareRoot() * ($0.response - response(dose: $0.dose, of: index))
      }
    }
    let mean = residuals.reduce(0, +) / Double(residuals.count)
    let n = Double(residuals.count)
    let factor = (n / max(1, n - Double(estimates.count))).squareRoot()
    return residuals.map { factor * ($0 - mean) }
  }

  private func resampled(_ residuals: [Double], _ stream: inout RandomStream) -> [CurveData] {
    let blanks = set.blankVariances.map { $0.squareRoot() * stream.normal() }
    return set.samples.enumerated().compactMap { index, sample in
      try? CurveData(
        sample.points.map { point in
          let mean = response(dose: point.dose, of: index)
          let value: Double
          switch set.response {
          case .continuous:
            let drawn = residuals[Int(stream.uniform() * Double(residuals.count))]
            value =
              mean + drawn / point.weight.squareRoot()
              + (point.plate < blanks.count ? blanks[point.plate] : 0)
          case .binomial:
            value =
              Double(
                Binomial(trials: Int(point.weight), probability: min(1, max(0, mean)))
                  .quantile(lowerTail: stream.uniform()))
              / point.weight
          case .poisson:
            value =
              Double(
                Poisson(mean: max(0, mean * point.weight)).quantile(lowerTail: stream.uniform()))
              / point.weight
          }
          return DoseResponsePoint(
            dose: point.dose, response: value, weight: point.weight, plate: point.plate)
        })
    }
  }

  /// Estimates from other data on the same doses: of separate continuous curves by a search of the
  /// same grid, of others from a descent that begins at these estimates.
  private func refit() -> ([CurveData]) throws -> [Double] {
    if set.hasUncertainBlanks { return { try set.replacing($0).fit().estimates } }
    guard set.response == .continuous, set.shared.isEmpty, problem.deviation == .normal else {
      return { samples in
        let other = set.replacing(samples)
        return try other.fit(SetProblem(other, problem.deviation), from: [estimates]).estimates
      }
    }
    let regressions = set.samples.map {
      CurveRegression(set.curve, design: $0, bounds: set.bounds)
    }
    return { samples in
      set.joined(try zip(regressions, samples).map { try $0.estimates($1) })
    }
  }
}

extension [Double] {
  /// The quantile of sorted values, some of which may be infinite, by Hyndman and Fan's type 7.
  func quantile(_ p: Double) -> Double {
    let place = p * Double(count - 1)
    let index = Int(place)
    let share = place - Double(index)
    guard share > 0, index + 1 < count, self[index].isFinite else { return self[index] }
    return self[index] + share * (self[index + 1] - self[index])
  }
}
