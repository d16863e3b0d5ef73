import Glibc
import Inference
import LinearAlgebra

/// The objective of a set of curves in the coordinates of the solver.
///
/// Positive parameters are varied by their logarithms, the others as they are.
struct SetProblem: Sendable {
  /// An observation, or the mean of those at one dose.
  struct Row: Sendable {
    let curve: Int
    let dose: Double
    let response: Double
    let weight: Double
    var plate = 0
  }

  let set: CurveSet
  let deviation: Deviation
  let rows: [Row]
  let isLogarithm: [Bool]
  private(set) var lower: [Double]
  private(set) var upper: [Double]
  private let blanks: CommonErrors?

  /// The objective of `set`; `variance` is σ² where blanks are uncertain, else they are not.
  init(_ set: CurveSet, _ deviation: Deviation, variance: Double? = nil) {
    self.set = set
    self.deviation = deviation
    let rows = set.samples.enumerated().flatMap { index, sample in
      sample.means.map {
        Row(
          curve: index, dose: $0.dose, response: $0.mean, weight: $0.weight, plate: $0.plate)
      }
    }
    self.rows = rows
    blanks = variance.map { variance in
      CommonErrors(
        rows, variances: set.blankVariances.map { $0 / variance })
    }
    let form = set.curve.form
    isLogarithm = set.parameters.map { form.coordinate(of: $0.parameter) == .logarithm }
    let boxes = set.samples.map {
      SearchBox.boxes(set.curve, doses: $0.means.map(\.dose), bounds: set.bounds)
    }
    let limits = set.parameters.map { parameter in
      Self.limits(
        parameter.parameter, set, parameter.curve.map { boxes[$0] } ?? boxes.flatMap(\.self))
    }
    lower = limits.map { $0.0 }
    upper = limits.map { $0.1 }
  }

  /// The bounds of a parameter's coordinate.
  private static func limits(
    _ parameter: CurveParameter, _ set: CurveSet, _ boxes: [SearchBox]
  ) -> (Double, Double) {
    let own = set.bounds[parameter].map { ($0.lowerBound, $0.upperBound) }
    let isProbability = set.response == .binomial && [.lower, .upper].contains(parameter)
    let standard =
      isProbability
      ? (0, 1)
      : set.response == .poisson && [.lower, .upper].contains(parameter)
        ? (0, .infinity) : (-Double.infinity, Double.infinity)
    let searched = boxes.compactMap { box in
      box.parameters.firstIndex(of: parameter).map { (box, $0) }
    }
    guard !searched.isEmpty else {
      return own.map { (max(standard.0, $0.0), min(standard.1, $0.1)) } ?? standard
    }
    let ends = searched.flatMap { box, index -> [Double] in
      set.curve.form.coordinate(of: parameter) == .signedLogarithm
        ? [box.natural(index, box.lower[index]).value, box.natural(index, box.upper[index]).value]
        : [box.lower[index], box.upper[index]]
    }
    return (ends.min() ?? -.infinity, ends.max() ?? .infinity)
  }

  /// The coordinates that the search alone bounds and that are at a bound: nonlinear ones.
  func searchEnds(_ coordinates: [Double]) -> [Int] {
    coordinates.indices.filter { j in
      guard set.curve.form.nonlinear.contains(set.parameters[j].parameter),
        coordinates[j] <= lower[j] || coordinates[j] >= upper[j]
      else { return false }
      return !set.isOwnBound(isLogarithm[j] ? exp(coordinates[j]) : coordinates[j], of: j)
    }
  }

  /// The bounds of a parameter itself; of a slope those of one sign.
  func range(of index: Int, isNegative: Bool) -> [Double] {
    let ends =
      isLogarithm[index] ? [exp(lower[index]), exp(upper[index])] : [lower[index], upper[index]]
    guard set.curve.form.coordinate(of: set.parameters[index].parameter) == .signedLogarithm else {
      return ends
    }
    return isNegative ? [ends[0], min(0, ends[1])] : [max(0, ends[0]), ends[1]]
  }

  /// Moves the bounds of a coordinate outwards: by `margin` as logarithms, or where it is none by
  /// a factor.
  mutating func widen(_ index: Int, by margin: Double) {
    if isLogarithm[index] {
      (lower[index], upper[index]) = (lower[index] - margin, upper[index] + margin)
    } else {
      (lower[index], upper[index]) = (lower[index] * exp(margin), upper[index] * exp(margin))
    }
  }

  func natural(_ coordinates: [Double]) -> [Double] {
    zip(coordinates, isLogarithm).map { $1 ? exp($0) : $0 }
  }

  func coordinates(_ estimates: [Double]) -> [Double] {
    zip(estimates, isLogarithm).map { $1 ? log($0) : $0 }
  }

  var problem: LeastSquaresProblem {
    LeastSquaresProblem(
      lower: lower, upper: upper,
      responseNorm: norm(rows.map { $0.weight.squareRoot() * $0.response }),
      linearization: linearization)
  }

  /// Residuals and the derivative of the fitted values, each times −∂r/∂μ, by the coordinates.
  func linearization(_ coordinates: [Double]) -> Linearization? {
    let estimates = natural(coordinates)
    var residuals: [Double] = []
    residuals.reserveCapacity(rows.count)
    var jacobian = Matrix(repeating: 0, rows: rows.count, columns: coordinates.count)
    let parts = set.samples.indices.map { set.curve.split(set.values(estimates, of: $0)) }
    for (i, row) in rows.enumerated() {
      let part = parts[row.curve]
      let columns = set.curve.form.columns(row.dose, part.nonlinear)
      let mean = dot(part.linear, columns.values)
      guard
        let residual = deviation.residual(row.response, mean: mean, weight: row.weight)
      else { return nil }
      residuals.append(residual.value)
      let gradient = set.curve.gradient(columns, part.linear)
      for (place, change) in zip(set.places[row.curve], gradient) where change != 0 {
        jacobian[i, place] +=
          -residual.slope * change * (isLogarithm[place] ? estimates[place] : 1)
      }
    }
    let point = Linearization(
      residuals: blanks?.whitened(residuals) ?? residuals,
      jacobian: blanks?.whitened(jacobian) ?? jacobian)
    return point.isFinite ? point : nil
  }

  /// √(w/V) ∂f/∂θ of all rows, whose errors do not depend on each other.
  func informationMatrix(_ rows: [[Double]]) -> Matrix {
    blanks?.whitened(Matrix(rows)) ?? Matrix(rows)
  }
}
