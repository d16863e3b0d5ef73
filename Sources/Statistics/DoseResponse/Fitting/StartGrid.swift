import Glibc
import LinearAlgebra

/// Curves at a grid of the nonlinear parameters, computed once for a design.
///
/// Each is scored by its best linear parameters. The cells that score no worse than their neighbours
/// are where descents start, so that no minimum wider than a cell is missed.
struct StartGrid {
  private let box: SearchBox
  private let design: Design
  private let cells: [[Double]]
  /// The columns of each cell, weights taken in.
  private let columns: [[[Double]]]

  init(_ box: SearchBox, means: [CurveData.DoseMean]) {
    self.box = box
    let design = Design(means)
    self.design = design
    let cells = box.starts.reduce([[]]) { cells, values in
      cells.flatMap { cell in values.map { cell + [$0] } }
    }
    self.cells = cells
    columns = cells.map { cell in
      let nonlinear = box.nonlinear(cell)
      let rows = design.doses.map { box.curve.form.values($0, nonlinear) }
      return box.curve.form.linear.indices.map { k in
        zip(design.roots, rows).map { $0 * $1[k] }
      }
    }
  }

  /// The cells from which to descend for these means, best first, at most `limit`.
  func starts(
    _ means: [CurveData.DoseMean], _ bounds: [CurveParameter: ClosedRange<Double>], limit: Int
  ) -> [[Double]] {
    let projection = CurveProjection(
      box: box, doses: design.doses, roots: design.roots, responses: design.weighted(means),
      bounds: bounds)
    let scores = columns.map { columns in
      projection.solution(columns).map { product($0.residuals, $0.residuals) } ?? .infinity
    }
    let lowest = scores.indices.filter { cell in
      scores[cell] < .infinity && neighbours(cell).allSatisfy { scores[cell] <= scores[$0] }
    }
    return lowest.sorted { scores[$0] < scores[$1] }.prefix(limit).map { cells[$0] }
  }

  /// The cells next to this one along each coordinate.
  private func neighbours(_ cell: Int) -> [Int] {
    var stride = cells.count
    var rest = cell
    return box.starts.flatMap { values in
      stride /= values.count
      let place = rest / stride
      rest %= stride
      return [place > 0 ? cell - stride : nil, place + 1 < values.count ? cell + stride : nil]
        .compactMap(\.self)
    }
  }
}

/// The doses that the grid looks at: all, or where there are many, those of equal groups of them.
private struct Design {
  let groups: [Range<Int>]
  let doses: [Double]
  /// √w.
  let roots: [Double]

  init(_ means: [CurveData.DoseMean]) {
    let largest = 64
    let count = min(means.count, largest)
    let groups = (0..<count).map { k in
      (k * means.count / count)..<((k + 1) * means.count / count)
    }
    self.groups = groups
    // A group stands at its middle dose, which keeps doses of 0 apart from others.
    doses = groups.map { means[$0.lowerBound + $0.count / 2].dose }
    roots = groups.map { group in group.reduce(0) { $0 + means[$1].weight }.squareRoot() }
  }

  func weighted(_ means: [CurveData.DoseMean]) -> [Double] {
    zip(groups, roots).map { group, root in
      group.reduce(0) { $0 + means[$1].weight * means[$1].mean } / root
    }
  }
}
