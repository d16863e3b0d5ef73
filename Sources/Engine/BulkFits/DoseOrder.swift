import Tables

/// Puts the rows of a curve into the order of their doses, those of one dose as they stand.
final class DoseOrder {
  private var places: [Int] = []
  private let scratch = Scratch()

  func sort(_ rows: LongRows, _ range: Range<Int>) {
    let doses = rows.doses
    var first = range.lowerBound + 1
    while first < range.upperBound, doses[first - 1] <= doses[first] { first += 1 }
    guard first < range.upperBound else { return }
    if range.count <= 64 {
      insert(first..<range.upperBound, rows, from: range.lowerBound)
    } else {
      sortPlaces(rows, range)
    }
  }

  /// Moves each row of `range` to its place among those before it.
  private func insert(_ range: Range<Int>, _ rows: LongRows, from start: Int) {
    let (doses, responses, weights) = (rows.doses, rows.responses, rows.weights)
    for row in range {
      let (dose, response, weight) = (doses[row], responses[row], weights[row])
      var place = row
      while place > start, doses[place - 1] > dose {
        doses[place] = doses[place - 1]
        responses[place] = responses[place - 1]
        weights[place] = weights[place - 1]
        place -= 1
      }
      (doses[place], responses[place], weights[place]) = (dose, response, weight)
    }
  }

  private func sortPlaces(_ rows: LongRows, _ range: Range<Int>) {
    let doses = rows.doses
    places.removeAll(keepingCapacity: true)
    places.append(contentsOf: range)
    places.sort { (doses[$0], $0) < (doses[$1], $1) }
    let sorted = scratch.buffer(range.count)
    for column in [rows.doses, rows.responses, rows.weights] {
      for (index, place) in places.enumerated() { sorted[index] = column[place] }
      for (index, row) in range.enumerated() { column[row] = sorted[index] }
    }
  }
}
