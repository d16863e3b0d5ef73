import Inference
import Ordinal
import Probability
import Testing

@Suite struct ShiftMarginsTests {
  /// The margins of Blood 2012;120:2195, which one table alone has.
  @Test func theMarginsOfEltrombopagGiveOneTable() throws {
    let margins = try #require(
      ShiftMargins(
        baseline: [91, 10, 0, 0], worst: [59, 38, 3, 1], changes: [-1: 3, 0: 61, 1: 35, 2: 1, 3: 1])
    )
    #expect(
      try tables(margins) == [[[56, 33, 1, 1], [3, 5, 2, 0], [0, 0, 0, 0], [0, 0, 0, 0]]])
  }

  @Test func withoutTheChangesThereAreMore() throws {
    let margins = try #require(ShiftMargins(baseline: [91, 10, 0, 0], worst: [59, 38, 3, 1]))
    let all = try tables(margins)
    // The ten of MF-1 are spread over 59, 38, 3 and 1.
    let ways = (0...1).flatMap { last in (0...3).map { 10 - $0 - last + 1 } }.reduce(0, +)
    #expect(all.count == ways)
    #expect(Set(all).count == all.count)
  }

  @Test func findsWhatTryingEveryTableFinds() throws {
    var stream = RandomStream(seed: 1)
    for _ in 0..<200 {
      let observed = SquareTable.random(size: 3, upTo: 3, using: &stream)
      let changes = Dictionary(
        uniqueKeysWithValues: [-2, -1, 0, 1, 2].filter { _ in Bool.random(using: &stream) }
          .map { ($0, changed(observed.counts, by: $0)) })
      let margins = try #require(
        ShiftMargins(
          baseline: observed.rowTotals, worst: observed.columnTotals, changes: changes))
      let found = try tables(margins)
      #expect(found.contains(observed.counts))
      #expect(Set(found) == Set(everyTable(margins)))
    }
  }

  @Test func contradictoryChangesFitNoTable() throws {
    for changes in [[0: 5], [1: 3, -1: 0, 2: 0], [4: 1]] {
      let margins = try #require(
        ShiftMargins(baseline: [2, 1, 0], worst: [2, 1, 0], changes: changes))
      #expect(try tables(margins) == [])
    }
  }

  @Test func tooManyTablesAreRefused() throws {
    let margins = try #require(
      ShiftMargins(baseline: [40, 30, 20, 10], worst: [25, 25, 25, 25]))
    let error = #expect(throws: NotEstimable.self) { try tables(margins) }
    #expect(error?.reason == "more than 200000 tables have these margins")
  }

  @Test func tooLongASearchIsRefusedWithItsCost() throws {
    // Each subject that moves by two needs others that move back, of which there are too few.
    let margins = try #require(
      ShiftMargins(
        baseline: [90_000, 90_000, 90_000], worst: [90_000, 90_000, 90_000],
        changes: [2: 3000, -2: 0, 1: 30_000, -1: 30_000]))
    let error = #expect(throws: NotEstimable.self) { try tables(margins) }
    #expect(error?.reason.contains("20000000 steps") == true)
  }

  @Test func impossibleMarginsAreNone() {
    #expect(ShiftMargins(baseline: [1, 2], worst: [2, 2]) == nil)
    #expect(ShiftMargins(baseline: [1, 2], worst: [3]) == nil)
    #expect(ShiftMargins(baseline: [-1, 2], worst: [0, 1]) == nil)
    #expect(ShiftMargins(baseline: [0, 0], worst: [0, 0]) == nil)
  }

  private func tables(_ margins: ShiftMargins) throws -> [[[Int]]] {
    var tables: [[[Int]]] = []
    let count = try margins.forEachTable { tables.append($0.counts) }
    #expect(count == tables.count)
    return tables
  }

  private func changed(_ table: [[Int]], by change: Int) -> Int {
    table.indices.reduce(0) { sum, i in
      table.indices.contains(i + change) ? sum + table[i][i + change] : sum
    }
  }

  private func everyTable(_ margins: ShiftMargins) -> [[[Int]]] {
    func rows(_ total: Int) -> [[Int]] {
      (0...total).flatMap { a in (0...(total - a)).map { [a, $0, total - a - $0] } }
    }
    let candidates = rows(margins.baseline[0]).flatMap { a in
      rows(margins.baseline[1]).flatMap { b in rows(margins.baseline[2]).map { [a, b, $0] } }
    }
    return candidates.filter { table in
      margins.worst.indices.allSatisfy { j in
        table.reduce(0) { $0 + $1[j] } == margins.worst[j]
      } && margins.changes.allSatisfy { changed(table, by: $0.key) == $0.value }
    }
  }
}
