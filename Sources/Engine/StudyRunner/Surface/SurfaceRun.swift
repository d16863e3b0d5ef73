import DoseResponse
import Inference
import Results
import StudyDefinition

extension ResponseSurfaceAnalysis {
  /// Fits the surface into `result`; what does not exist has its reason.
  func run(level: ConfidenceLevel, into result: inout AnalysisResult) {
    let fitted = FittedSurface(self)
    result.groups = plannedGroups(fitted).map { $0.result(level: level) }
    do throws(NotEstimable) {
      let surface = try fitted.surface
      result.series = [grid(surface, fitted), design(surface)].compactMap { $0 }
      result.warnings += warnings(surface, fitted, level: level)
    } catch {
      result.warnings.append("No surface could be fitted: \(error.reason).")
    }
  }

  /// The responses over the first two factors, the others at the optimum.
  private func grid(_ surface: ResponseSurface, _ fitted: FittedSurface) -> Series? {
    let second = factors.count > 1 ? 1 : nil
    guard let setting = try? fitted.optimum.setting,
      let points = try? surface.grid(x: 0, y: second, at: setting)
    else { return nil }
    let names = [factors[0].name, second.map { factors[$0].name } ?? ""]
    return Series(
      "surface",
      [
        Series.Column("x_factor", .texts(points.map { _ in names[0] })),
        Series.Column("y_factor", .texts(points.map { _ in names[1] })),
        Series.Column("x", .numbers(points.map(\.x))),
        Series.Column("y", .numbers(points.map(\.y))),
        Series.Column("response", .numbers(points.map(\.response))),
      ])
  }

  /// The runs, with what the surface makes of them.
  private func design(_ surface: ResponseSurface) -> Series {
    Series(
      "design",
      factors.enumerated().map { index, factor in
        Series.Column(factor.name, .numbers(rows.map { $0.values[index] }))
      } + [
        Series.Column("response", .numbers(rows.map(\.response))),
        Series.Column("fitted", .numbers(surface.fitted)),
        Series.Column("residual", .numbers(surface.residuals)),
      ])
  }
}

extension ResponseSurfaceAnalysis {
  private func warnings(
    _ surface: ResponseSurface, _ fitted: FittedSurface, level: ConfidenceLevel
  ) -> [String] {
    let aliased = surface.aliasedTerms.map(surface.name)
    guard aliased.isEmpty else {
      return [
        "The design cannot tell these terms apart, so that nothing that depends on them is "
          + "reported: \(aliased.joined(separator: ", "))."
      ]
    }
    return lackOfFit(surface, level: level)
      + (order == .linear ? [] : shape(surface, level: level)) + edges(surface, fitted)
  }

  private func lackOfFit(_ surface: ResponseSurface, level: ConfidenceLevel) -> [String] {
    guard let test = try? surface.lackOfFit(), test.pValue < level.alpha else { return [] }
    return [
      "The \(order.rawValue) surface misses the responses by more than replicates differ "
        + "(lack of fit, \(shownP(test.pValue))): what it says of the best setting may be wrong."
    ]
  }

  /// What keeps the stationary point from being the best setting.
  private func shape(_ surface: ResponseSurface, level: ConfidenceLevel) -> [String] {
    var warnings: [String] = []
    if let point = try? surface.stationaryPoint() {
      let outside = factors.indices.filter { !surface.ranges[$0].contains(point[$0]) }
      if !outside.isEmpty {
        let names = outside.map { factors[$0].name }.joined(separator: ", ")
        warnings.append(
          "The stationary point lies outside the tested range of \(names): it is extrapolated.")
      }
    }
    switch try? surface.nature(level: level) {
    case .saddle:
      warnings.append(
        "The surface is a saddle: its stationary point is neither the highest nor the lowest.")
    case .ridge:
      warnings.append(
        "The surface may be a ridge: along some direction the data do not tell whether the response "
          + "rises or falls, so that many settings may be about as good.")
    case .maximum where goal == .minimum, .minimum where goal == .maximum:
      warnings.append(
        "The stationary point is a \(goal == .maximum ? "minimum" : "maximum"), the contrary of what "
          + "is looked for.")
    case .maximum, .minimum, nil: break
    }
    if let region = try? StationaryRegion(of: surface, level: level), !region.isBounded {
      warnings.append(
        "The confidence region of the stationary point (Box and Hunter) is unbounded: the data do not "
          + "fix where it is, and limits of its coordinates by the delta method are too narrow.")
    }
    return warnings
  }

  /// Whether the optimum is where little or nothing was tested.
  private func edges(_ surface: ResponseSurface, _ fitted: FittedSurface) -> [String] {
    guard let optimum = try? fitted.optimum else { return [] }
    let bound = factors.indices.compactMap { index in
      optimum.bounds[index].map { "the \($0.rawValue) end of \(factors[index].name)" }
    }
    var warnings: [String] = []
    if !bound.isEmpty {
      warnings.append(
        "The optimum lies at \(bound.joined(separator: " and ")): a better setting may lie beyond "
          + "what was tested.")
    }
    if let isExtrapolated = try? surface.isExtrapolated(optimum.setting), isExtrapolated {
      warnings.append("No run was near the optimum: confirm it by an experiment.")
    }
    return warnings
  }

  /// Writes axes, conventions and what must be known of the data into `result`.
  func describe(in result: inout AnalysisResult) {
    for factor in factors { result.labels[Grouping("axis", factor.name)] = factor.title }
    result.labels[Grouping("axis", "response")] = response.title
    if isSimulated { result.notes.append(simulatedNote) }
    if unmeasuredRows > 0 {
      result.warnings.append(
        unmeasuredRows == 1
          ? "1 run has no response and is left out."
          : "\(unmeasuredRows) runs have no response and are left out.")
    }
    result.notes.append(
      "The surface is fitted by least squares to single runs, and limits are those of Student's t. "
        + "Coefficients are in the units of the factors"
        + (rows.contains { $0.block != nil }
          ? "; blocks sum to 0, so that the surface is their average." : "."))
    result.methods = [
      MethodNote(
        name: "response-surface", title: "Response surface, \(order.rawValue)",
        summary: "A polynomial in all factors by least squares.",
        reference: "Box & Wilson (1951), J. R. Stat. Soc. B 13:1")
    ]
    guard order == .quadratic else { return }
    result.methods.append(
      MethodNote(
        name: "delta", title: "Delta method",
        summary: "Limits of the stationary point, from the derivatives of its coordinates.",
        reference: "Box & Hunter (1954), Biometrika 41:190"))
    result.notes.append(
      "Eigenvalues and directions are in factors coded from −1 to 1 over their tested ranges; a "
        + "direction and its opposite are the same axis, shown with its largest part positive. The "
        + "shape is a ridge where the interval of an eigenvalue holds 0.")
  }
}
