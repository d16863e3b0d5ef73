import DoseResponse
import Foundation
import LinearAlgebra
import TestSupport

/// A nonlinear regression of NIST's Statistical Reference Datasets.
struct ReferenceRegression: Sendable {
  let name: String
  let responses: [Double]
  let predictors: [[Double]]
  let starts: [[Double]]
  let values: [Double]
  let standardDeviations: [Double]

  var regression: NonlinearRegression {
    let model = standardReferenceModel(name)
    let predictors = predictors
    return NonlinearRegression(responses: responses) { b in
      let rows = predictors.map { model($0, b) }
      return MeanResponse(values: rows.map(\.value), jacobian: Matrix(rows.map(\.gradient)))
    }
  }
}

func referenceRegressions() throws -> [ReferenceRegression] {
  let data = Dictionary(
    grouping: try datasetTable("nist", "data"), by: { $0["dataset"] })
  let certified = Dictionary(
    grouping: try datasetTable("nist", "certified"), by: { $0["dataset"] })
  return certified.keys.sorted().map { name in
    let rows = data[name] ?? []
    let facts = certified[name] ?? []
    return ReferenceRegression(
      name: name,
      responses: rows.map { name == "Nelson" ? log($0.double("y")) : $0.double("y") },
      predictors: rows.map {
        $0["x2"].isEmpty ? [$0.double("x1")] : [$0.double("x1"), $0.double("x2")]
      },
      starts: ["start1", "start2"].map { start in facts.map { $0.double(start) } },
      values: facts.map { $0.double("value") },
      standardDeviations: facts.map { $0.double("standard_deviation") })
  }
}

typealias ValueAndGradient = (value: Double, gradient: [Double])

/// The model of a data set, as its file gives it, with its gradient.
func standardReferenceModel(_ name: String) -> @Sendable ([Double], [Double]) -> ValueAndGradient {
  switch name {
  case "Bennett5": bennett
  case "BoxBOD", "Misra1a": { x, b in saturation(x[0], b) }
  case "Chwirut1", "Chwirut2": chwirut
  case "DanWood":
    { x, b in (b[0] * pow(x[0], b[1]), [pow(x[0], b[1]), b[0] * pow(x[0], b[1]) * log(x[0])]) }
  case "ENSO": enso
  case "Eckerle4": eckerle
  case "Gauss1", "Gauss2", "Gauss3": gauss
  case "Hahn1", "Thurber": { x, b in rational(x[0], b, numerator: 4) }
  case "Kirby2": { x, b in rational(x[0], b, numerator: 3) }
  case "Lanczos1", "Lanczos2", "Lanczos3": lanczos
  case "MGH09": mgh09
  case "MGH10": mgh10
  case "MGH17": mgh17
  case "Misra1b":
    { x, b in
      let base = 1 + b[1] * x[0] / 2
      return (b[0] * (1 - pow(base, -2)), [1 - pow(base, -2), b[0] * x[0] * pow(base, -3)])
    }
  case "Misra1c":
    { x, b in
      let base = 1 + 2 * b[1] * x[0]
      return (b[0] * (1 - pow(base, -0.5)), [1 - pow(base, -0.5), b[0] * x[0] * pow(base, -1.5)])
    }
  case "Misra1d":
    { x, b in
      let base = 1 + b[1] * x[0]
      return (b[0] * b[1] * x[0] / base, [b[1] * x[0] / base, b[0] * x[0] / (base * base)])
    }
  case "Nelson":
    { x, b in
      let decay = exp(-b[2] * x[1])
      return (b[0] - b[1] * x[0] * decay, [1, -x[0] * decay, b[1] * x[0] * x[1] * decay])
    }
  case "Rat42":
    { x, b in
      let e = exp(b[1] - b[2] * x[0])
      let slope = -b[0] * e / ((1 + e) * (1 + e))
      return (b[0] / (1 + e), [1 / (1 + e), slope, -x[0] * slope])
    }
  case "Rat43": rat43
  case "Roszman1": roszman
  default: preconditionFailure("no such data set: \(name)")
  }
}

private func bennett(_ x: [Double], _ b: [Double]) -> ValueAndGradient {
  let base = b[1] + x[0]
  let power = pow(base, -1 / b[2])
  return (
    b[0] * power,
    [power, -b[0] * power / (b[2] * base), b[0] * power * log(base) / (b[2] * b[2])]
  )
}

private func saturation(_ x: Double, _ b: [Double]) -> ValueAndGradient {
  (-b[0] * expm1(-b[1] * x), [-expm1(-b[1] * x), b[0] * x * exp(-b[1] * x)])
}

