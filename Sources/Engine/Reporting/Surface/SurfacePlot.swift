import Results

/// A response over two factors: colours, lines of equal response, the design and the best points.
struct SurfacePlot: Plot {
  /// A run of the design.
  struct Run {
    let x: Double
    let y: Double
    let hover: String
  }

  /// The stationary point or the optimum.
  struct Mark {
    let title: String
    let x: (estimate: Double, lower: Double?, upper: Double?)
    let y: (estimate: Double, lower: Double?, upper: Double?)
    let isOptimum: Bool
  }

  let title: String
  let numbers: NumberText
  let grid: ContourGrid
  let scale: ColourScale
  /// The responses at which lines are drawn.
  let levels: [Double]
  let horizontal: (title: String, axis: Axis)
  let vertical: (title: String, axis: Axis)
  let responseTitle: String
  let runs: [Run]
  /// The points that lie on the grid.
  let marks: [Mark]
  let notes: [String]
  let summary: String

  /// `nil` where there is no grid of two factors.
  init?(_ results: SurfaceResults) {
    guard let series = SeriesColumns("surface", of: results.analysis),
      let xFactor = series.texts("x_factor").first, let yFactor = series.texts("y_factor").first,
      let grid = ContourGrid(series.places)
    else { return nil }
    self.grid = grid
    numbers = results.numbers
    let axis = Axis(from: grid.heights.min() ?? 0, reaching: grid.heights.max() ?? 1)
    scale = .sequential(from: grid.heights.min() ?? 0, to: grid.heights.max() ?? 1)
    levels = axis.ticks
    let (left, right) = (grid.xs[0], grid.xs[grid.xs.count - 1])
    let (low, high) = (grid.ys[0], grid.ys[grid.ys.count - 1])
    horizontal = (results.title(ofFactor: xFactor), Axis(from: left, reaching: right))
    vertical = (results.title(ofFactor: yFactor), Axis(from: low, reaching: high))
    responseTitle = results.responseTitle
    runs = results.runs(xFactor, yFactor)
    let found = results.marks(xFactor, yFactor)
    let drawn = found.filter {
      (left...right).contains($0.x.estimate) && (low...high).contains($0.y.estimate)
    }
    marks = drawn
    title = results.analysis.caption("response surface")
    let others = results.placed.levels(of: "optimum").filter { $0 != xFactor && $0 != yFactor }
    let outside = found.filter { mark in !drawn.contains { $0.title == mark.title } }
    notes =
      outside.map { "The \($0.title) lies outside of what is drawn." }
      + results.fixed(others)
      + (drawn.contains { $0.x.lower != nil || $0.y.lower != nil }
        ? ["Lines through a point: its \(results.level) CI in each factor."] : [])
    let texts = found.map { mark in
      "The \(mark.title): \(xFactor) \(results.numbers.measured(mark.x.estimate)), "
        + "\(yFactor) \(results.numbers.measured(mark.y.estimate))."
    }
    summary =
      "\(responseTitle) over \(xFactor) (across) and \(yFactor) (up), with \(runs.count) runs. "
      + texts.joined(separator: " ")
  }
}

extension SeriesColumns {
  fileprivate var places: [(x: Double, y: Double, height: Double)] {
    let (xs, ys, heights) = (numbers("x"), numbers("y"), numbers("response"))
    return (0..<count).compactMap { index in
      guard let x = xs[index], let y = ys[index], let height = heights[index] else { return nil }
      return (x, y, height)
    }
  }
}

extension SurfaceResults {
  /// The runs of the design, from the series `design`.
  func runs(_ xFactor: String, _ yFactor: String?) -> [SurfacePlot.Run] {
    guard let series = SeriesColumns("design", of: analysis) else { return [] }
    let xs = series.numbers(xFactor)
    let responses = series.numbers("response")
    let ys = yFactor.map { series.numbers($0) } ?? responses
    return (0..<series.count).compactMap { index in
      guard let x = xs[index], let y = ys[index] else { return nil }
      let place = yFactor.map { ", \($0) \(numbers.measured(y))" } ?? ""
      let response = responses[index].map { ": \(numbers.measured($0))" } ?? ""
      return SurfacePlot.Run(
        x: x, y: y, hover: "\(xFactor) \(numbers.measured(x))\(place)\(response)")
    }
  }

  fileprivate func marks(_ xFactor: String, _ yFactor: String) -> [SurfacePlot.Mark] {
    [("stationary_point", "stationary point"), ("optimum", "optimum")].compactMap { name, title in
      guard let x = coordinate(of: name, xFactor), let y = coordinate(of: name, yFactor) else {
        return nil
      }
      return SurfacePlot.Mark(title: title, x: x, y: y, isOptimum: name == "optimum")
    }
  }

  /// Where the factors that are not drawn are held.
  fileprivate func fixed(_ factors: [String]) -> [String] {
    let texts = factors.compactMap { factor in
      coordinate(of: "optimum", factor).map {
        "\(title(ofFactor: factor)) \(numbers.measured($0.estimate))"
      }
    }
    return texts.isEmpty ? [] : ["At the optimum of the others: \(texts.joined(separator: ", "))."]
  }
}
