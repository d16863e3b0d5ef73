import DoseResponse
import Inference
import Results
import StudyDefinition

/// What one curve is fitted to: the points of a curve, or those of one of its lots.
struct CurveUnit {
  let curve: String
  let lot: String?
  let points: [DoseResponseAnalysis.Point]
  /// The responses that are fitted, one a point: the blank of its plate subtracted.
  let signals: [Double]
  /// The mean of the positive control above the blank, on the plates of the points.
  let positiveMean: Double?
  /// The place of each point's plate among those of the assay.
  let plates: [Int]

  /// What its rows are split by.
  var groups: [Grouping] {
    (curve.isEmpty ? [] : [Grouping("curve", curve)])
      + (lot.map { [Grouping("lot", $0)] } ?? [])
  }

  /// The points as data of a curve: for counts shares or means with their totals or exposures.
  ///
  /// Plates are told apart where their blanks are uncertain.
  func data(
    _ kind: ResponseKind, byPlate: Bool
  ) throws(NotEstimable) -> CurveData {
    let data = points.indices.map { index in
      DoseResponsePoint(
        dose: points[index].dose, response: fittedResponse(index, kind),
        weight: fittedWeight(index, kind), plate: byPlate ? plates[index] : 0)
    }
    do throws(CurveDataError) {
      return try CurveData(data)
    } catch {
      throw NotEstimable("no point has a weight above 0")
    }
  }

  /// A response on the scale of the curve: of counts the share, or the count for an exposure of 1.
  func fittedResponse(_ index: Int, _ kind: ResponseKind) -> Double {
    kind == .continuous ? signals[index] : signals[index] / fittedWeight(index, kind)
  }

  /// The weight of a response; of counts the total or the exposure.
  func fittedWeight(_ index: Int, _ kind: ResponseKind) -> Double {
    kind == .binomial ? Double(points[index].total ?? 1) : points[index].weight
  }

  /// The doses tested: the least above 0, or where there is none the least, and the greatest.
  func testedDoses(positive: Bool) -> ClosedRange<Double>? {
    let doses = points.filter { $0.weight > 0 && (!positive || $0.dose > 0) }.map(\.dose)
    guard let least = doses.min(), let greatest = doses.max() else { return nil }
    return least...greatest
  }
}

extension DoseResponseAnalysis {
  /// The variance of the mean blank of each of the assay's plates, 0 where a single well leaves none;
  /// empty without blanks.
  var blankVariances: [Double] {
    let blanks = (assay?.plates ?? []).map(\.controls.blank)
    return blanks.contains { $0 != nil } ? blanks.map { $0?.meanVariance ?? 0 } : []
  }

  /// The units in the order of the curves, lot by lot where curves are fitted so.
  var units: [CurveUnit] {
    let controls = PlateControls(assay)
    return curves.flatMap { curve -> [CurveUnit] in
      guard lotKey != nil else {
        return [unit(curve.name, nil, curve.points, controls)]
      }
      return curve.lots.map { unit(curve.name, $0.name, $0.points, controls) }
    }
  }

  private func unit(
    _ curve: String, _ lot: String?, _ points: [Point], _ controls: PlateControls
  ) -> CurveUnit {
    let plates = Set(points.compactMap(\.plate))
    return CurveUnit(
      curve: curve, lot: lot, points: points,
      signals: points.map { $0.response - (controls.blank(of: $0.plate) ?? 0) },
      positiveMean: controls.positiveAboveBlank(of: plates),
      plates: points.map { controls.place(of: $0.plate) })
  }
}

/// The means of blanks and positive controls of an assay's plates.
private struct PlateControls {
  private let names: [String: Int]
  private let blanks: [String: Double]
  private let positives: [String: [Double]]

  init(_ assay: Assay?) {
    let plates = assay?.plates ?? []
    names = Dictionary(uniqueKeysWithValues: plates.enumerated().map { ($1.name, $0) })
    blanks = Dictionary(
      uniqueKeysWithValues: plates.compactMap { plate in
        plate.controls.blank.map { (plate.name, $0.mean) }
      })
    positives = Dictionary(
      uniqueKeysWithValues: plates.map { ($0.name, $0.wells(.positive).map(\.response)) })
  }

  func place(of plate: String?) -> Int { plate.flatMap { names[$0] } ?? 0 }

  func blank(of plate: String?) -> Double? { plate.flatMap { blanks[$0] } }

  func positiveAboveBlank(of plates: Set<String>) -> Double? {
    let signals = plates.sorted().flatMap { plate in
      (positives[plate] ?? []).map { $0 - (blanks[plate] ?? 0) }
    }
    return signals.isEmpty ? nil : signals.reduce(0, +) / Double(signals.count)
  }
}