private func chwirut(_ x: [Double], _ b: [Double]) -> ValueAndGradient {
  let line = b[1] + b[2] * x[0]
  let value = exp(-b[0] * x[0]) / line
  return (value, [-x[0] * value, -value / line, -x[0] * value / line])
}

private func enso(_ x: [Double], _ b: [Double]) -> ValueAndGradient {
  let year = 2 * Double.pi * x[0] / 12
  var value = b[0] + b[1] * cos(year) + b[2] * sin(year)
  var gradient = [1, cos(year), sin(year)]
  for k in [3, 6] {
    let angle = 2 * Double.pi * x[0] / b[k]
    value += b[k + 1] * cos(angle) + b[k + 2] * sin(angle)
    gradient += [
      (b[k + 1] * sin(angle) - b[k + 2] * cos(angle)) * angle / b[k], cos(angle), sin(angle),
    ]
  }
  return (value, gradient)
}

private func eckerle(_ x: [Double], _ b: [Double]) -> ValueAndGradient {
  let z = (x[0] - b[2]) / b[1]
  let bell = exp(-0.5 * z * z) / b[1]
  return (b[0] * bell, [bell, b[0] * bell * (z * z - 1) / b[1], b[0] * bell * z / b[1]])
}

private func gauss(_ x: [Double], _ b: [Double]) -> ValueAndGradient {
  let decay = exp(-b[1] * x[0])
  var value = b[0] * decay
  var gradient = [decay, -x[0] * b[0] * decay]
  for k in [2, 5] {
    let z = (x[0] - b[k + 1]) / b[k + 2]
    let bell = exp(-z * z)
    value += b[k] * bell
    gradient += [bell, b[k] * bell * 2 * z / b[k + 2], b[k] * bell * 2 * z * z / b[k + 2]]
  }
  return (value, gradient)
}

private func rational(_ x: Double, _ b: [Double], numerator count: Int) -> ValueAndGradient {
  let powers = [1, x, x * x, x * x * x]
  let upper = zip(b[..<count], powers).reduce(0) { $0 + $1.0 * $1.1 }
  let lower = zip(b[count...], powers.dropFirst()).reduce(1) { $0 + $1.0 * $1.1 }
  let value = upper / lower
  return (
    value,
    powers[..<count].map { $0 / lower }
      + powers[1..<(b.count - count + 1)].map { -value * $0 / lower }
  )
}

private func lanczos(_ x: [Double], _ b: [Double]) -> ValueAndGradient {
  var value = 0.0
  var gradient: [Double] = []
  for k in [0, 2, 4] {
    let decay = exp(-b[k + 1] * x[0])
    value += b[k] * decay
    gradient += [decay, -x[0] * b[k] * decay]
  }
  return (value, gradient)
}

private func mgh09(_ x: [Double], _ b: [Double]) -> ValueAndGradient {
  let (x, upper) = (x[0], x[0] * x[0] + x[0] * b[1])
  let lower = x * x + x * b[2] + b[3]
  let value = b[0] * upper / lower
  return (value, [upper / lower, b[0] * x / lower, -value * x / lower, -value / lower])
}

private func mgh10(_ x: [Double], _ b: [Double]) -> ValueAndGradient {
  let shifted = x[0] + b[2]
  let growth = exp(b[1] / shifted)
  let value = b[0] * growth
  return (value, [growth, value / shifted, -value * b[1] / (shifted * shifted)])
}

private func mgh17(_ x: [Double], _ b: [Double]) -> ValueAndGradient {
  let (first, second) = (exp(-x[0] * b[3]), exp(-x[0] * b[4]))
  return (
    b[0] + b[1] * first + b[2] * second,
    [1, first, second, -x[0] * b[1] * first, -x[0] * b[2] * second]
  )
}

private func rat43(_ x: [Double], _ b: [Double]) -> ValueAndGradient {
  let e = exp(b[1] - b[2] * x[0])
  let power = pow(1 + e, -1 / b[3])
  let slope = -b[0] * power * e / (b[3] * (1 + e))
  return (
    b[0] * power,
    [power, slope, -x[0] * slope, b[0] * power * log1p(e) / (b[3] * b[3])]
  )
}

private func roszman(_ x: [Double], _ b: [Double]) -> ValueAndGradient {
  let distance = x[0] - b[3]
  let ratio = b[2] / distance
  let turn = 1 / (Double.pi * (1 + ratio * ratio))
  return (
    b[0] - b[1] * x[0] - atan(ratio) / Double.pi,
    [1, -x[0], -turn / distance, -turn * ratio / distance]
  )
}
