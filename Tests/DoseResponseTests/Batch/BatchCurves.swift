import DoseResponse
import Glibc
import Inference
import Probability

/// Simulated responses of curves measured at the same doses.
struct BatchCurves {
  let curve: ResponseCurve
  let doses: [Double]
  /// Curves × points.
  var responses: [Double]
  var weights: [Double]?

  var count: Int { responses.count / doses.count }

  /// Three points at each of eight doses, with the parameters spread about complete curves.
  init(
    _ model: DoseResponseModel, count: Int, noise: Double = 0.04, seed: UInt64 = 1,
    doses: [Double] = threefold(evenDoses)
  ) {
    let curve = ResponseCurve(model)
    var stream = RandomStream(seed: seed)
    self.curve = curve
    // The curves of the logarithm of the dose and those of the dose itself.
    let isLogDose = curve.parameters.contains(.ed50) || !"\(model.rawValue)".hasPrefix("gompertz")
    self.doses = doses
    responses = (0..<count).flatMap { _ -> [Double] in
      let parameters = curve.parameters.map { parameter -> Double in
        let u = stream.uniform()
        switch parameter {
        case .slope: return (isLogDose ? 0.8 : 0.5) * exp2(2 * u - 0.5)
        case .lower: return 0.1 * u
        case .upper: return 0.9 + 0.2 * u
        default: return isLogDose ? 0.2 * exp2(4.6 * u) : 3 + 4 * u
        }
      }
      return doses.map {
        curve.response(dose: $0, parameters: parameters) + noise
          * Normal.standard.quantile(lowerTail: stream.uniform())
      }
    }
  }

  /// The points of curve `index` that are not missing.
  func points(_ index: Int) -> [DoseResponsePoint] {
    doses.indices.compactMap { k in
      let place = index * doses.count + k
      guard responses[place].isFinite else { return nil }
      return DoseResponsePoint(
        dose: doses[k], response: responses[place], weight: weights?[place] ?? 1)
    }
  }

  /// The rows of results of the batch.
  func rows(
    _ request: BatchRequest, instructions: FitInstructions = .best
  ) throws -> [[Double]] {
    let batch = try BatchRegression(request, doses: doses, instructions: instructions)
    let width = batch.layout.columns.count
    var results = [Double](repeating: 0, count: count * width)
    responses.withUnsafeBufferPointer { responses in
      results.withUnsafeMutableBufferPointer { results in
        if let weights {
          weights.withUnsafeBufferPointer {
            batch.fit(responses, weights: $0, into: results)
          }
        } else {
          batch.fit(responses, into: results)
        }
      }
    }
    return (0..<count).map { Array(results[($0 * width)..<(($0 + 1) * width)]) }
  }
}

/// Eight doses, equally far apart by their logarithms, over four decades.
let evenDoses = (0..<8).map { 0.01 * exp(Double($0) * log(10_000) / 7) }

func threefold(_ doses: [Double]) -> [Double] { doses.flatMap { [$0, $0, $0] } }
