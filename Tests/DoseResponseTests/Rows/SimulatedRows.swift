import DoseResponse
import Foundation

/// Rows at distinct doses, in an order of no meaning, and the columns they make.
struct SimulatedRows {
  var doses: [Double]
  var responses: [Double]
  var weights: [Double]?

  static let models: [DoseResponseModel] = [
    .logLogistic2, .logLogistic3, .logLogistic3u, .logLogistic4, .logLogistic5, .weibull1With4,
    .weibull2With4, .logNormal4, .gompertz4, .logistic4, .logistic5, .sigmoidEmax,
    .michaelisMenten3,
  ]

  /// `count` rows about a curve of `model`, doses spread from 1/150 to 150 as logarithms are, or where
  /// the model takes doses as they are from −5 to 5.
  init(
    _ model: DoseResponseModel, count: Int, slope: Double = 1.3, noise: Double = 0.04,
    seed: UInt64 = 1
  ) {
    let truth: [CurveParameter: Double] = [
      .slope: slope, .lower: 0.02, .upper: 0.97, .ed50: 1.4, .location: 1.4, .asymmetry: 1.6,
      .hill: slope, .scale: 1.4, .e0: 0.1, .emax: 0.8,
    ]
    let curve = ResponseCurve(model)
    let parameters = curve.parameters.map { truth[$0]! }
    var random = SplitMix(state: seed)
    doses = []
    responses = []
    for _ in 0..<count {
      let place = 10 * random.next() - 5
      let dose = model.takesNegativeDoses ? place : exp(place)
      doses.append(dose)
      responses.append(
        curve.response(dose: dose, parameters: parameters) + noise * random.nextNormal())
    }
  }

  /// The points that count.
  var points: [DoseResponsePoint] {
    doses.indices.filter { responses[$0].isFinite }.map {
      DoseResponsePoint(dose: doses[$0], response: responses[$0], weight: weights?[$0] ?? 1)
    }
  }

  func fit(
    _ regression: RowsRegression, spread: RowsSpread = oneByOne
  ) throws -> RowsFit {
    try doses.withUnsafeBufferPointer { doses in
      try responses.withUnsafeBufferPointer { responses in
        guard let weights else {
          return try regression.fit(
            DoseRows(doses: doses, responses: responses), spread: spread)
        }
        return try weights.withUnsafeBufferPointer { weights in
          try regression.fit(
            DoseRows(doses: doses, responses: responses, weights: weights), spread: spread)
        }
      }
    }
  }
}

/// Steele, Lea & Flood (2014), OOPSLA, 453.
struct SplitMix {
  var state: UInt64

  /// From 0 to 1, 1 excluded.
  mutating func next() -> Double {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return Double((z ^ (z >> 31)) >> 11) * 0x1p-53
  }

  mutating func nextNormal() -> Double {
    let radius = (-2 * log(1 - next())).squareRoot()
    return radius * cos(2 * Double.pi * next())
  }
}
