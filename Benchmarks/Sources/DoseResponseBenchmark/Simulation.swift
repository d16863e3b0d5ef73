import Foundation
import Probability

/// Curves as a screen of compounds has them, drawn from a fixed seed.
///
/// Vehicle and sixteen doses, each twofold the one before, up to 40; responses over that of vehicle.
/// Of ten curves five end on their lower plateau, two go on falling, two are flat and one is steep.
struct Simulation {
  private var stream = RandomStream(seed: 20_261_122)

  private let doses = [0] + (0..<16).map { 40 / pow(2, Double(15 - $0)) }

  private mutating func uniform(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound + (range.upperBound - range.lowerBound) * stream.uniform()
  }

  private mutating func evenlyOverLogarithms(_ range: ClosedRange<Double>) -> Double {
    range.lowerBound * pow(range.upperBound / range.lowerBound, stream.uniform())
  }

  private mutating func normal() -> Double {
    Normal.standard.quantile(lowerTail: stream.uniform())
  }

  /// The lines `name,dose,response` of one curve.
  mutating func curve(named name: String) -> [String] {
    let kind = stream.uniform()
    let upper = 1 + 0.08 * normal()
    var lower = uniform(0...0.8)
    var slope = evenlyOverLogarithms(0.6...3)
    var ed50 = evenlyOverLogarithms(0.01...10)
    switch kind {
    case ..<0.5: break
    case ..<0.7: ed50 = evenlyOverLogarithms(15...200)
    case ..<0.9: lower = upper
    default: slope = evenlyOverLogarithms(5...50)
    }
    let noise = evenlyOverLogarithms(0.015...0.09)
    // Responses are over the vehicle's mean: its own is 1.
    return doses.map { dose in
      let mean = lower + (upper - lower) / (1 + pow(dose / ed50, slope))
      return "\(name),\(dose),\(dose == 0 ? 1 : mean + noise * normal())"
    }
  }
}
