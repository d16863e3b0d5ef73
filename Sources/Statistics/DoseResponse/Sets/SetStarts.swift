import Glibc
import Inference

// Where descents for counts and for curves with shared parameters start.

extension CurveSet {
  /// Values of the set's parameters from which descents lead to its minima.
  ///
  /// For one curve the minima of a sum of squares that is near the objective; for several the best
  /// curve of each alone, where parameters are shared once with each curve's value.
  func starts() throws(NotEstimable) -> [[Double]] {
    guard samples.count > 1 else { return ofOneCurve }
    var alone: [[Double]] = []
    for sample in samples {
      let one = CurveSet(curve, [sample], response: response, bounds: bounds)
      alone.append(try one.fit().estimates)
    }
    let middle = curve.parameters.indices.map { j in
      let sorted = alone.map { $0[j] }.sorted()
      return sorted[sorted.count / 2]
    }
    let donors = shared.isEmpty ? [middle] : [middle] + alone.prefix(12)
    return donors.map { donor in
      parameters.map { parameter in
        let j = curve.parameters.firstIndex(of: parameter.parameter)!
        return parameter.curve.map { alone[$0][j] } ?? donor[j]
      }
    }
  }

  private var ofOneCurve: [[Double]] {
    let means = samples[0].means
    let scan = CurveScan(
      curve, doses: means.map(\.dose), weights: means.map(approximateInformation), bounds: bounds)
    let minima = scan.minima(means.map(\.mean)).sorted { $0.end.sumOfSquares < $1.end.sumOfSquares }
    let smallest = 0.5 / (1 + means.reduce(0) { $0 + $1.weight })
    return minima.prefix(8).flatMap { minimum -> [[Double]] in
      let found = minimum.parameters
      guard response != .continuous else { return [found] }
      // Where plateaus lie outside what a mean can be, from just inside.
      return [
        zip(curve.parameters, found).map { parameter, value in
          guard [.lower, .upper].contains(parameter) else { return value }
          let top = response == .binomial ? 1 - smallest : .infinity
          return min(top, max(smallest, value))
        }
      ]
    }
  }

  /// w/V with a variance that no mean makes 0.
  private func approximateInformation(_ mean: CurveData.DoseMean) -> Double {
    switch response {
    case .continuous: return mean.weight
    case .binomial:
      let share = (mean.mean * mean.weight + 0.5) / (mean.weight + 1)
      return mean.weight / (share * (1 - share))
    case .poisson:
      return mean.weight * mean.weight / (mean.mean * mean.weight + 0.5)
    }
  }
}

extension SetProblem {
  /// Why no start has a likelihood.
  func whatIsImpossible(_ starts: [[Double]]) -> NotEstimable {
    for start in starts {
      for row in rows {
        let mean = set.curve.response(
          dose: row.dose, parameters: set.values(start, of: row.curve))
        guard deviation.residual(row.response, mean: mean, weight: row.weight) == nil else {
          continue
        }
        return NotEstimable(
          "the model gives probability 0 to what was observed at dose \(row.dose): its mean there "
            + "is \(mean)")
      }
    }
    return NotEstimable("no curve is within the bounds")
  }
}
