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
    let data = points.indices.map { index -> DoseResponsePoint in
      let (point, signal) = (points[index], signals[index])
      switch kind {
      case .continuous:
        return DoseResponsePoint(
          dose: point.dose, response: signal, weight: point.weight,
          plate: byPlate ? plates[index] : 0)
      case .binomial:
        let total = Double(point.total ?? 1)
        return DoseResponsePoint(dose: point.dose, response: signal / total, weight: total)
      case .poisson:
        return DoseResponsePoint(
          dose: point.dose, response: signal / point.weight, weight: point.weight)
      }
    }
    do throws(CurveDataError) {
      return try CurveData(data)
    } catch {
      throw NotEstimable("no point has a weight above 0")
    }
  }

  /// The doses tested: the least above 0, or where there is none the least, and the greatest.
  func testedDoses(positive: Bool) -> ClosedRange<Double>? {
    let doses = points.filter { $0.weight > 0 && (!positive || $0.dose > 0) }.map(\.dose)
    guard let least = doses.min(), let greatest = doses.max() else { return nil }
    return least...greatest
  }
}

extension DoseResponseAnalysis {
  /// The variance of the mean blank of each of the assay's plates; empty without blanks.
  var blankVariances: [Double] {
    let plates = assay?.plates ?? []
    guard plates.contains(where: { !$0.wells(.blank).isEmpty }) else { return [] }
    return plates.map { $0.wells(.blank).map(\.response).varianceOfMean }
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
        let wells = plate.wells(.blank)
        return wells.isEmpty ? nil : (plate.name, wells.map(\.response).mean)
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
    return signals.isEmpty ? nil : signals.mean
  }
}

extension [Double] {
  fileprivate var mean: Double { reduce(0, +) / Double(count) }

  /// s²/n; 0 for a single number, of whose error nothing is known.
  fileprivate var varianceOfMean: Double {
    guard count > 1 else { return 0 }
    let mean = mean
    return reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(count - 1) / Double(count)
  }
}
