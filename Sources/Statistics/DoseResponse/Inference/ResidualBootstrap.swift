import Glibc
public import Inference
public import Probability

extension CurveSetFit {
  /// Percentile limits of each target over refits to resampled data.
  ///
  /// Continuous responses are fitted values plus centred residuals √(n/(n − p)) r drawn with
  /// replacement, each over √w, and a normal error of each plate's blank; counts are drawn from the fitted curve. A refit without a value is
  /// left out; an infinite end is one that too many refits lack. Efron & Tibshirani (1993), An
  /// Introduction to the Bootstrap, 9.4.
  ///
  /// - Throws: `NotEstimable` with fewer than three quarters of refits that gave values.
  public func bootstrapIntervals(
    _ targets: [SetTarget], level: ConfidenceLevel, samples: Int, stream: RandomStream
  ) throws(NotEstimable) -> [Result<ConfidenceInterval, NotEstimable>] {
    var stream = stream
    let residuals = centredResiduals()
    var values = targets.map { _ in [Double]() }
    for _ in 0..<samples {
      guard let refit = try? refit(resampled(residuals, &stream)) else { continue }
      for (k, target) in targets.enumerated() {
        guard let value = try? set.evaluate(target, refit).value else { continue }
        values[k].append(value)
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

  /// The estimates from other data; the search begins at these estimates, and for one curve of
  /// continuous responses over its grid.
  private func refit(_ samples: [CurveData]) throws(NotEstimable) -> [Double] {
    let other = set.replacing(samples)
    let isSearched =
      samples.count == 1 && set.response == .continuous || !set.blankVariances.isEmpty
    return isSearched
      ? try other.fit().estimates
      : try other.fit(SetProblem(other, problem.deviation), from: [estimates]).estimates
  }
}

extension [Double] {
  /// The quantile of sorted values by Hyndman and Fan's type 7.
  func quantile(_ p: Double) -> Double {
    let place = p * Double(count - 1)
    let index = Int(place)
    guard index + 1 < count else { return self[count - 1] }
    return self[index] + (place - Double(index)) * (self[index + 1] - self[index])
  }
}
