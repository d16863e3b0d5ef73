import Glibc
import Inference

/// A free parameter of a set of curves.
public struct SetParameter: Hashable, Sendable {
  public let parameter: CurveParameter
  /// The curve that it belongs to; `nil` where all share it.
  public let curve: Int?
}

/// Curves of one model, some of whose parameters they may share, and what was observed of each.
public struct CurveSet: Sendable {
  public let curve: ResponseCurve
  /// The data of each curve: for counts the response is the share, or the count for an exposure of 1,
  /// and the weight the total, or the exposure.
  public let samples: [CurveData]
  public let response: ResponseKind
  public let shared: Set<CurveParameter>
  public let bounds: [CurveParameter: ClosedRange<Double>]
  /// The variance of the mean blank that was subtracted from each plate's responses, by the plates of
  /// the points; empty where nothing was subtracted.
  public let blankVariances: [Double]

  /// The free parameters: the curve's own order, for a parameter that is not shared each curve's.
  public let parameters: [SetParameter]

  /// For each curve the places among ``parameters`` of the curve's own.
  let places: [[Int]]

  public init(
    _ curve: ResponseCurve, _ samples: [CurveData], response: ResponseKind = .continuous,
    shared: Set<CurveParameter> = [], bounds: [CurveParameter: ClosedRange<Double>] = [:],
    blankVariances: [Double] = []
  ) {
    precondition(!samples.isEmpty, "no curves")
    self.curve = curve
    self.samples = samples
    self.response = response
    self.shared = samples.count > 1 ? shared : []
    self.bounds = bounds
    self.blankVariances = blankVariances
    var parameters: [SetParameter] = []
    var places = samples.map { _ in [Int]() }
    for parameter in curve.parameters {
      if samples.count == 1 || shared.contains(parameter) {
        for k in samples.indices { places[k].append(parameters.count) }
        parameters.append(
          SetParameter(parameter: parameter, curve: samples.count == 1 ? 0 : nil))
      } else {
        for k in samples.indices {
          places[k].append(parameters.count)
          parameters.append(SetParameter(parameter: parameter, curve: k))
        }
      }
    }
    self.parameters = parameters
    self.places = places
  }

  /// The number of observations.
  public var count: Int { samples.reduce(0) { $0 + $1.count } }

  /// The values of curve `index` in the order of its own parameters.
  public func values(_ estimates: [Double], of index: Int) -> [Double] {
    places[index].map { estimates[$0] }
  }

  /// The set's values from those of each curve, none of them shared.
  func joined(_ values: [[Double]]) -> [Double] {
    var joined = [Double](repeating: 0, count: parameters.count)
    for (places, values) in zip(places, values) {
      for (place, value) in zip(places, values) { joined[place] = value }
    }
    return joined
  }

  /// This with other data on the same doses.
  func replacing(_ samples: [CurveData]) -> CurveSet {
    CurveSet(
      curve, samples, response: response, shared: shared, bounds: bounds,
      blankVariances: blankVariances)
  }
}
