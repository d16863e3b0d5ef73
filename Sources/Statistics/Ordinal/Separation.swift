/// Which groups' grades overlap, and which lie entirely above others.
///
/// A proportional odds model has finite estimates exactly where no direction of the parameters
/// raises the likelihood for ever (Haberman 1974, The Analysis of Frequency Data): cutpoints between
/// the lowest and the highest grade of one unit must move together, and units move with the
/// cutpoints between which they lie. Sets of cutpoints that nothing ties together drift apart.
struct Separation {
  /// Twice the index of the set of tied cutpoints in which each unit lies.
  ///
  /// A unit of one grade between two sets, or outside all, has the odd number between theirs.
  let positions: [Int]

  /// The grades of each set of tied cutpoints.
  let blocks: [ClosedRange<Int>]

  /// `units` are rows of counts with fixed differences between them; each grade has subjects.
  init(_ units: [[[Int]]]) {
    let spans = units.map { unit in
      let grades = unit.flatMap { row in row.indices.filter { row[$0] > 0 } }
      return (lowest: grades.min() ?? 0, highest: grades.max() ?? 0)
    }
    // Cutpoint c lies between the grades c and c + 1, and is tied to the one before it if a unit
    // reaches over both.
    let cutpoints = units[0][0].count - 1
    var ends: [Int] = []
    for cutpoint in 0..<cutpoints {
      let isTied = spans.contains { $0.lowest < cutpoint && cutpoint < $0.highest }
      if cutpoint > 0, isTied { ends[ends.count - 1] = cutpoint } else { ends.append(cutpoint) }
    }
    let starts = [0] + ends.dropLast().map { $0 + 1 }
    blocks = zip(starts, ends).map { $0...($1 + 1) }
    func block(of cutpoint: Int) -> Int {
      if cutpoint < 0 { return -1 }
      return ends.firstIndex { cutpoint <= $0 } ?? ends.count
    }
    positions = spans.map { block(of: $0.highest - 1) + block(of: $0.lowest) }
  }
}
