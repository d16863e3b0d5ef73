import Comparison
import Incidence
import Inference
import Results
import StudyDefinition

extension IndirectAnalysis {
  /// The rows of every event, known before anything is computed.
  func rows() -> [(event: EventName?, place: RowPlace, keys: [StatisticKey])] {
    let keys = keys
    return outcomes.map { ($0.event, place(of: $0.event), keys) }
  }

  private func place(of event: EventName?) -> RowPlace {
    RowPlace(
      groups: [
        Grouping("treatment", treatment.arm.name), Grouping("reference", reference.arm.name),
        Grouping("anchor", anchorName),
      ],
      variable: event.variable, level: event?.label ?? "")
  }

  /// The anchors, or the one where both are called the same.
  private var anchorName: String {
    let names = [treatment.anchor.name, reference.anchor.name]
    return names[0] == names[1] ? names[0] : names.joined(separator: ", ")
  }

  private var keys: [StatisticKey] {
    ["treatment_contrast", "reference_contrast", "estimate"].map {
      StatisticKey(measure: measureName, name: $0)
    }
      + methods.flatMap { method in
        ["lower", "upper", "statistic", "p_value"].map {
          StatisticKey(measure: measureName, method: method.rawValue, name: $0)
        }
      }
  }

  /// Computes every event, in order, into `result`.
  ///
  /// - Throws: ``AnalysisFailure``, naming every printed percentage that gives no count.
  func run(
    level: ConfidenceLevel, by workforce: Workforce, into result: inout AnalysisResult
  ) async throws(AnalysisFailure) {
    let rows = keys.map { (key: $0, unit: unit(of: $0)) }
    result.groups = try await workforce.groups(of: outcomes) {
      outcome, list throws(AnalysisFailure) in
      do throws(ReconstructionError) {
        let (treatment, reference) = (
          try ComparedCounts(outcome.treatment), try ComparedCounts(outcome.reference)
        )
        let isReconstructed = treatment.isReconstructed || reference.isReconstructed
        let statistics = zip(rows, values(treatment, reference, level: level)).map { row, value in
          Statistic(
            row.key, value.value, unit: row.unit, isReconstructed: isReconstructed,
            warning: value.warning)
        }
        list.append(place(of: outcome.event), statistics)
      } catch {
        throw AnalysisFailure(reason: "\(outcome.event?.label ?? ""): \(error)")
      }
    }
    let unidentified = zip(outcomes, result.groups).filter { _, group in
      group.warnings.contains(unidentifiedWarning)
    }.map { $0.0.event?.label ?? "the counts given" }
    if !eventsLeftOut.isEmpty {
      let names = eventsLeftOut.map(\.description).joined(separator: ", ")
      result.warnings.append("Left out, since not all four groups report them: \(names).")
    }
    if !unidentified.isEmpty {
      result.warnings.append(
        "The data do not identify the contrast of \(unidentified.joined(separator: ", ")): its limits "
          + "are unbounded both ways.")
    }
  }

  /// The values of one event, in the order of the keys.
  private func values(
    _ treatment: ComparedCounts, _ reference: ComparedCounts, level: ConfidenceLevel
  ) -> [RowValue] {
    do throws(NotEstimable) {
      switch measure {
      case .risk(let contrast):
        let (first, second) = (try treatment.risks(), try reference.risks())
        let comparison = IndirectComparison(treatment: first, reference: second)
        return values(
          scale: 1, isIdentified: comparison.isIdentified(contrast),
          estimates: [
            RowValue { () throws(NotEstimable) in try first.estimate(of: contrast) },
            RowValue { () throws(NotEstimable) in try second.estimate(of: contrast) },
            RowValue { () throws(NotEstimable) in try comparison.estimate(of: contrast) },
          ],
          interval: { method throws(NotEstimable) in
            try comparison.confidenceInterval(contrast, method: method, level: level)
          },
          test: { method throws(NotEstimable) in try comparison.test(contrast, method: method) })
      case .rate(let contrast):
        let (first, second) = (try treatment.rates(), try reference.rates())
        let comparison = IndirectComparison(treatment: first, reference: second)
        let scale = contrast == .difference ? per : 1
        return values(
          scale: scale, isIdentified: comparison.isIdentified(contrast),
          estimates: [
            RowValue { () throws(NotEstimable) in try first.estimate(of: contrast) * scale },
            RowValue { () throws(NotEstimable) in try second.estimate(of: contrast) * scale },
            RowValue { () throws(NotEstimable) in try comparison.estimate(of: contrast) * scale },
          ],
          interval: { method throws(NotEstimable) in
            try comparison.confidenceInterval(contrast, method: method, level: level)
          },
          test: { method throws(NotEstimable) in try comparison.test(contrast, method: method) })
      }
    } catch {
      return keys.map { _ in RowValue(error) }
    }
  }

  /// The `estimates`, then the limits of each method with its test of no difference.
  private func values(
    scale: Double, isIdentified: Bool, estimates: [RowValue],
    interval: (IndirectMethod) throws(NotEstimable) -> ConfidenceInterval,
    test: (IndirectMethod) throws(NotEstimable) -> TestResult
  ) -> [RowValue] {
    var values = estimates
    for method in methods {
      do throws(NotEstimable) {
        let warning = isIdentified ? nil : unidentifiedWarning
        values += try interval(method).rowValues(
          scale: scale, isDegenerate: false, warning: warning)
      } catch {
        values += [RowValue(error), RowValue(error)]
      }
      do throws(NotEstimable) {
        let result = try test(method)
        values += [RowValue(result.statistic ?? 0), RowValue(result.pValue)]
      } catch {
        values += [RowValue(error), RowValue(error)]
      }
    }
    return values
  }

  private func unit(of key: StatisticKey) -> String {
    guard case .rate(.difference) = measure, !["statistic", "p_value"].contains(key.name) else {
      return ""
    }
    return per.ratesUnit
  }
}

private let unidentifiedWarning = "not identified: unbounded both ways"
