import DoseResponse
import JSON
import Results
import StudyDefinition

/// A number of a curve that has rows: a parameter or a dose.
enum CurveTarget: Hashable {
  case parameter(CurveParameter)
  case effect(Double)
  case absolute(DoseResponseAnalysis.AbsoluteTarget)

  var variable: String {
    if case .parameter = self { "parameter" } else { "effective_dose" }
  }

  var level: String {
    switch self {
    case .parameter(let parameter): parameter.rawValue
    case .effect(let percent): "ED\(percent.shortestDecimal)"
    case .absolute(.response(let response)): "absolute \(response.shortestDecimal)"
    case .absolute(.percentOfControl(let percent)):
      "absolute \(percent.shortestDecimal) % of control"
    case .absolute(.percentOfReference(let percent)):
      "absolute \(percent.shortestDecimal) % of reference"
    }
  }

  var isDose: Bool {
    if case .parameter = self { false } else { true }
  }

  func place(_ groups: [Grouping]) -> RowPlace {
    RowPlace(groups: groups, variable: variable, level: level)
  }
}

extension DoseResponseAnalysis {
  /// The curve of `model` with what the analysis fixes.
  func responseCurve(_ model: DoseResponseModel) -> ResponseCurve {
    let own = Set(ResponseCurve(model, alpha: alpha).parameters)
    var fixed: [CurveParameter: Double] = [:]
    for (parameter, constraint) in constraints where own.contains(parameter) {
      if case .value(let value) = constraint { fixed[parameter] = value }
    }
    return ResponseCurve(model, alpha: alpha, fixing: fixed)
  }

  /// The bounds that the analysis sets to parameters of `model`.
  func bounds(_ model: DoseResponseModel) -> [CurveParameter: ClosedRange<Double>] {
    let own = Set(responseCurve(model).parameters)
    var bounds: [CurveParameter: ClosedRange<Double>] = [:]
    for (parameter, constraint) in constraints where own.contains(parameter) {
      if case .range(let minimum, let maximum) = constraint {
        bounds[parameter] = (minimum ?? -.infinity)...(maximum ?? .infinity)
      }
    }
    return bounds
  }

  /// Every number that rows of `model` give of a curve, doses first.
  func targets(_ model: DoseResponseModel) -> [CurveTarget] {
    doseTargets + responseCurve(model).parameters.map { .parameter($0) }
  }

  var doseTargets: [CurveTarget] {
    effects.map { .effect($0) } + absolute.map { .absolute($0) }
  }

  /// The parameters of any of the models, in the order in which they come.
  var allParameters: [CurveParameter] {
    var seen: Set<CurveParameter> = []
    return models.flatMap { responseCurve($0).parameters }.filter { seen.insert($0).inserted }
  }
}
