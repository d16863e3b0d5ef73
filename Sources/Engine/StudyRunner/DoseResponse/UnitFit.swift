import DoseResponse
import Inference
import Probability
import Results
import StudyDefinition

/// A model fitted to one unit, alone or with others that share parameters, and its place among them.
struct UnitFit {
  let fit: CurveSetFit
  /// The unit's place among the curves of the fit.
  let index: Int
  /// The power of the mean that weights follow.
  var theta: Double?
  var removed: [(curve: Int, point: DoseResponsePoint)] = []

  /// The target as one of the set's; `nil` for a parameter that the model does not have.
  func target(_ target: CurveTarget, _ unit: CurveUnit) throws(NotEstimable) -> SetTarget {
    switch target {
    case .parameter(let parameter):
      let place = fit.set.parameters.firstIndex {
        $0.parameter == parameter && ($0.curve ?? index) == index
      }
      guard let place else { throw NotEstimable("the model has no such parameter") }
      return .parameter(place)
    case .effect(let percent): return .dose(.relative(percent: percent), curve: index)
    case .absolute(.response(let response)):
      return .dose(.response(constant: response, control: 0), curve: index)
    case .absolute(.percentOfControl(let percent)):
      return .dose(.response(constant: 0, control: percent / 100), curve: index)
    case .absolute(.percentOfReference(let percent)):
      guard let mean = unit.positiveMean else {
        throw NotEstimable("no positive control lies on the plates of the curve")
      }
      return .dose(
        .response(constant: percent / 100 * mean, control: 1 - percent / 100), curve: index)
    }
  }
}

/// The fits of an analysis, each made once.
final class CurveFits {
  let analysis: DoseResponseAnalysis
  let units: [CurveUnit]
  let level: ConfidenceLevel
  let scale: DisplayScale
  private let stream: RandomStream
  private let blankVariances: [Double]
  private var data: [Result<CurveData, NotEstimable>] = []
  private var fits: [DoseResponseModel: [Result<UnitFit, NotEstimable>]] = [:]
  private var wholes: [DoseResponseModel: Result<CurveSet, NotEstimable>] = [:]
  private var calibrations: [FlatnessDesign: FlatnessTest] = [:]
  private var flatness: [DoseResponseModel: [Int: Result<Double, NotEstimable>]] = [:]
  private var bootstraps: [DoseResponseModel: [Int: BootstrapLimits]] = [:]

  private typealias BootstrapLimits = Result<
    [CurveTarget: Result<ConfidenceInterval, NotEstimable>], NotEstimable
  >

  /// What a calibration of the flatness test depends on.
  private struct FlatnessDesign: Hashable {
    let model: DoseResponseModel
    let doses: [Double]
    let weights: [Double]
    /// `nil` where one calibration serves all units on a design.
    let unit: Int?
  }

  init(_ analysis: DoseResponseAnalysis, level: ConfidenceLevel, stream: RandomStream) {
    self.analysis = analysis
    self.level = level
    self.stream = stream
    scale = DisplayScale(analysis)
    units = analysis.units
    let blankVariances =
      analysis.responseKind == .continuous ? analysis.blankVariances : []
    self.blankVariances = blankVariances
    data = units.map { unit in
      Result { () throws(NotEstimable) in
        try unit.data(analysis.responseKind, byPlate: !blankVariances.isEmpty)
      }
    }
  }

  func data(_ unit: Int) throws(NotEstimable) -> CurveData { try data[unit].get() }

  /// The model fitted to a unit.
  func fit(_ model: DoseResponseModel, _ unit: Int) throws(NotEstimable) -> UnitFit {
    if fits[model] == nil {
      fits[model] =
        analysis.sharedBy(model).isEmpty
        ? units.indices.map { unit in
          Result { () throws(NotEstimable) in
            let set = CurveSet(
              analysis.responseCurve(model), [try data(unit)], response: analysis.responseKind,
              bounds: analysis.bounds(model), blankVariances: blankVariances)
            return try fitted(set)[0]
          }
        } : togetherFits(model)
    }
    return try fits[model]![unit].get()
  }

  /// All units as one set of curves, sharing what the analysis shares.
  func whole(_ model: DoseResponseModel) throws(NotEstimable) -> CurveSet {
    if let known = wholes[model] { return try known.get() }
    let set = Result { () throws(NotEstimable) in
      var samples: [CurveData] = []
      for unit in units.indices { samples.append(try data(unit)) }
      return CurveSet(
        analysis.responseCurve(model), samples, response: analysis.responseKind,
        shared: analysis.sharedBy(model), bounds: analysis.bounds(model),
        blankVariances: blankVariances)
    }
    wholes[model] = set
    return try set.get()
  }

  /// All units by one fit.
  func wholeFit(_ model: DoseResponseModel) throws(NotEstimable) -> CurveSetFit {
    if analysis.sharedBy(model).isEmpty { return try fitted(try whole(model))[0].fit }
    return try fit(model, 0).fit
  }

