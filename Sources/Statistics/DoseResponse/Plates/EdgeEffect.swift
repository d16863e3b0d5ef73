import Inference

/// How the wells in the outermost rows and columns differ from those inside.
public struct EdgeEffect: Hashable, Sendable {
  /// What is compared.
  public enum Basis: String, Sendable {
    /// The responses of vehicle wells.
    case vehicle
    /// What the fitted curves leave of the responses.
    case residuals
  }

  public let basis: Basis
  public let edgeWells: Int
  public let interiorWells: Int

  /// The mean at the edge less that inside, in units of the response.
  public let difference: Double

  /// 100 · difference / |m₋ − b|, in percent of the mean vehicle above the blank; `nil` without one.
  public let percentOfVehicle: Double?

  /// That both means are equal.
  public let test: WelchTest
}

extension Plate {
  /// The edge effect of the vehicle wells, or of the residuals of all wells with a fitted curve.
  ///
  /// Vehicle wells serve if they lie in several rows and several columns, at least two of them at the
  /// edge and two inside. Residuals show an edge effect less than it is where the wells of a
  /// compound are all at the edge, since the curve then follows it.
  ///
  /// - Throws: `NotEstimable` if neither serves, or there is no spread.
  public var edgeEffect: EdgeEffect {
    get throws(NotEstimable) {
      let vehicle = placed { $0.role == .vehicle ? $0.response : nil }
      if Set(vehicle.map(\.row)).count > 1, Set(vehicle.map(\.column)).count > 1,
        let effect = try edgeEffect(vehicle, .vehicle)
      {
        return effect
      }
      guard let effect = try edgeEffect(residuals, .residuals) else {
        throw NotEstimable("too few wells at the edge or inside")
      }
      return effect
    }
  }

  private func edgeEffect(
    _ wells: [PlacedValue], _ basis: EdgeEffect.Basis
  ) throws(NotEstimable) -> EdgeEffect? {
    func summary(isEdge: Bool) -> WellSummary? {
      WellSummary(
        sorted: wells.filter { format.isEdge(row: $0.row, column: $0.column) == isEdge }
          .map(\.value).sorted())
    }
    guard let edge = summary(isEdge: true), let interior = summary(isEdge: false),
      edge.count > 1, interior.count > 1
    else { return nil }
    let difference = edge.mean - interior.mean
    let vehicle = try? controls.vehicleAboveBlank
    return EdgeEffect(
      basis: basis, edgeWells: edge.count, interiorWells: interior.count,
      difference: try finite(difference),
      percentOfVehicle: vehicle.map { 100 * difference / abs($0) },
      test: try WelchTest(edge, interior))
  }
}
