import DoseResponse
import Glibc
import Inference
import StudyDefinition

/// A plate with what the curves fitted to its wells leave of their responses.
struct FittedPlate {
  let plate: Plate
  /// The residuals of the wells, in their order, over the standard deviation of all curves of the
  /// plate; `nil` where a well has no fitted curve.
  let standardisedResiduals: [Double?]
  /// The curves that could not be fitted, and why.
  let failures: [(curve: String, reason: String)]

  /// Fits `model` to each curve of `measured`.
  ///
  /// The mean of the plate's blanks is subtracted before and added afterwards. A vehicle well that
  /// several curves share has the mean of theirs. The standard deviation is √(Σ RSS/Σ df) over the
  /// curves.
  init(_ measured: PlateQualityAnalysis.Plate, _ model: DoseResponseModel) {
    let wells = measured.wells
    let blank = FittedPlate.plate(wells, []).controls.blank?.mean ?? 0
    var sums = [Double](repeating: 0, count: wells.count)
    var counts = [Int](repeating: 0, count: wells.count)
    var (squares, degrees) = (0.0, 0)
    var failures: [(curve: String, reason: String)] = []
    for curve in measured.curves {
      do throws(NotEstimable) {
        let fit = try curve.fit(wells, blank: blank, model)
        for place in curve.wells {
          sums[place] += fit.response(dose: wells[place].dose ?? 0, of: 0) + blank
          counts[place] += 1
        }
        squares += fit.fit.residualSumOfSquares
        degrees += fit.degreesOfFreedom
      } catch {
        failures.append((curve.name, error.reason))
      }
    }
    let fitted = zip(sums, counts).map { sum, count in
      count > 0 && sum.isFinite ? sum / Double(count) : nil
    }
    let deviation = degrees > 0 ? (squares / Double(degrees)).squareRoot() : 0
    plate = FittedPlate.plate(wells, fitted)
    standardisedResiduals = zip(wells, fitted).map { well, fitted in
      fitted.flatMap { deviation > 0 ? (well.response - $0) / deviation : nil }
    }
    self.failures = failures
  }

  /// The wells as a plate, with fitted values where there are any.
  fileprivate static func plate(_ wells: [AssayWell], _ fitted: [Double?]) -> Plate {
    let wells = wells.enumerated().map { index, well in
      PlateWell(
        row: well.row, column: well.column, role: WellRole(well.role), response: well.response,
        fitted: fitted.isEmpty ? nil : fitted[index])
    }
    do throws(PlateError) {
      return try Plate(wells)
    } catch {
      preconditionFailure("wells that are no plate passed the study definition: \(error)")
    }
  }
}

extension Assay.Plate {
  /// The control wells of the plate.
  var controls: ControlStatistics { FittedPlate.plate(wells, []).controls }
}

extension PlateQualityAnalysis.Curve {
  fileprivate func fit(
    _ wells: [AssayWell], blank: Double, _ model: DoseResponseModel
  ) throws(NotEstimable) -> CurveSetFit {
    let points = self.wells.map {
      DoseResponsePoint(dose: wells[$0].dose ?? 0, response: wells[$0].response - blank)
    }
    let data: CurveData
    do throws(CurveDataError) {
      data = try CurveData(points)
    } catch {
      throw NotEstimable("the wells give no curve")
    }
    return try CurveSet(ResponseCurve(model), [data]).fit()
  }
}

extension WellRole {
  fileprivate init(_ role: Assay.Role) {
    switch role {
    case .sample: self = .sample
    case .vehicle: self = .vehicle
    case .blank: self = .blank
    case .positive: self = .positive
    }
  }
}