  private func togetherFits(
    _ model: DoseResponseModel
  ) -> [Result<UnitFit, NotEstimable>] {
    do throws(NotEstimable) {
      return try fitted(try whole(model)).map { .success($0) }
    } catch {
      return units.map { _ in .failure(error) }
    }
  }

  /// The fit of a set as the analysis asks for it, once for each of its curves.
  private func fitted(_ set: CurveSet) throws(NotEstimable) -> [UnitFit] {
    for sample in set.samples where sample.doseCount < set.curve.parameters.count {
      guard set.shared.isEmpty else { continue }
      throw NotEstimable(
        "too few doses: \(sample.doseCount) for \(set.curve.parameters.count) parameters")
    }
    if analysis.weights == .powerOfMean {
      let found = try set.powerOfMeanFit(theta: analysis.theta)
      return set.samples.indices.map { UnitFit(fit: found.fit, index: $0, theta: found.theta) }
    }
    guard analysis.robust != .none else {
      let fit = try set.fit()
      return set.samples.indices.map { UnitFit(fit: fit, index: $0) }
    }
    let found = try set.robustFit(analysis.robust)
    return set.samples.indices.map { index in
      UnitFit(
        fit: found.fit, index: index,
        removed: found.removed.filter { $0.curve == index })
    }
  }

  /// The p-value of the test that the unit's curve is flat.
  func flatness(_ model: DoseResponseModel, _ unit: Int) throws(NotEstimable) -> Double {
    if let known = flatness[model]?[unit] { return try known.get() }
    let p = Result { () throws(NotEstimable) in try computedFlatness(model, unit) }
    flatness[model, default: [:]][unit] = p
    return try p.get()
  }

  private func computedFlatness(
    _ model: DoseResponseModel, _ unit: Int
  ) throws(NotEstimable) -> Double {
    guard analysis.flatnessSamples > 0 else { throw NotEstimable("no samples are asked for") }
    let data = try units[unit].data(analysis.responseKind, byPlate: false)
    let curve = analysis.responseCurve(model)
    guard data.means.count > 2, curve.parameters.count > 1 else {
      throw NotEstimable("no curve but a flat one")
    }
    let bounds = analysis.bounds(model)
    let isInvariant = FlatnessTest.isInvariant(
      curve, response: analysis.responseKind, bounds: bounds)
    let design = FlatnessDesign(
      model: model, doses: data.points.map(\.dose), weights: data.points.map(\.weight),
      unit: isInvariant ? nil : unit)
    let own = stream.split(named: "flatness").split(named: model.rawValue)
    let test =
      calibrations[design]
      ?? FlatnessTest(
        curve, data, response: analysis.responseKind, bounds: bounds,
        samples: analysis.flatnessSamples,
        stream: isInvariant ? own : own.split(named: units[unit].name))
    calibrations[design] = test
    return test.pValue(data)
  }

  /// The limits of a target by one of the methods.
  func interval(
    _ method: CurveIntervalMethod, _ target: CurveTarget, _ model: DoseResponseModel, _ unit: Int
  ) throws(NotEstimable) -> ConfidenceInterval {
    let fit = try fit(model, unit)
    let place = try fit.target(target, units[unit])
    let information = analysis.information[0]
    switch method {
    case .profile: return try fit.fit.profileInterval(place, level: level)
    case .wald: return try fit.fit.waldInterval(place, information: information, level: level)
    case .waldLog:
      return try fit.fit.waldLogInterval(place, information: information, level: level)
    case .bootstrap:
      let limits = bootstraps[model]?[unit] ?? bootstrap(model, unit)
      bootstraps[model, default: [:]][unit] = limits
      guard let found = try limits.get()[target] else {
        throw NotEstimable("the target has no value")
      }
      return try found.get()
    }
  }

  private func bootstrap(_ model: DoseResponseModel, _ unit: Int) -> BootstrapLimits {
    Result { () throws(NotEstimable) in
      let fit = try fit(model, unit)
      var targets: [(CurveTarget, SetTarget)] = []
      for target in analysis.targets(model) {
        guard let place = try? fit.target(target, units[unit]) else { continue }
        targets.append((target, place))
      }
      let limits = try fit.fit.bootstrapIntervals(
        targets.map { $0.1 }, level: level, samples: analysis.bootstrapSamples,
        stream: stream.split(named: "bootstrap").split(named: model.rawValue)
          .split(named: units[unit].name))
      return Dictionary(uniqueKeysWithValues: zip(targets.map { $0.0 }, limits))
    }
  }
}

extension CurveUnit {
  /// Tells units apart.
  var name: String { groups.map(\.level).joined(separator: " / ") }
}

extension DoseResponseAnalysis {
  /// What the curves of `model` share; lots never do.
  func sharedBy(_ model: DoseResponseModel) -> Set<CurveParameter> {
    curves.count > 1 && lotKey == nil
      ? Set(shared).intersection(responseCurve(model).parameters) : []
  }
}
