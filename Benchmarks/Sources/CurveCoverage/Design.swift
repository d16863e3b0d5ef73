import DoseResponse
import Foundation
import Probability

/// A simulated assay: vehicle wells and eight doses, each threefold the one before, up to 100 µM.
struct Design: Sendable {
  let name: String
  /// In µM; `nil` for a compound without effect.
  let ed50: Double?

  /// The coverage that profile intervals shall have, give or take twice the Monte-Carlo error.
  var asked = 0.94...0.97

  /// Complete, incomplete and beyond the range of doses, where the data know less than four parameters.
  static let curves = [
    Design(name: "complete", ed50: 10), Design(name: "incomplete", ed50: 60),
    Design(name: "beyond", ed50: 150, asked: 0.965...0.98),
  ]
  static let flat = Design(name: "flat", ed50: nil)

  static let largestDose = 100.0
  static let slope = 1.2
  /// σ, with plateaus at 0 and 1: Wald's interval then covers about 79 % where the curve is incomplete.
  static let noise = 0.06

  static let doses =
    [Double](repeating: 0, count: 6)
    + (0..<8).flatMap { [Double](repeating: largestDose / pow(3, Double($0)), count: 3) }

  func response(_ dose: Double) -> Double {
    ed50.map { 1 / (1 + pow(dose / $0, Self.slope)) } ?? 1
  }

  /// Normal noise around the curve, the same for the same `index` of the same `stream`.
  func sample(_ index: Int, _ stream: RandomStream) throws -> CurveData {
    var stream = stream.split(named: "\(name) \(index)")
    return try CurveData(
      Self.doses.map { dose in
        let error = Normal.standard.quantile(lowerTail: stream.uniform())
        return DoseResponsePoint(dose: dose, response: response(dose) + Self.noise * error)
      })
  }
}
